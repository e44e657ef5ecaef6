package measure

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
