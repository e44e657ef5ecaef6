package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"partsnet/sim/compare"
)

// newCompare returns the command that sets finished runs beside each other.
func newCompare() *cobra.Command {
	var (
		out    string
		screen screen
	)
	c := &cobra.Command{
		Use:   "compare RUN RUN...",
		Short: "set finished runs beside each other",
		Long: "Compare finished runs: the keys in which their experiments differ, their measures, with means and 95 % confidence intervals over runs that differ in nothing but the seed, " +
			"and how alike their parts are: parts are matched one to one, and their mean cosine is compared with that of permuted parts. --out writes tables and figures.",
		Example: "partsnet compare runs/bars-1 runs/bars-2 runs/bars-3\n" +
			"partsnet compare runs/first runs/second --out runs/both",
		GroupID:           trained,
		Args:              takes(2, 1000, "finished runs, two at least"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			of, err := compare.Of(c.Context(), args)
			if err != nil {
				return refusedUnless(c.Context(), err)
			}
			if out != "" {
				if err := of.Write(out); err != nil {
					return err
				}
			}
			return screen.compared(c.OutOrStdout(), of, out)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "write tables and figures into `DIR`, which must not exist")
	_ = c.MarkFlagDirname("out")
	screen.add(c, "only the directory of --out")
	return c
}

// comparedRuns is what compare says, as JSON.
type comparedRuns struct {
	Keys       []string       `json:"keys" doc:"keys in which the experiments differ, but for seed and name"`
	Runs       []comparedRun  `json:"runs" doc:"directory, seed, values of these keys and measures of each run"`
	Cells      []comparedCell `json:"cells" doc:"runs that differ in nothing but the seed, with means over them"`
	Similarity []comparedPair `json:"similarity" doc:"for each pair of runs the mean cosine of their matched parts, its mean and 95 % range by chance, and p"`
	Unmatched  string         `json:"unmatched" doc:"why parts were not matched; \"\" if they were"`
	Dir        string         `json:"dir" doc:"directory of tables and figures; \"\" without --out"`
}

type comparedRun struct {
	Dir      string             `json:"dir"`
	Seed     int64              `json:"seed"`
	Values   []string           `json:"values"`
	Measures map[string]float64 `json:"measures"`
}

type comparedCell struct {
	Values   []string                `json:"values"`
	Runs     []int                   `json:"runs"`
	Measures map[string]*scoredValue `json:"measures"`
}

type comparedPair struct {
	One      int     `json:"one"`
	Other    int     `json:"other"`
	Mean     float64 `json:"mean"`
	Shuffled float64 `json:"shuffled"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	P        float64 `json:"p"`
}

func comparedOf(c *compare.Comparison, dir string) comparedRuns {
	out := comparedRuns{Keys: append([]string{}, c.Keys...), Unmatched: c.Unmatched, Dir: dir}
	for _, r := range c.Runs {
		out.Runs = append(out.Runs, comparedRun{r.Dir, r.Experiment.Seed, append([]string{}, r.Values...), r.Measures})
	}
	for _, x := range c.Cells {
		cell := comparedCell{append([]string{}, x.Values...), x.Runs, map[string]*scoredValue{}}
		for k, name := range c.Measures {
			cell.Measures[name] = scoredValueOf(x.Means[k])
		}
		out.Cells = append(out.Cells, cell)
	}
	if c.Matching != nil {
		for _, p := range c.Matching.Pairs {
			out.Similarity = append(out.Similarity, comparedPair{p.One, p.Other, p.Mean, p.Shuffled, p.Low, p.High, p.P})
		}
	}
	return out
}

// compared prints a comparison.
func (s *screen) compared(w io.Writer, c *compare.Comparison, dir string) error {
	if s.json {
		return printJSON(w, comparedOf(c, dir))
	}
	if s.quiet {
		if dir != "" {
			fmt.Fprintln(w, dir)
		}
		return nil
	}
	switch {
	case len(c.Keys) == 0:
		labelled(w, "differ in", "nothing but the seed: %s of one experiment", counted(len(c.Runs), "run", "runs"))
	default:
		labelled(w, "differ in", "%s", strings.Join(c.Keys, ", "))
	}
	if one, other, ok := c.Same(); ok {
		labelled(w, "twice", "%s and %s are one experiment with one seed", one, other)
	}
	fmt.Fprintln(w)
	if err := comparedTable(w, c, s.verbose); err != nil {
		return err
	}
	fmt.Fprintln(w)
	if len(c.Objectives) > 1 {
		labelled(w, "objective", "%s are different functions, and not comparable", strings.Join(c.Objectives, " and "))
	}
	comparedParts(w, c, s.verbose)
	if dir != "" {
		labelled(w, "written", "%s", dir)
	}
	return nil
}

// comparedTable prints the means of the cells, three measures or all.
func comparedTable(w io.Writer, c *compare.Comparison, all bool) error {
	shown := len(c.Measures)
	if !all {
		shown = min(shown, 3)
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, key := range c.Keys {
		fmt.Fprintf(out, "%s\t", key)
	}
	for _, name := range c.Measures[:shown] {
		fmt.Fprintf(out, "%s\t", name)
	}
	fmt.Fprintln(out, "seeds")
	for _, x := range c.Cells {
		for _, v := range x.Values {
			fmt.Fprintf(out, "%s\t", v)
		}
		for k := range shown {
			fmt.Fprintf(out, "%s\t", x.Means[k].Text(4))
		}
		fmt.Fprintln(out, strings.Join(c.Seeds(x), ", "))
	}
	return out.Flush()
}

// comparedParts says how alike the parts are: of every pair, or of the least and the most alike.
func comparedParts(w io.Writer, c *compare.Comparison, all bool) {
	if c.Matching == nil {
		labelled(w, "parts", "not matched: %s", c.Unmatched)
		return
	}
	pairs := c.Matching.Pairs
	say := func(k int) {
		p := pairs[k]
		labelled(w, "parts", "%s and %s: mean cosine %.3f of matched parts; by chance %.3f to %.3f, p = %.3g", c.Runs[p.One].Dir, c.Runs[p.Other].Dir, p.Mean, p.Low, p.High, p.P)
	}
	const most = 6
	if all || len(pairs) <= most {
		for k := range pairs {
			say(k)
		}
		return
	}
	least, largest, sum := 0, 0, 0.0
	for k, p := range pairs {
		sum += p.Mean
		if p.Mean < pairs[least].Mean {
			least = k
		}
		if p.Mean > pairs[largest].Mean {
			largest = k
		}
	}
	labelled(w, "parts", "mean cosine %.3f of matched parts over %d pairs of runs; the least and the most alike are", sum/float64(len(pairs)), len(pairs))
	say(least)
	say(largest)
}
