package measure

// vinjeGallants are the means of [VinjeGallant] over stimuli (population) and neurons
// (lifetime).
var vinjeGallants = []Measure{
	{
		Name: "vinje_gallant_population", Doc: "Vinje–Gallant sparseness of the rates to a stimulus",
		Formula: vinjeGallantFormula, Source: vinjeGallantSource, High: 1, of: ofStimuli(VinjeGallant),
	},
	{
		Name: "vinje_gallant_lifetime", Doc: "Vinje–Gallant sparseness of the rates of a neuron over stimuli",
		Formula: vinjeGallantFormula, Source: vinjeGallantSource, High: 1, of: ofNeurons(VinjeGallant),
	},
}

const (
	vinjeGallantFormula = "S = (1 − a) / (1 − 1/N), a of Treves and Rolls"
	vinjeGallantSource  = "Vinje & Gallant 2000"
)

// VinjeGallant returns the sparseness S of rates x (Vinje & Gallant 2000,
// Science 287:1273–1276), with a of [TrevesRolls]:
//
//	S = (1 − a) / (1 − 1/N)        0 all equal, 1 a single entry
//
// ok is false for all zeros, and for N = 1.
func VinjeGallant(x []float64) (s float64, ok bool) {
	a, ok := TrevesRolls(x)
	if !ok || len(x) < 2 {
		return 0, false
	}
	return (1 - a) / (1 - 1/float64(len(x))), true
}
