package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"partsnet/sim"
	"partsnet/sim/measure"
)

// optimality says how far a run is from the conditions of a minimum.
func optimality(r *sim.Report) string {
	o := r.Optimality
	switch {
	case math.IsNaN(o.Rates):
		return ""
	case math.IsNaN(o.Synapses):
		return fmt.Sprintf(" Rates are %.2g from the conditions of a minimum (0 there, 1 far away).", o.Rates)
	}
	return fmt.Sprintf(" Rates are %.2g and synapses %.2g from the conditions of a minimum (0 there, 1 far away).", o.Rates, o.Synapses)
}

// printMeasures prints the usual measures in a line and every other one in a line of its
// own.
func printMeasures(w io.Writer, v measure.Values) {
	if parts, rates, area := v.Of("hoyer_parts"), v.Of("hoyer_rates"), v.Of("effective_area"); !math.IsNaN(parts + rates + area) {
		fmt.Fprintf(w, "sparseness %.3f of the parts, %.3f of the rates (Hoyer); a part covers %.3f of the visible layer\n", parts, rates, area)
	}
	for _, m := range measure.Table() {
		if slices.Contains(measure.Usual, m.Name) || !slices.ContainsFunc(v, func(x measure.Value) bool { return x.Name == m.Name }) {
			continue
		}
		value := "not defined here"
		if x := v.Of(m.Name); !math.IsNaN(x) {
			value = fmt.Sprintf("%.6g", x)
		}
		fmt.Fprintf(w, "measure    %s %s: %s\n", m.Name, value, m.Doc)
	}
}

// printCensus says what has become of the hidden neurons.
func printCensus(w io.Writer, c measure.Census) {
	fmt.Fprintf(w, "neurons    %d live, %d dead, %d repeat another", c.Live, c.Dead, c.Duplicate)
	if c.Split >= 0 {
		fmt.Fprintf(w, "; %d hold several true parts, %d true parts are split over several", c.Merged, c.Split)
	}
	fmt.Fprintf(w, "; %d synapses are 0\n", c.Zero)
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
	fmt.Fprintf(w, "starts     no. %d of %d was kept; the others end at %s = %.6g to %.6g, the median at %.6g; %d are within 1 %% of the best\n",
		r.Best, len(r.Starts), r.Symbol, ends[0], ends[len(ends)-1], ends[len(ends)/2], near)
}
