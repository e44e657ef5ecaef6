package experiment

import "partsnet/sim/generate"

// BarOptions returns the bars that the experiment asks for.
func (x *Experiment) BarOptions() generate.Bars {
	b := x.Bars
	return generate.Bars{
		Count: x.Stimulus.Count, Positions: b.Positions, Combine: b.Combine, Orientations: b.Orientations,
		Probability: b.Probability, Number: b.Number, Width: b.Width, VerticalWidth: b.VerticalWidth, Step: b.Step, Noise: b.Noise,
	}
}
