package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/internal/wrap"
	"partsnet/sim/recall"
)

// newWords returns the command that prints the features that hold a word.
func newWords() *cobra.Command {
	least := 0.0
	c := &cobra.Command{
		Use:   "words RUN WORD ...",
		Short: "print the features of documents that hold a word",
		Long: "Print, for each WORD, the semantic features (hidden neurons) of a run on documents that account for its occurrences, with the strongest words of each. " +
			"A word of several meanings is in several features.",
		Example:           "partsnet words runs/figure-4-1999 lead bank\npartsnet words runs/figure-4-1999 lead --least 0.2",
		GroupID:           trained,
		Args:              takes(2, -1, "the directory of a run and a word"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if !(least >= 0 && least <= 1) {
				return refusef("--least %v; allowed is 0 to 1", least)
			}
			for _, word := range args[1:] {
				meanings, rest, err := recall.Meanings(args[0], word, least)
				if err != nil {
					return refused(err)
				}
				printMeanings(c.OutOrStdout(), word, meanings, rest)
			}
			return nil
		},
	}
	c.Flags().Float64Var(&least, "least", 0.05, "smallest `SHARE` of the occurrences that is listed, beyond the two largest")
	return c
}

// printMeanings prints the features of a word, their words in lines of the terminal's
// width.
func printMeanings(w io.Writer, word string, meanings []recall.Meaning, rest float64) {
	fmt.Fprintf(w, "%s\n", word)
	for _, m := range meanings {
		fmt.Fprintf(w, "  neuron %d: %.0f %% of its occurrences, rank %d\n    %s\n", m.Neuron, 100*m.Share, m.Rank, wrap.Text(strings.Join(m.Words, " "), widthOf(w), 4))
	}
	if rest >= 0.005 {
		fmt.Fprintf(w, "  others: %.0f %%\n", 100*rest)
	}
}
