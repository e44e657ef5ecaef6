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
)

// printDetails prints everything that is known of a run beyond its summary.
func printDetails(w io.Writer, r *sim.Report) {
	for _, d := range r.Damaged {
		labelled(w, "damaged", "%s", d)
	}
	fall := ""
	if !math.IsNaN(r.End.Gain) {
		fall = fmt.Sprintf("; the last epochs lowered it by %s of its whole fall each", percent(r.End.Gain))
	}
	labelled(w, "objective", "%s = %s after %s; it rose at %s%s", r.Symbol, outcome.Printed(r.Objective), counted(r.Epochs, "epoch", "epochs"), counted(r.Rises, "record", "records"), fall)
	if !math.IsNaN(r.Likelihood) {
		labelled(w, "likelihood", "log-likelihood F = %.6g (Lee & Seung 1999, eq. 2)", r.Likelihood)
	}
	if text := optimality(r); text != "" {
		labelled(w, "optimality", "%s", text)
	}
	printStarts(w, r)
	for _, s := range r.Stack {
		labelled(w, fmt.Sprintf("layer %d", s.Layer), "%s, %s = %.6g; down to the visible layer %.6g", counted(s.Hidden, "neuron", "neurons"), s.Symbol, s.Objective, s.Through)
	}
	if r.Joint > 0 {
		labelled(w, "joint", "D = %.6g after all layers were learned together", r.Joint)
	}
	printMeasures(w, r.Measures)
	printCensus(w, r.Census)
	if r.Documents {
		labelled(w, "words", "%s", filepath.Join(r.Dir, "features.csv"))
	}
	if a := r.Invariants.Synapses; a.Refused == 0 {
		labelled(w, "signs", "sign check passed (%s weights)", thousands(a.Checked))
	} else {
		labelled(w, "signs", "sign check: %s of %s weights were kept from changing their sign", thousands(a.Refused), thousands(a.Checked))
	}
	labelled(w, "time", "%.1f s", r.Elapsed.Seconds())
}

// percent returns a share in per cent, in two digits and without an exponent.
func percent(share float64) string {
	switch x := 100 * share; {
	case x == 0:
		return "0 %"
	case x < 0.001:
		return "less than 0.001 %"
	default:
		return fmt.Sprintf("%.2g %%", x)
	}
}

// optimality says how far a run is from the conditions of a minimum; "" if that is
// unknown.
func optimality(r *sim.Report) string {
	o := r.Optimality
	switch {
	case math.IsNaN(o.Rates):
		return ""
	case math.IsNaN(o.Synapses):
		return fmt.Sprintf("rates miss the conditions of a minimum by %.2g (0 at a minimum, 1 far away)", o.Rates)
	}
	return fmt.Sprintf("rates miss the conditions of a minimum by %.2g and synapses by %.2g (0 at a minimum, 1 far away)", o.Rates, o.Synapses)
}

// printMeasures prints the usual measures in a line and every other one in a line of its
// own.
func printMeasures(w io.Writer, v measure.Values) {
	parts, partsDefined := v.Of("hoyer_parts")
	rates, ratesDefined := v.Of("hoyer_rates")
	if area, ok := v.Of("effective_area"); ok && partsDefined && ratesDefined {
		labelled(w, "sparseness", "%.3f of the parts, %.3f of the rates (Hoyer); a part covers %.3f of the visible layer", parts, rates, area)
	}
	for _, m := range measure.Table() {
		if slices.Contains(measure.Usual, m.Name) || !slices.ContainsFunc(v, func(x measure.Value) bool { return x.Name == m.Name }) {
			continue
		}
		value := "not defined here"
		if x, ok := v.Of(m.Name); ok {
			value = fmt.Sprintf("%.6g", x)
		}
		labelled(w, "measure", "%s %s: %s", m.Name, value, m.Doc)
	}
}

// printCensus says what has become of the hidden neurons.
func printCensus(w io.Writer, c measure.Census) {
	text := fmt.Sprintf("%d live, %d dead, %s", c.Live, c.Dead, counted(c.Duplicate, "duplicate", "duplicates"))
	if c.Split >= 0 {
		text += fmt.Sprintf("; %d merge several true parts, %d true parts are split over several neurons", c.Merged, c.Split)
	}
	labelled(w, "census", "%s; %s synapses are 0", text, thousands(int64(c.Zero)))
}

// printStarts says how far the starts that were not kept were from the best.
func printStarts(w io.Writer, r *sim.Report) {
	if r.Starts == nil {
		return
	}
	var ends []float64
	near := 0
	for k, s := range r.Starts {
		if k == r.Best {
			continue
		}
		ends = append(ends, s.Objective)
		if s.Objective <= 1.01*r.Objective {
			near++
		}
	}
	slices.Sort(ends)
	labelled(w, "starts", "the best of %d random starts is number %d; the others end at %s = %.6g to %.6g, median %.6g; %d within 1 %% of the best",
		len(r.Starts), r.Best+1, r.Symbol, ends[0], ends[len(ends)-1], ends[len(ends)/2], near)
}

// printCompared prints the networks under other constraints as a table.
func printCompared(w io.Writer, compared []outcome.Compared) {
	if compared == nil {
		return
	}
	fmt.Fprintf(w, "\n%-14s %8s %9s %11s %11s %6s %7s %8s\n", "constraint", "RMSE", "R²", "Hoyer parts", "Hoyer rates", "area", "spread", "seconds")
	for _, c := range compared {
		m := func(name string, decimals int) string {
			x, ok := c.Measures.Of(name)
			if !ok {
				return "–"
			}
			return fmt.Sprintf("%.*f", decimals, x)
		}
		fmt.Fprintf(w, "%-14s %8s %9s %11s %11s %6s %7s %8.2f\n", c.Constraint, m("rmse", 4), m("explained_variance", 3), m("hoyer_parts", 3), m("hoyer_rates", 3), m("effective_area", 3), m("spread", 3), c.Seconds)
	}
}

// thousands returns an integer with commas between its thousands.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	var groups []string
	for len(text) > 3 {
		groups = append([]string{text[len(text)-3:]}, groups...)
		text = text[:len(text)-3]
	}
	return strings.Join(append([]string{text}, groups...), ",")
}
