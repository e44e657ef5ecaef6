package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"partsnet/configs"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/score"
)

// scoreCommand runs "score [SCORE] [--set key=value ...] [--out DIR] [--resume] [--against TABLE]".
func scoreCommand(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var set settings
	out, against, resume := "", "", false
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.Var(&set, "set", "key=value")
		flags.StringVar(&out, "out", "", "directory of the score")
		flags.BoolVar(&resume, "resume", false, "go on where a score was killed")
		flags.StringVar(&against, "against", "", "a table, score.csv, that the score must agree with")
	})
	if err == nil && len(names) > 1 {
		err = fmt.Errorf("expected one score, got %d; see partsnet help", len(names))
	}
	var s *experiment.Score
	if err == nil {
		s, err = readScore(append(names, "score/default")[0], set)
	}
	var table *score.Table
	if err == nil && against != "" {
		table, err = score.ReadTable(against)
	}
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	if out == "" {
		if out = filepath.Join("runs", s.Name); !resume {
			out = record.Free(out)
		}
	}
	bar := newProgress(stderr)
	card, err := score.Run(ctx, s, out, score.Options{Progress: bar.scored, Resume: resume, Command: "partsnet score " + strings.Join(args, " ")})
	bar.end()
	var finished *record.Finished
	if resume && errors.As(err, &finished) {
		fmt.Fprintf(stdout, "score      %s is finished already\n", finished.Dir)
		return done
	}
	if err != nil {
		return failed(stderr, err)
	}
	if err := card.Text(stdout); err != nil {
		return runFailed
	}
	fmt.Fprintf(stdout, "\nscore      %s\nfigures    %s\ntime       %v\n", card.Dir, filepath.Join(card.Dir, "figures"), card.Elapsed.Round(time.Second/10))
	code := done
	if card.Failed > 0 {
		fmt.Fprintf(stdout, "failed     %d runs; runs.csv says why\n", card.Failed)
		code = runFailed
	}
	if table != nil {
		differences, compared := card.Against(table)
		for _, d := range differences {
			fmt.Fprintf(stdout, "differs    %s\n", d)
		}
		fmt.Fprintf(stdout, "agrees     %d of %d numbers with %s\n", compared-len(differences), compared, against)
		if len(differences) > 0 || compared == 0 {
			code = runFailed
		}
	}
	return code
}

// readScore returns the score of a file, or one that ships.
func readScore(name string, set settings) (*experiment.Score, error) {
	text, err := os.ReadFile(name)
	if err != nil && !strings.HasSuffix(name, ".toml") {
		text, err = configs.Scores.ReadFile(name + ".toml")
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file and no shipped score %q; partsnet list names those that ship", name)
		}
	}
	if err != nil {
		return nil, err
	}
	return experiment.ReadScore(name, text, set)
}

// scored shows how a score goes on.
func (p *progress) scored(s score.Progress) {
	now := time.Duration(time.Now().UnixNano())
	every := linesEvery
	if p.width != nil {
		every = barEvery
	}
	if s.Runs != s.Of && p.last != 0 && now-p.last < every {
		return
	}
	p.last = now
	line := fmt.Sprintf("run %d of %d  %s seed %d  %v left", s.Runs, s.Of, s.Cell, s.Seed, s.Left.Round(time.Second))
	if s.Failed > 0 {
		line += fmt.Sprintf("  %d failed", s.Failed)
	}
	p.line(line, float64(s.Runs)/float64(s.Of))
}
