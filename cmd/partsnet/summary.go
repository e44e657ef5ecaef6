package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
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

// printSummary says in a few lines what was read and learned, how well it explains the stimuli,
// whether learning has settled, which hidden neurons are of no use, and where to look.
func printSummary(w io.Writer, r *sim.Report) {
	printRead(w, r.Stimuli.Read)
	printRecordings(w, r.Stimuli.Recordings)
	text := learned(r)
	if r.Resumed > 0 {
		text += "; resumed " + resumedAfter(r)
	}
	labelled(w, "learned", "%s", text)
	if r.Choice != nil {
		labelled(w, "chosen", "%s", r.Choice)
	}
	if text := explained(r); text != "" {
		labelled(w, "explained", "%s", text)
	}
	if c := r.Masked; c != nil {
		labelled(w, "completed", "%s", filledIn(c))
	}
	if r.Bootstrap != nil {
		labelled(w, "intervals", "%s", intervals(r))
	}
	for _, line := range groupLines(r.Fits) {
		labelled(w, "group", "%s", line)
	}
	if text := silent(r); text != "" {
		labelled(w, "missing", "%s", text)
	}
	labelled(w, "stopped", "%s", stopped(r))
	for _, d := range r.Disturbances() {
		labelled(w, "event", "%s", disturbed(r.Symbol, d))
	}
	labelled(w, "neurons", "%s", neurons(r))
	labelled(w, "results", "%s", results(r))
	printCompared(w, r.Compared)
}

// printRead says what was found, converted and left out while stimuli from a file were read.
func printRead(w io.Writer, read []string) {
	if read != nil {
		labelled(w, "read", "%s", strings.Join(read, "; "))
	}
}

// printRecordings says of what recordings the stimuli are made, where that is known.
func printRecordings(w io.Writer, recordings []stimulus.Recording) {
	if recordings != nil {
		labelled(w, "recordings", "%s", stimulus.Summary(recordings))
	}
}

// learned says what was learned: the true parts recovered if they are known, by the
// criterion that was made for them where there is one, and otherwise the number of parts.
func learned(r *sim.Report) string {
	limbs, found := r.Measures.Of("limbs_found")
	if clean, ok := r.Measures.Of("limbs_clean"); found && ok {
		return fmt.Sprintf("%.0f of 16 limb positions found, %.0f of them without the torso", limbs, clean)
	}
	if p := r.Represented; p != nil {
		return fmt.Sprintf("%d of %d %s found; %d with a cosine above 0.9 (mean %.3f)", p.Found, p.True, p.Kind, r.Recovery.Recovered, r.Recovery.MeanCosine)
	}
	if rec := r.Recovery; rec != nil {
		text := fmt.Sprintf("%d of %d true %s recovered (cosine above 0.9; mean %.3f)", rec.Recovered, len(rec.Neuron), r.Parts, rec.MeanCosine)
		if m := r.Meanings; m != nil {
			text += fmt.Sprintf("; %d of %d ambiguous words in all their topics", len(m.Learned), len(m.Words))
		}
		return text
	}
	what := counted(r.Census.Live, "part", "parts")
	if r.Documents {
		what = counted(r.Census.Live, "semantic feature", "semantic features")
	}
	return what + " in " + counted(r.Epochs, "epoch", "epochs")
}

// resumedAfter says where a run that was interrupted was continued.
func resumedAfter(r *sim.Report) string {
	if r.Starts != nil || r.Choice != nil {
		return fmt.Sprintf("after %d of %d starts", r.Resumed, r.Experiment.Attempts())
	}
	return fmt.Sprintf("after epoch %d", r.Resumed)
}

// explained says how much of the stimuli the predictions explain: R² about the mean of
// each visible neuron, and VAF, the variance accounted for about zero. It is "" where
// the circuit predicts no stimuli.
func explained(r *sim.Report) string {
	if math.IsNaN(r.Explained) || math.IsNaN(r.VAF) {
		return ""
	}
	return fmt.Sprintf("R² = %.3f%s about each visible neuron's mean, VAF = %.3f about zero", r.Explained, ofShown(r.Stimuli.Missing+r.Stimuli.Hidden), r.VAF)
}

// ofShown says of stimuli with missing values that what is explained is of the others.
func ofShown(missing int) string {
	if missing == 0 {
		return ""
	}
	return " of what was shown,"
}

// filledIn says how well values that were hidden are predicted.
func filledIn(c *measure.Completion) string {
	text := counted(c.Entries, "hidden value", "hidden values")
	if x := c.Explained(); !math.IsNaN(x) {
		text += fmt.Sprintf(" with R² = %.3f (masked_explained) and", x)
	} else {
		text += " with"
	}
	return text + fmt.Sprintf(" a root mean squared error of %.3g (masked_rmse; the mean stimulus: %.3g)", c.RMSE(), c.MeanRMSE())
}

// groupsSaid is the number of groups that are printed.
const groupsSaid = 12

// groupLines says how much of each group is explained, of many groups of the first.
func groupLines(fits []outcome.Fit) (lines []string) {
	for k, f := range fits {
		if k == groupsSaid {
			return append(lines, fmt.Sprintf("%d more, in groups.csv", len(fits)-k))
		}
		line := fmt.Sprintf("%s: %s", f.Name, counted(f.Count(), "stimulus", "stimuli"))
		if !math.IsNaN(f.Variance) && !math.IsNaN(f.Energy) {
			line += fmt.Sprintf(", R² = %.3f, VAF = %.3f", f.Variance, f.Energy)
		}
		lines = append(lines, line)
	}
	return lines
}

// intervals says how far what was learned depends on which stimuli were shown.
func intervals(r *sim.Report) string {
	b := r.Bootstrap
	text := b.String()
	least := slices.Min(b.Matched)
	if least == b.Repeats {
		text += "; every part was found in all of them"
	} else {
		text += fmt.Sprintf("; every part was found in %d of them at least", least)
	}
	for _, m := range b.Measures {
		if strings.HasPrefix(m.Name, "explained_") {
			text += fmt.Sprintf("; %s %.4f to %.4f", m.Name, m.Low, m.High)
		}
	}
	return text
}

// stopped says why learning stopped, and whether the objective had settled.
func stopped(r *sim.Report) string {
	text := fmt.Sprintf("after %s: %s", counted(r.Epochs, "epoch", "epochs"), r.Stopped)
	switch end := r.End; {
	case r.Rises > 0 && end.Above < 0.0005:
		text += fmt.Sprintf("; %s rose at %d of %d records, last at its lowest", r.Symbol, r.Rises, end.Records)
	case r.Rises > 0:
		text += fmt.Sprintf("; %s rose at %d of %d records and ended %.2g %% above its lowest", r.Symbol, r.Rises, end.Records, 100*end.Above)
	case math.IsNaN(end.Gain):
	case end.Settled:
		text += fmt.Sprintf("; %s had settled", r.Symbol)
	default:
		text += fmt.Sprintf("; %s was still falling", r.Symbol)
	}
	return text
}

// neurons says how many hidden neurons are of use.
func neurons(r *sim.Report) string {
	c := r.Census
	text := fmt.Sprintf("%d of %d live", c.Live, c.Live+c.Dead)
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

// disturbed says what an event did to the objective.
func disturbed(symbol string, d outcome.Disturbance) string {
	text := d.Says()
	if !math.IsNaN(d.Before) && !math.IsNaN(d.After) {
		text += fmt.Sprintf(": %s = %s before, %s after the next epoch, %s at the end", symbol, outcome.Printed(d.Before), outcome.Printed(d.After), outcome.Printed(d.End))
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
	for _, first := range []string{"features", "cycles", "parts"} {
		if found, _ := filepath.Glob(filepath.Join(r.Dir, "figures", first+".*")); len(found) > 0 {
			return fmt.Sprintf("%s; open %s first", r.Dir, found[0])
		}
	}
	return filepath.Join(r.Dir, "figures")
}
