package measure

// TrevesRolls returns the sparseness a of rates x (Rolls & Tovee 1995,
// J. Neurophysiol. 73:713–726):
//
//	a = ( Σ x / N )² / ( Σ x² / N )        1/N a single entry, 1 all equal
//
// Small is sparse. Over the stimuli for one neuron it is the lifetime
// sparseness, over the neurons for one stimulus the population sparseness. ok is
// false for all zeros.
func TrevesRolls(x []float64) (a float64, ok bool) {
	sum, square := 0.0, 0.0
	for _, y := range x {
		sum += y
		square += float64(y * y)
	}
	if square == 0 {
		return 0, false
	}
	return sum * sum / (square * float64(len(x))), true
}
