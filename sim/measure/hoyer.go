package measure

import "math"

// hoyers are the means of [Hoyer] over parts, over the rates to each stimulus, and over the
// rates of each neuron.
var hoyers = []Measure{
	{
		Name: "hoyer_parts", Doc: "Hoyer sparseness of a part",
		Formula: hoyerFormula, Source: hoyerSource, High: 1, of: ofParts(Hoyer),
	},
	{
		Name: "hoyer_rates", Doc: "Hoyer sparseness of the rates to a stimulus",
		Formula: hoyerFormula, Source: hoyerSource, High: 1, of: ofStimuli(Hoyer),
	},
	{
		Name: "hoyer_neurons", Doc: "Hoyer sparseness of the rates of a neuron over stimuli",
		Formula: hoyerFormula, Source: hoyerSource, High: 1, of: ofNeurons(Hoyer),
	},
}

const (
	hoyerFormula = "( √N − ‖x‖₁/‖x‖₂ ) / ( √N − 1 )"
	hoyerSource  = "Hoyer 2004"
)

// Hoyer returns the sparseness of x (Hoyer 2004, J. Mach. Learn. Res.
// 5:1457–1469):
//
//	( √N − ‖x‖₁/‖x‖₂ ) / ( √N − 1 )        0 all equal, 1 a single entry
//
// ok is false where it is not defined: for all zeros, and for N = 1.
func Hoyer(x []float64) (sparseness float64, ok bool) {
	l1, l2 := 0.0, 0.0
	for _, y := range x {
		l1 += math.Abs(y)
		l2 += float64(y * y)
	}
	if l2 == 0 || len(x) < 2 {
		return 0, false
	}
	root := math.Sqrt(float64(len(x)))
	return (root - l1/math.Sqrt(l2)) / (root - 1), true
}
