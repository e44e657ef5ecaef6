package main

import (
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"partsnet/sim"
	"partsnet/sim/record"
)

// recognise runs "recognise RUN DATA [--set key=value ...] [--out DIR] [--steps N]".
func recognise(args []string, stdout, stderr io.Writer) int {
	var set settings
	out, steps := "", 0
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.Var(&set, "set", "key=value")
		flags.StringVar(&out, "out", "", "directory of the answer")
		flags.IntVar(&steps, "steps", 2000, "steps of recognition at the most")
	})
	if err == nil && len(names) != 2 {
		err = fmt.Errorf("expected the directory of a run and data, got %d arguments; see partsnet help", len(names))
	}
	if err == nil && (steps < 1 || steps > 100_000_000) {
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
	settled := "settled"
	if !rec.Settled {
		settled = "not settled yet"
	}
	fmt.Fprintf(stdout, "answer     %s\n", rec.Dir)
	fmt.Fprintf(stdout, "recognised %d stimuli in %d steps, %s\n", rec.Stimuli, rec.Steps, settled)
	fmt.Fprintf(stdout, "objective  %s = %.6g; deviance %.6g a stimulus; %.3f of the variance explained\n",
		rec.Symbol, rec.Objective, 2*rec.Objective/float64(rec.Stimuli), rec.Explained)
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
