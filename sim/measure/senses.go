package measure

import (
	"cmp"
	"slices"
)

// Sense is the part that one hidden neuron has in a word.
type Sense struct {
	Neuron int
	Share  float64 // of the word's predicted occurrences, 0 to 1
	Rank   int     // of the word among the neuron's synapses, 1 the strongest
}

// Senses says which hidden neurons account for visible neuron j over all stimuli, the
// largest share first:
//
//	share_a = w_aj u_a / Σ_b w_bj u_b        W r×n, u_a = Σ_i h_ia
//
// Neurons without a share are left out.
func Senses(w, use []float64, j int) []Sense {
	r := len(use)
	n := len(w) / r
	total := 0.0
	for a := range r {
		total += float64(w[a*n+j] * use[a])
	}
	var senses []Sense
	for a := range r {
		share := w[a*n+j] * use[a] / total
		if !(share > 0) {
			continue
		}
		rank := 1
		for _, x := range w[a*n : (a+1)*n] {
			if x > w[a*n+j] {
				rank++
			}
		}
		senses = append(senses, Sense{a, share, rank})
	}
	slices.SortStableFunc(senses, func(s, t Sense) int { return cmp.Compare(t.Share, s.Share) })
	return senses
}
