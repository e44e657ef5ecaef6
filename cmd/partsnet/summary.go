package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"partsnet/sim"
)

// run prints what came out of a run.
func (s *screen) run(w io.Writer, r *sim.Report) error {
	switch {
	case s.json:
		return printJSON(w, ranOf(r))
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	printSummary(w, r)
	if s.verbose {
		fmt.Fprintln(w)
		printDetails(w, r)
	}
	return nil
}

// printSummary says in a few lines what was learned, how well it explains the stimuli,
// whether learning has settled, which hidden neurons are of no use, and where to look.
func printSummary(w io.Writer, r *sim.Report) {
	text := learned(r)
	if r.Resumed > 0 {
		text += "; resumed " + resumedAfter(r)
	}
	labelled(w, "learned", "%s", text)
	if text := explained(r); text != "" {
		labelled(w, "explained", "%s", text)
	}
	labelled(w, "stopped", "%s", strings.TrimPrefix(r.Why, "Learning stopped because "))
	labelled(w, "neurons", "%s", neurons(r))
	labelled(w, "results", "%s", results(r))
	printCompared(w, r.Compared)
}

// learned says what was learned: the true parts recovered, where they are known, and
// otherwise how many parts of what.
func learned(r *sim.Report) string {
	if rec := r.Recovery; rec != nil {
		text := fmt.Sprintf("%d of %d true %s recovered (cosine above 0.9; mean %.3f)", rec.Recovered, len(rec.Neuron), r.Parts, rec.MeanCosine)
		if m := r.Meanings; m != nil {
			text += fmt.Sprintf("; %d of %d ambiguous words in all their topics", len(m.Learned), len(m.Words))
		}
		return text
	}
	what := "parts"
	if r.Documents {
		what = "semantic features"
	}
	return fmt.Sprintf("%d %s in %d epochs", r.Census.Live, what, r.Epochs)
}

// resumedAfter says where a run that was interrupted was continued.
func resumedAfter(r *sim.Report) string {
	if r.Starts != nil {
		return fmt.Sprintf("after %d of %d starts", r.Resumed, len(r.Starts))
	}
	return fmt.Sprintf("after epoch %d", r.Resumed)
}

// explained says how much of the stimuli the predictions explain: R² about the mean of
// each visible neuron, and VAF about zero.
func explained(r *sim.Report) string {
	var texts []string
	if x := r.Measures.Of("explained_variance"); !math.IsNaN(x) {
		texts = append(texts, fmt.Sprintf("R² = %.3f of the variance about each visible neuron's mean", x))
	}
	if x := r.Measures.Of("explained_energy"); !math.IsNaN(x) {
		texts = append(texts, fmt.Sprintf("VAF = %.3f of the squared rates", x))
	}
	return strings.Join(texts, "; ")
}

// neurons says how many hidden neurons are of use.
func neurons(r *sim.Report) string {
	c := r.Census
	text := fmt.Sprintf("%d of %d hidden neurons live", c.Live, c.Live+c.Dead)
	if c.Dead > 0 {
		text += fmt.Sprintf(", %d dead", c.Dead)
	}
	if c.Duplicate > 0 {
		text += ", " + counted(c.Duplicate, "duplicate", "duplicates")
	}
	if c.Merged > 0 {
		text += fmt.Sprintf(", %d holding several true parts", c.Merged)
	}
	return text
}

// counted returns a number of things in the singular or plural.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// results says where the results are and what to open first.
func results(r *sim.Report) string {
	if !r.Figures {
		return r.Dir + "; no figures were asked for"
	}
	first := "parts"
	if r.Documents {
		first = "features"
	}
	found, _ := filepath.Glob(filepath.Join(r.Dir, "figures", first+".*"))
	if len(found) == 0 {
		return filepath.Join(r.Dir, "figures")
	}
	return fmt.Sprintf("%s; open %s first", r.Dir, found[0])
}
