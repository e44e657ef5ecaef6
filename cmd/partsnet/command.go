package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"partsnet/configs"
	"partsnet/internal/kernel"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Exit codes.
const (
	done       = 0
	runFailed  = 1
	badRequest = 2
)

const usage = `partsnet simulates neural networks that learn the parts of objects.

  partsnet run EXPERIMENT [--set key=value ...] [--out DIR] [--resume]
  partsnet score [SCORE] [--set key=value ...] [--out DIR] [--resume] [--against TABLE]
                                                    rules before tasks, over seeds, with intervals
  partsnet recognise RUN DATA [--set key=value ...] [--out DIR] [--steps N]
                                                    what a trained network answers to new stimuli
  partsnet words RUN WORD ...                       the features that hold a word
  partsnet verify RUN [--in DIR]                    run it again, in the folder where it was started, and
                                                    compare every file and number
  partsnet cite RUN                                 its methods in words, with sources
  partsnet data list | get NAME                     public data sets: what there is, fetch one
  partsnet check EXPERIMENT [--set key=value ...]   print the resolved config, run nothing
  partsnet list                                     the experiments and scores that ship
  partsnet show NAME                                the text of one
  partsnet bench [--quick] [--problems A,B,C]       the speed of this machine

EXPERIMENT is a TOML file or the name of an experiment that ships.
`

// command runs one command line and returns the exit code.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return badRequest
	}
	if err := kernel.Environment(); err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	var err error
	switch args[0] {
	case "run":
		return runCommand(ctx, args[1:], stdout, stderr)
	case "check":
		err = check(args[1:], stdout)
	case "list":
		err = list(args[1:], stdout)
	case "show":
		err = show(args[1:], stdout)
	case "recognise":
		return recognise(args[1:], stdout, stderr)
	case "score":
		return scoreCommand(ctx, args[1:], stdout, stderr)
	case "words":
		err = words(args[1:], stdout)
	case "verify":
		return verify(ctx, args[1:], stdout, stderr)
	case "cite":
		err = cite(args[1:], stdout)
	case "data":
		err = data(ctx, args[1:], stdout, stderr)
		if failed := (failure{}); errors.As(err, &failed) {
			fmt.Fprintf(stderr, "partsnet: %v\n", err)
			return runFailed
		}
	case "bench":
		err = bench(args[1:], stdout)
	case "help", "-h", "--help":
		_, err = io.WriteString(stdout, usage)
	default:
		err = fmt.Errorf("there is no command %q; there are run, score, recognise, words, verify, cite, data, check, list, show, bench", args[0])
	}
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	return done
}

func runCommand(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	x, dir, resume, err := request(args)
	if err == nil && dir == "" {
		dir = filepath.Join("runs", fmt.Sprintf("%s-%d", x.Name, x.Seed))
		if !resume {
			dir = record.Free(dir)
		}
	}
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	bar := newProgress(stderr)
	report, err := sim.Run(ctx, x, dir, sim.Options{Progress: bar.show, Resume: resume, Note: func(s string) { fmt.Fprintf(stderr, "partsnet: %s\n", s) }})
	bar.end()
	var finished *record.Finished
	if resume && errors.As(err, &finished) {
		fmt.Fprintf(stdout, "run        %s is finished already\n", finished.Dir)
		return done
	}
	if err != nil {
		return failed(stderr, err)
	}
	print(stdout, report)
	return done
}

// failed says why a command ended and returns its exit code.
func failed(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "partsnet: %v\n", err)
	var request *sim.RequestError
	if errors.As(err, &request) {
		return badRequest
	}
	return runFailed
}

// print says where the figures are and what matters of the run.
func print(w io.Writer, r *sim.Report) {
	fmt.Fprintf(w, "run        %s\n", r.Dir)
	if r.Figures {
		fmt.Fprintf(w, "figures    %s\n", filepath.Join(r.Dir, "figures"))
	}
	for _, d := range r.Damaged {
		fmt.Fprintf(w, "damaged    %s\n", d)
	}
	switch {
	case r.Resumed > 0 && r.Starts != nil:
		fmt.Fprintf(w, "resumed    after %d of %d starts\n", r.Resumed, len(r.Starts))
	case r.Resumed > 0:
		fmt.Fprintf(w, "resumed    after epoch %d\n", r.Resumed)
	}
	if rec := r.Recovery; rec != nil {
		fmt.Fprintf(w, "%-10s %d of %d recovered (cosine above 0.9), mean cosine %.3f\n", r.Parts, rec.Recovered, len(rec.Neuron), rec.MeanCosine)
	}
	if m := r.Meanings; m != nil {
		fmt.Fprintf(w, "meanings   %d of %d words with several are strong in all their topics\n", len(m.Learned), len(m.Words))
	}
	if r.Documents {
		fmt.Fprintf(w, "words      %s\n", filepath.Join(r.Dir, "features.csv"))
	}
	fmt.Fprintf(w, "objective  %s = %.6g after %d epochs; %s; %d rises\n", r.Symbol, r.Objective, r.Epochs, r.Stopped, r.Rises)
	fmt.Fprintf(w, "stopped    %s%s\n", r.Why, optimality(r))
	if !math.IsNaN(r.Likelihood) {
		fmt.Fprintf(w, "likelihood F = %.6g, as the paper counts it\n", r.Likelihood)
	}
	printStarts(w, r)
	for _, s := range r.Stack {
		fmt.Fprintf(w, "layer %d    %d neurons, %s = %.6g; through to the visible layer %.6g\n", s.Layer, s.Hidden, s.Symbol, s.Objective, s.Through)
	}
	if r.Joint > 0 {
		fmt.Fprintf(w, "together   D = %.6g when all layers were learned together\n", r.Joint)
	}
	printMeasures(w, r.Measures)
	printCensus(w, r.Census)
	if r.Compared != nil {
		fmt.Fprintf(w, "\n%-14s %8s %9s %11s %11s %6s %7s %8s\n", "constraint", "RMSE", "explained", "Hoyer parts", "Hoyer rates", "area", "spread", "seconds")
		for _, c := range r.Compared {
			m := c.Measures.Of
			fmt.Fprintf(w, "%-14s %8.4f %9.3f %11.3f %11.3f %6.3f %7.3f %8.2f\n", c.Constraint, m("rmse"), m("explained_variance"), m("hoyer_parts"), m("hoyer_rates"), m("effective_area"), m("spread"), c.Seconds)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "signs      %d weights checked, %d refused\n", r.Invariants.Synapses.Checked, r.Invariants.Synapses.Refused)
	fmt.Fprintf(w, "time       %.1f s\n", r.Elapsed.Seconds())
}

// settings collects repeated --set flags.
type settings []string

func (s *settings) String() string     { return strings.Join(*s, " ") }
func (s *settings) Set(v string) error { *s = append(*s, v); return nil }

// request reads "EXPERIMENT [--set key=value ...] [--out DIR] [--resume]", flags
// before or after the experiment.
func request(args []string) (x *experiment.Experiment, out string, resume bool, err error) {
	var set settings
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.Var(&set, "set", "key=value")
		flags.StringVar(&out, "out", "", "directory of the run")
		flags.BoolVar(&resume, "resume", false, "go on where a run was killed")
	})
	if err != nil {
		return nil, "", false, err
	}
	if len(names) != 1 {
		return nil, "", false, fmt.Errorf("expected one experiment, got %d; see partsnet help", len(names))
	}
	text, err := source(names[0])
	if err != nil {
		return nil, "", false, err
	}
	x, err = experiment.Read(names[0], text, set)
	return x, out, resume, err
}

// source returns the text of an experiment: a file, or one that ships.
func source(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err == nil || strings.HasSuffix(name, ".toml") {
		return text, err
	}
	text, err = configs.Files.ReadFile(name + ".toml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file and no shipped experiment %q; partsnet list names those that ship", name)
	}
	return text, err
}

func check(args []string, stdout io.Writer) error {
	x, _, _, err := request(args)
	if err != nil {
		return err
	}
	_, err = io.WriteString(stdout, x.TOML())
	return err
}

func list(args []string, stdout io.Writer) error {
	if len(args) != 0 {
		return errors.New("list takes no arguments")
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, files := range []embed.FS{configs.Files, configs.Scores} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := files.ReadFile(name)
			if err != nil {
				return err
			}
			first, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
			_, err = fmt.Fprintf(table, "%s\t%s\n", strings.TrimSuffix(name, ".toml"), first)
			return err
		})
		if err != nil {
			return err
		}
	}
	return table.Flush()
}

func show(args []string, stdout io.Writer) error {
	if len(args) != 1 {
		return errors.New("show takes the name of one experiment")
	}
	text, err := configs.Scores.ReadFile(args[0] + ".toml")
	if err != nil {
		text, err = source(args[0])
	}
	if err != nil {
		return err
	}
	_, err = stdout.Write(text)
	return err
}
