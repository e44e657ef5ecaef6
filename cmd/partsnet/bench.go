package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/benchmark"
)

// newBench returns the command that measures the speed of this machine.
func newBench() *cobra.Command {
	var (
		quick  bool
		names  []string
		screen screen
	)
	c := &cobra.Command{
		Use:   "bench",
		Short: "measure the speed of this machine",
		Long: "Measure the kernels (GFLOP/s on one core) and an epoch (milliseconds, on all cores) on three problems: A 2,429 small images, B 30,991 documents, C 60,000 large images. " +
			"Other work on the machine makes the numbers meaningless.",
		Example:           "partsnet bench --quick\npartsnet bench --problems A,C --json",
		GroupID:           others,
		Args:              takes(0, 0, "no argument"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			problems, err := chosen(names)
			if err != nil {
				return refused(err)
			}
			m, err := measured(problems, quick)
			if err != nil {
				return err
			}
			if screen.json {
				return printJSON(c.OutOrStdout(), m)
			}
			m.print(c.OutOrStdout())
			return nil
		},
	}
	c.Flags().BoolVar(&quick, "quick", false, "a tenth of the size and of the time")
	c.Flags().StringSliceVar(&names, "problems", problemNames(), "`PROBLEMS` to measure, separated by commas")
	_ = c.RegisterFlagCompletionFunc("problems", cobra.FixedCompletions(problemNames(), cobra.ShellCompDirectiveNoFileComp))
	screen.addJSON(c)
	return c
}

// speeds is what bench has measured.
type speeds struct {
	Kernel     string        `json:"kernel" doc:"instruction set in use"`
	Kernels    []string      `json:"kernels" doc:"instruction sets that this machine has"`
	Processors int           `json:"processors" doc:"number of processors in use"`
	Go         string        `json:"go" doc:"version of Go that built the program"`
	Peak       kernelSpeed   `json:"peak" doc:"speed of multiplications and additions alone"`
	KernelsOf  []kernelSpeed `json:"kernel_speeds" doc:"GFLOP/s on one core, one object a problem and kernel"`
	Epochs     []epochSpeed  `json:"epochs" doc:"milliseconds of an epoch, one object a problem and rule"`
	Rounds     int           `json:"rounds" doc:"epochs of which the median was taken"`
}

// kernelSpeed is the speed of a kernel.
type kernelSpeed struct {
	Problem  string  `json:"problem,omitempty"`
	Name     string  `json:"name"`
	GFLOPS32 float64 `json:"gflops_float32"`
	GFLOPS64 float64 `json:"gflops_float64"`
}

// epochSpeed is the time of an epoch.
type epochSpeed struct {
	Problem        string  `json:"problem"`
	Rule           string  `json:"rule"`
	Stimuli        int     `json:"stimuli"`
	Visible        int     `json:"visible"`
	Hidden         int     `json:"hidden"`
	Milliseconds32 float64 `json:"ms_float32"`
	Milliseconds64 float64 `json:"ms_float64"`
}

// measured measures kernels and epochs.
func measured(problems []benchmark.Problem, quick bool) (*speeds, error) {
	each, rounds := 200*time.Millisecond, 7
	if quick {
		each, rounds = 20*time.Millisecond, 1
	}
	peak := benchmark.Peak(each)
	m := &speeds{Kernel: kernel.Level(), Kernels: kernel.Levels(), Processors: runtime.GOMAXPROCS(0), Go: runtime.Version(), Rounds: rounds,
		Peak: kernelSpeed{"", peak.Name, peak.GFLOPS32, peak.GFLOPS64}}
	for _, p := range problems {
		for _, k := range benchmark.Kernels(p, each) {
			m.KernelsOf = append(m.KernelsOf, kernelSpeed{p.Name, k.Name, k.GFLOPS32, k.GFLOPS64})
		}
	}
	for _, p := range problems {
		if quick {
			p.Stimuli /= 10
		}
		for _, rule := range []string{"poisson", "gaussian"} {
			if rule == "gaussian" && p.Words > 0 {
				continue // documents are measured under the Poisson objective, for which their zeros cost nothing
			}
			single, err := epochTime[float32](p, rule, rounds)
			if err != nil {
				return nil, err
			}
			double, err := epochTime[float64](p, rule, rounds)
			if err != nil {
				return nil, err
			}
			m.Epochs = append(m.Epochs, epochSpeed{p.Name, rule, p.Stimuli, p.Visible, p.Hidden, 1e3 * single, 1e3 * double})
		}
	}
	return m, nil
}

// print prints the speeds as two tables.
func (m *speeds) print(w io.Writer) {
	fmt.Fprintf(w, "kernels  %s (of %s; %s forces one), %d processors, %s\n\n", m.Kernel, strings.Join(m.Kernels, ", "), kernel.Variable, m.Processors, m.Go)
	fmt.Fprintf(w, "%-34s %10s %10s   GFLOP/s on one core\n", "", "float32", "float64")
	fmt.Fprintf(w, "   %-31s %10.1f %10.1f\n", m.Peak.Name, m.Peak.GFLOPS32, m.Peak.GFLOPS64)
	for _, k := range m.KernelsOf {
		fmt.Fprintf(w, "%s  %-31s %10.1f %10.1f%s\n", k.Problem, k.Name, k.GFLOPS32, k.GFLOPS64, m.share(k))
	}
	fmt.Fprintf(w, "\n%-34s %10s %10s   ms an epoch, median of %d\n", "", "float32", "float64", m.Rounds)
	for _, e := range m.Epochs {
		name := fmt.Sprintf("%s, %d×%d, r = %d", e.Rule, e.Stimuli, e.Visible, e.Hidden)
		fmt.Fprintf(w, "%s  %-31s %10.2f %10.2f\n", e.Problem, name, e.Milliseconds32, e.Milliseconds64)
	}
}

// share says how much of the peak a kernel reaches. Where another program took part of
// the time while the peak was measured a kernel can seem faster than that, and the share
// means nothing.
func (m *speeds) share(k kernelSpeed) string {
	if !(m.Peak.GFLOPS32 >= k.GFLOPS32 && m.Peak.GFLOPS64 >= k.GFLOPS64) {
		return ""
	}
	return fmt.Sprintf("   %.0f %% and %.0f %% of the peak", 100*k.GFLOPS32/m.Peak.GFLOPS32, 100*k.GFLOPS64/m.Peak.GFLOPS64)
}

// problemNames returns the names of the problems.
func problemNames() (names []string) {
	for _, p := range benchmark.Problems {
		names = append(names, p.Name)
	}
	return names
}

// chosen returns the problems of these names.
func chosen(names []string) (problems []benchmark.Problem, err error) {
	for _, name := range names {
		k := slices.IndexFunc(benchmark.Problems, func(p benchmark.Problem) bool { return strings.EqualFold(p.Name, name) })
		if k < 0 {
			return nil, fmt.Errorf("--problems has %q; allowed are %s", name, strings.Join(problemNames(), ", "))
		}
		problems = append(problems, benchmark.Problems[k])
	}
	return problems, nil
}

// epochTime returns the median time of an epoch after two to warm up.
func epochTime[T neuron.Float](p benchmark.Problem, rule string, rounds int) (float64, error) {
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
