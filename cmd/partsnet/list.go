package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/internal/wrap"
	"partsnet/sim/experiment"
)

// listed is an experiment, score or probe that ships, as list prints it.
type listed struct {
	Name  string `json:"name" doc:"name, for run, score, probe and show"`
	Kind  string `json:"kind" doc:"experiment, score or probe"`
	Title string `json:"title" doc:"first line of its text"`
}

// newList returns the command that names what ships.
func newList() *cobra.Command {
	var screen screen
	c := &cobra.Command{
		Use:               "list",
		Short:             "list the experiments, scores and probes that ship",
		Long:              "List the experiments that ship, for 'partsnet run', the scores, for 'partsnet score', and the probes, for 'partsnet probe'. 'partsnet show NAME' prints the text of one.",
		Example:           "partsnet list\npartsnet list --json",
		GroupID:           looking,
		Args:              takes(0, 0, "no argument"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			w := c.OutOrStdout()
			all := shipped()
			if screen.json {
				return printJSON(w, all)
			}
			width := widthOf(w)
			longest := 0
			for _, l := range all {
				longest = max(longest, len(l.Name))
			}
			kind := ""
			for _, l := range all {
				if l.Kind != kind {
					if kind != "" {
						fmt.Fprintln(w)
					}
					kind = l.Kind
					fmt.Fprintln(w, map[string]string{"experiment": "Experiments (partsnet run NAME):", "score": "Scores (partsnet score NAME):", "probe": "Probes (partsnet probe RUN NAME):"}[kind])
				}
				fmt.Fprintf(w, "  %-*s  %s\n", longest, l.Name, wrap.Text(l.Title, width, longest+4))
			}
			return nil
		},
	}
	screen.addJSON(c)
	return c
}

// shipped returns all experiments, then all scores and then all probes that ship.
func shipped() (all []listed) {
	add := func(kind string, names []string, read func(string) ([]byte, error)) {
		for _, name := range names {
			text, err := read(name + ".toml")
			if err != nil {
				panic("partsnet: a shipped file cannot be read: " + err.Error())
			}
			title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
			all = append(all, listed{name, kind, title})
		}
	}
	add("experiment", experiment.Shipped().Names(), experiment.Shipped().ReadFile)
	add("score", configs.Scores.Names(), configs.Scores.ReadFile)
	add("probe", configs.Probes.Names(), configs.Probes.ReadFile)
	return all
}
