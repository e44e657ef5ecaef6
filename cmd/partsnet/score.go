package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/sim/estimate"
	"partsnet/sim/record"
	"partsnet/sim/score"
)

// defaultScore is the score that is run if none is named.
const defaultScore = "score/default"

// newScore returns the command that benchmarks rules on tasks.
func newScore() *cobra.Command {
	var (
		set          []string
		out, against string
		resume       bool
		screen       screen
	)
	c := &cobra.Command{
		Use:   "score [SCORE]",
		Short: "benchmark rules on tasks over seeds, with intervals",
		Long: "Run every rule of a score on every task over several seeds, and write a table with 95 % confidence intervals as CSV and Markdown, and figures. " +
			"SCORE is a TOML file or the name of a score that ships ('partsnet list'); default score/default, which takes half an hour.",
		Example: "partsnet score --set seeds=3 --set 'only.tasks=[\"bars-or\"]'\n" +
			"partsnet score score/zeros\n" +
			"partsnet score mine.toml --out runs/mine --resume\n" +
			"partsnet score --against docs/score.csv",
		GroupID:           training,
		Args:              takes(0, 1, "one score"),
		ValidArgsFunction: completeScores,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			s, err := readScore(c.Context(), append(args, defaultScore)[0], set)
			if err != nil {
				return err
			}
			var table *score.Table
			if against != "" {
				if table, err = score.ReadTable(against); err != nil {
					return refused(err)
				}
			}
			dir, note, err := scorePlace(s, out, resume)
			if err != nil {
				return err
			}
			if note != "" && !screen.quiet {
				fmt.Fprintf(c.ErrOrStderr(), "partsnet: %s\n", note)
			}
			bar := newProgress(c.ErrOrStderr(), screen.quiet)
			card, err := score.Run(c.Context(), s, dir, score.Options{Progress: bar.campaign, Resume: resume, Command: scoreLine(args, set, out, against)})
			bar.end()
			if finished := new(record.ExistsError); resume && errors.As(err, &finished) {
				return screen.finished(c, "score", finished.Dir)
			}
			if err != nil && c.Context().Err() != nil {
				return fmt.Errorf("%w. Continue with:\n  %s", err, resumeLine(c, args, dir))
			}
			if err != nil {
				return err
			}
			return screen.score(c.OutOrStdout(), card, table, against)
		},
	}
	settings(c, &set)
	places(c, &out, &resume, "score", "runs/NAME")
	c.Flags().StringVar(&against, "against", "", "`TABLE`, a score.csv, that the score must agree with; the exit code is 1 where it does not")
	_ = c.MarkFlagFilename("against", "csv")
	screen.add(c, "only the directory of the score")
	return c
}

// scoreLine returns the command that makes a score again.
func scoreLine(args, set []string, out, against string) string {
	line := append([]string{"score"}, args...)
	for _, s := range set {
		line = append(line, "--set", s)
	}
	if out != "" {
		line = append(line, "--out", out)
	}
	if against != "" {
		line = append(line, "--against", against)
	}
	return commandLine(line...)
}

// readScore returns the score of a file, or one that ships.
func readScore(ctx context.Context, name string, set []string) (*score.Score, error) {
	text, err := textOf(name, configs.Scores, "score")
	if err != nil {
		return nil, refused(err)
	}
	s, err := score.ReadContext(ctx, name, text, set)
	return s, refusedUnless(ctx, err)
}

// scored is what score says, as JSON.
type scored struct {
	Dir         string      `json:"dir" doc:"directory of the score"`
	Table       string      `json:"table" doc:"file of all numbers"`
	Seconds     float64     `json:"seconds" doc:"time that it took"`
	Failed      int         `json:"failed" doc:"number of runs that failed; runs.csv says why"`
	Rows        []scoredRow `json:"rows" doc:"one object for each task, rule, size and constraint; at is the value on the axis of a series, null outside a series"`
	Compared    int         `json:"compared" doc:"numbers compared with the table of --against"`
	Differences []string    `json:"differences" doc:"those that differ"`
}

// scoredRow is a row of the table.
type scoredRow struct {
	Task       string                  `json:"task"`
	At         *float64                `json:"at"` // on the axis of a series; null outside one
	Rule       string                  `json:"rule"`
	Hidden     int                     `json:"hidden"`
	Constraint string                  `json:"constraint"`
	Solved     *scoredValue            `json:"solved"`
	Measures   map[string]*scoredValue `json:"measures"`
	Failed     int                     `json:"failed"`
	Error      string                  `json:"error,omitempty"`
}

// scoredValue is a mean or share with its interval to 95 %.
type scoredValue struct {
	Mean *float64 `json:"mean"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
	Runs int      `json:"runs"`
}

func scoredValueOf(e estimate.Estimate) *scoredValue {
	return &scoredValue{finite(e.Mean), finite(e.Low), finite(e.High), e.Runs}
}

// score prints the table of a score and its differences from another table, if there is
// one.
func (s *screen) score(w io.Writer, card *score.Card, table *score.Table, against string) error {
	var differences []string
	compared := 0
	if table != nil {
		differences, compared = card.Against(table)
	}
	var err error
	switch {
	case s.json:
		err = printJSON(w, scoredOf(card, compared, differences))
	case s.quiet:
		_, err = fmt.Fprintln(w, card.Dir)
	default:
		if err = card.Text(w, widthOf(w)); err != nil {
			return err
		}
		fmt.Fprintln(w)
		labelled(w, "score", "%s", card.Dir)
		labelled(w, "figures", "%s", filepath.Join(card.Dir, "figures"))
		labelled(w, "time", "%v", card.Elapsed.Round(time.Second/10))
		if card.Failed > 0 {
			labelled(w, "failed", "%s; %s says why, and the same command with --resume runs what failed again", counted(card.Failed, "run", "runs"), filepath.Join(card.Dir, "runs.csv"))
		}
		for _, d := range differences {
			labelled(w, "differs", "%s", d)
		}
		if table != nil {
			labelled(w, "agrees", "%d of %d numbers with %s", compared-len(differences), compared, against)
		}
	}
	if err == nil && (card.Failed > 0 || len(differences) > 0 || table != nil && compared == 0) {
		return errReported
	}
	return err
}

func scoredOf(card *score.Card, compared int, differences []string) scored {
	out := scored{card.Dir, filepath.Join(card.Dir, "score.csv"), card.Elapsed.Seconds(), card.Failed, []scoredRow{}, compared, append([]string{}, differences...)}
	for _, r := range card.Rows {
		row := scoredRow{Task: r.Cell.Task.Name, Rule: r.Cell.Rule, Hidden: r.Cell.Size, Constraint: r.Constraint, Measures: map[string]*scoredValue{}, Failed: r.Failed, Error: r.Error}
		if r.Cell.Task.Axis != "" {
			row.At = finite(r.Cell.Task.At)
		}
		if r.Solved != nil {
			row.Solved = scoredValueOf(*r.Solved)
		}
		for _, v := range r.Values {
			row.Measures[v.Name] = scoredValueOf(v.Estimate)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
