package recorded

import (
	"slices"

	"partsnet/sim/experiment"
)

// quantity is what is recorded of a stimulus, a number for each neuron of a layer.
type quantity struct {
	is  string
	row func(s Source, stimulus int) []float64
}

// quantities are those of [experiment.Recordable]. The error unit of a visible neuron whose rate is
// missing is silent.
var quantities = map[string]quantity{
	experiment.OfHidden: {"hidden rate", Source.Hidden},
	experiment.OfVisible: {"visible rate", func(s Source, i int) []float64 {
		return compared(s, i, func(v, _ float64) float64 { return v }, func(p float64) float64 { return p })
	}},
	experiment.OfPrediction: {"prediction", func(s Source, i int) []float64 { return s.Predict(s.Hidden(i)) }},
	experiment.OfError: {"visible rate − prediction", func(s Source, i int) []float64 {
		return compared(s, i, func(v, p float64) float64 { return v - p }, silent)
	}},
	experiment.OfErrorUnits: {"visible rate / prediction", func(s Source, i int) []float64 {
		return compared(s, i, func(v, p float64) float64 {
			if p == 0 { // as in the circuit
				return 0
			}
			return v / p
		}, silent)
	}},
	experiment.OfSpikes: {"spikes since the last frame", Source.Spikes},
}

// since returns by how much what grows has grown since it was last asked for.
func since(sum func(s Source, stimulus int) []float64) func(s Source, stimulus int) []float64 {
	before := map[int][]float64{}
	return func(s Source, stimulus int) []float64 {
		now := slices.Clone(sum(s, stimulus))
		grown := slices.Clone(now)
		for j, x := range before[stimulus] {
			grown[j] -= x
		}
		before[stimulus] = now
		return grown
	}
}

func silent(float64) float64 { return 0 }

// compared returns what becomes of each visible rate and its prediction, and of the prediction
// alone where the rate is missing.
func compared(s Source, stimulus int, both func(v, p float64) float64, alone func(p float64) float64) []float64 {
	v, p := s.Visible(stimulus), s.Predict(s.Hidden(stimulus))
	out := make([]float64, len(v))
	for j := range v {
		if s.Shows(stimulus, j) {
			out[j] = both(v[j], p[j])
		} else {
			out[j] = alone(p[j])
		}
	}
	return out
}
