// Package constraint learns V ≈ H W under constraints other than non-negative rates and
// synapses, to compare networks that differ only in their constraints:
//
//	one-active    each stimulus has one active hidden neuron, with rate 1; synapses
//	              are free. The squared error is then lowered by vector quantisation:
//	              a neuron's synapses are the mean of the stimuli it won.
//	orthonormal   the synapses of different hidden neurons are orthonormal; rates and
//	              synapses have any sign. The squared error is lowest at the leading
//	              eigenvectors of VᵀV: principal components of stimuli that are not
//	              centred.
//
// Source: Lee & Seung 1999, Fig. 1 and Methods.
package constraint

// Factors is a factorisation V ≈ H W.
type Factors struct {
	Synapses []float64 // W, r×n
	Rates    []float64 // H, m×r
	Epochs   int       // passes over the stimuli; 1 where the answer is direct
	Error    []float64 // squared error E = ½ ‖V − H W‖² before each change of the synapses, and at the end
}
