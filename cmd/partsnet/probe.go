package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/sim/probe"
	"partsnet/sim/record"
)

// newProbe returns the command that disturbs a trained network and follows it.
func newProbe() *cobra.Command {
	var (
		set    []string
		out    string
		screen screen
	)
	c := &cobra.Command{
		Use:   "probe RUN [PROBE]",
		Short: "disturb a trained network and follow it step by step",
		Long: "Show stimuli to the network of a finished run, follow recognition step by step while neurons are silenced, clamped or stimulated, synapses cut and rates made noisy, " +
			"and write what it answers intact, with the other rates frozen, and recognised anew. PROBE is a TOML file with the events and what is shown when, or the name of one that ships; without one they are set by --set.",
		Example: "partsnet probe runs/faces-1999 probe/two-objects\n" +
			"partsnet probe runs/faces-1999 lesion.toml\n" +
			"partsnet probe runs/faces-1999 --set 'event=[{kind=\"silence\", neurons=[3, 17]}]'",
		GroupID:           trained,
		Args:              takes(1, 2, "the directory of a run and, if any, the file of a probe"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			run, file, text := filepath.Clean(args[0]), "--set", []byte(nil)
			if len(args) > 1 {
				var err error
				file = args[1]
				if text, err = textOf(file, configs.Probes, "probe"); err != nil {
					return refused(err)
				}
			}
			p, rest, err := probe.Read(file, text, set)
			if err != nil {
				return refused(err)
			}
			if out == "" {
				out = record.NextFree(besideOf(run, p.Name))
			}
			r, err := probe.Run(c.Context(), run, p, rest, out)
			if err != nil {
				return err
			}
			return screen.probed(c.OutOrStdout(), r)
		},
	}
	settings(c, &set)
	c.Flags().StringVarP(&out, "out", "o", "", "write into `DIR` (default RUN-NAME with the name of the probe, and a number behind it where that is taken)")
	_ = c.MarkFlagDirname("out")
	screen.add(c, "only the directory of the probe")
	return c
}

// probed prints what a probe has found.
func (s *screen) probed(w io.Writer, r *probe.Result) error {
	sum := r.Summary()
	switch {
	case s.json:
		return printJSON(w, sum)
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	printRead(w, r.Read)
	what := [2]string{"stimulus", "stimuli"}
	if len(sum.Shows) > 0 {
		what = [2]string{"scene", "scenes"}
	}
	labelled(w, "probed", "%s in %s", counted(sum.Stimuli, what[0], what[1]), counted(sum.Steps, "step", "steps"))
	for _, s := range sum.Shows {
		labelled(w, "shown", "%s", s)
	}
	for _, e := range sum.Events {
		labelled(w, "event", "%s", e)
	}
	for _, a := range sum.Answers {
		text := fmt.Sprintf("the circuit predicts no stimulus, or nothing is known of one of them: see %s", probe.TableFile)
		switch {
		case a.RMSE != nil && a.Loss != nil:
			text = fmt.Sprintf("root mean squared error %.4g, %s = %.4g a stimulus", *a.RMSE, r.Symbol, *a.Loss)
		case a.RMSE != nil:
			text = fmt.Sprintf("root mean squared error %.4g, %s infinite: something of a stimulus is predicted by nothing", *a.RMSE, r.Symbol)
		case a.Loss != nil:
			text = fmt.Sprintf("%s = %.4g a stimulus", r.Symbol, *a.Loss)
		}
		labelled(w, a.Name, "%s", text)
	}
	labelled(w, "results", "%s", r.Dir)
	return nil
}
