package draw

import (
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// titles say what each constraint means.
var titles = map[string]string{
	experiment.NonNegative: "non-negative rates and synapses (NMF)",
	experiment.OneActive:   "one hidden neuron active at a time (VQ)",
	experiment.Orthonormal: "orthonormal synapses, signed rates and synapses (PCA)",
}

// comparison shows one stimulus as each network takes it apart.
var comparison = Figure{
	Name: "comparison", Doc: "a stimulus as networks under other constraints take it apart",
	When: func(o *outcome.Outcome) bool { return o.Compared != nil && shaped(o) },
	of:   theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure {
		r, n, looked := o.Rates.Hidden, o.Stimuli.Size, o.Shown.Stimulus
		networks := make([]figure.Factorisation, len(o.Compared))
		for k, c := range o.Compared {
			f := figure.Factorisation{Title: titles[c.Constraint], Prediction: make([]float64, n)}
			if c.Synapses == nil {
				f.W, f.H = o.Synapses(), o.Shown.H
			} else {
				f.W, f.H = c.Synapses, c.Rates[looked*r:(looked+1)*r]
			}
			for a, h := range f.H {
				for j := range n {
					f.Prediction[j] += float64(h * f.W[a*n+j])
				}
			}
			networks[k] = f
		}
		return figure.Comparison(Look(o), networks, o.Shown.V, o.Stimuli.Height, o.Stimuli.Width)
	},
}
