package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"partsnet/sim"
	"partsnet/sim/record"
)

// unset is a number of steps that was not given.
const unset = math.MinInt

// recognise runs "recognise RUN DATA [--set key=value ...] [--out DIR] [--steps N]".
func recognise(args []string, stdout, stderr io.Writer) int {
	var set settings
	out, steps := "", unset
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.Var(&set, "set", "key=value")
		flags.StringVar(&out, "out", "", "directory of the answer")
		flags.IntVar(&steps, "steps", unset, "steps of recognition")
	})
	if err == nil && len(names) != 2 {
		err = fmt.Errorf("expected the directory of a run and data, got %d arguments; see partsnet help", len(names))
	}
	if steps == unset {
		steps = 0
	} else if err == nil && (steps < 1 || steps > 100_000_000) {
		err = fmt.Errorf("--steps %d; allowed is 1 to 100,000,000", steps)
	}
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	run, data := filepath.Clean(names[0]), names[1]
	if out == "" {
		out = record.Free(run + "-answer")
	}
	rec, err := sim.Recognise(run, append([]string{fmt.Sprintf("stimulus.path=%q", data), `stimulus.titles=""`}, set...), out, steps)
	if err != nil {
		return failed(stderr, err)
	}
	settled := ""
	if rec.Sought {
		settled = ", not settled yet"
	}
	if rec.Settled {
		settled = ", settled"
	}
	fmt.Fprintf(stdout, "answer     %s\n", rec.Dir)
	fmt.Fprintf(stdout, "recognised %d stimuli in %d steps%s\n", rec.Stimuli, rec.Steps, settled)
	fmt.Fprintf(stdout, "objective  %s = %.6g", rec.Symbol, rec.Objective)
	if !math.IsNaN(rec.Deviance) {
		fmt.Fprintf(stdout, "; deviance %.6g a stimulus", rec.Deviance)
	}
	if !math.IsNaN(rec.Explained) {
		fmt.Fprintf(stdout, "; %.3f of the variance explained", rec.Explained)
	}
	fmt.Fprintln(stdout)
	return done
}

// words prints the features that hold a word, for each of the words.
func words(args []string, stdout io.Writer) error {
	least := 0.0
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.Float64Var(&least, "least", 0.05, "smallest share of the occurrences that is listed beyond the second")
	})
	if err != nil {
		return err
	}
	if len(names) < 2 {
		return fmt.Errorf("expected the directory of a run and a word, got %d arguments; see partsnet help", len(names))
	}
	if !(least >= 0 && least <= 1) {
		return fmt.Errorf("--least %v; allowed is 0 to 1", least)
	}
	for _, word := range names[1:] {
		meanings, rest, err := sim.Meanings(names[0], word, least)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s\n", word)
		for _, m := range meanings {
			fmt.Fprintf(stdout, "  neuron %-4d %3.0f %% of its occurrences, rank %-4d %s\n", m.Neuron, 100*m.Share, m.Rank, strings.Join(m.Words, " "))
		}
		if rest > 0 {
			fmt.Fprintf(stdout, "  others      %3.0f %%\n", 100*rest)
		}
	}
	return nil
}

// arguments parses flags before, between and after the other arguments, which it
// returns.
func arguments(args []string, define func(flags *flag.FlagSet)) (others []string, err error) {
	flags := flag.NewFlagSet("partsnet", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	define(flags)
	for rest := args; ; {
		if err := flags.Parse(rest); err != nil {
			return nil, fmt.Errorf("%w; see partsnet help", err)
		}
		if flags.NArg() == 0 {
			return others, nil
		}
		others = append(others, flags.Arg(0))
		rest = flags.Args()[1:]
	}
}
