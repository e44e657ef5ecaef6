package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/benchmark"
)

// bench prints what this machine makes of the kernels and of an epoch.
func bench(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	quick := flags.Bool("quick", false, "a tenth of the size and of the time")
	names := flags.String("problems", "A,B,C", "which problems")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w; bench takes --quick and --problems A,B,C", err)
	}
	if flags.NArg() > 0 {
		return errors.New("bench takes --quick and --problems A,B,C")
	}
	problems, err := chosen(*names)
	if err != nil {
		return err
	}
	each, rounds := 200*time.Millisecond, 7
	if *quick {
		each, rounds = 20*time.Millisecond, 1
	}
	fmt.Fprintf(stdout, "kernels  %s (of %s; %s forces one), %d processors, %s\n\n", kernel.Level(),
		strings.Join(kernel.Levels(), ", "), kernel.Variable, runtime.GOMAXPROCS(0), runtime.Version())
	fmt.Fprintf(stdout, "%-34s %10s %10s   GFLOP/s on one core\n", "", "float32", "float64")
	peak := benchmark.Peak(each)
	fmt.Fprintf(stdout, "   %-31s %10.1f %10.1f   the most there can be\n", peak.Name, peak.GFLOPS32, peak.GFLOPS64)
	for _, p := range problems {
		for _, k := range benchmark.Kernels(p, each) {
			fmt.Fprintf(stdout, "%s  %-31s %10.1f %10.1f%s\n", p.Name, k.Name, k.GFLOPS32, k.GFLOPS64, share(k, peak))
		}
	}
	fmt.Fprintf(stdout, "\n%-34s %10s %10s   ms an epoch, median of %d\n", "", "float32", "float64", rounds)
	for _, p := range problems {
		if *quick {
			p.Stimuli /= 10
		}
		for _, rule := range []string{"poisson", "gaussian"} {
			if rule == "gaussian" && p.Words > 0 {
				continue // counts have the Poisson objective alone
			}
			single, err := epochTime[float32](p, rule, rounds)
			if err != nil {
				return err
			}
			double, err := epochTime[float64](p, rule, rounds)
			if err != nil {
				return err
			}
			name := fmt.Sprintf("%s, %d×%d, r = %d", rule, p.Stimuli, p.Visible, p.Hidden)
			fmt.Fprintf(stdout, "%s  %-31s %10.2f %10.2f\n", p.Name, name, 1e3*single, 1e3*double)
		}
	}
	return nil
}

// share says how much of the peak a kernel reaches.
func share(k, peak benchmark.KernelSpeed) string {
	if peak.GFLOPS32 == 0 {
		return ""
	}
	return fmt.Sprintf("   %.0f and %.0f %% of it", 100*k.GFLOPS32/peak.GFLOPS32, 100*k.GFLOPS64/peak.GFLOPS64)
}

// chosen returns the problems that a list names.
func chosen(names string) (problems []benchmark.Problem, err error) {
	for name := range strings.SplitSeq(names, ",") {
		found := false
		for _, p := range benchmark.Problems {
			if p.Name == name {
				problems, found = append(problems, p), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no problem %q; there are A, B and C", name)
		}
	}
	return problems, nil
}

// epochTime returns the median time of an epoch after two to warm up.
func epochTime[T kernel.Float](p benchmark.Problem, rule string, rounds int) (float64, error) {
	l, err := benchmark.Learner(p, benchmark.Draw[T](p), benchmark.Setting{Rule: rule, Order: network.LearnRecognise, Steps: 1})
	if err != nil {
		return 0, err
	}
	seconds, err := benchmark.Epochs(l, 2+rounds)
	if err != nil {
		return 0, err
	}
	return benchmark.Median(seconds[2:]), nil
}
