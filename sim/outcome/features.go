package outcome

import (
	"cmp"
	"slices"

	"partsnet/sim/measure"
)

// Features is what hidden neurons stand for, where visible neurons have names.
type Features struct {
	W     []float64 // r×n
	Use   []float64 // r, summed rates
	Words []string  // n names of visible neurons, words where stimuli are documents
}

// Features returns what the hidden neurons stand for. Visible neurons must have names.
func (o *Outcome) Features() *Features {
	return &Features{W: o.Synapses(), Use: o.Rates.Use(), Words: o.Stimuli.Neurons}
}

// Word is a word and how strong it is, in any unit.
type Word struct {
	Text     string
	Strength float64
}

// negligible is the share of a feature's strongest synapse below which a word tells
// nothing about it: what noise leaves.
const negligible = 0.02

// Strongest returns the strongest words of hidden neuron a, fewer than count where
// the rest is negligible.
func (f *Features) Strongest(a, count int) []Word {
	n := len(f.Words)
	part := f.W[a*n : (a+1)*n]
	var out []Word
	for _, j := range measure.Strongest(part, count) {
		if len(out) > 0 && part[j] < negligible*out[0].Strength {
			break
		}
		out = append(out, Word{Text: f.Words[j], Strength: part[j]})
	}
	return out
}

// ByUse returns the hidden neurons, the most used first, and the sum of all rates.
func (f *Features) ByUse() (order []int, total float64) {
	for a, u := range f.Use {
		order = append(order, a)
		total += u
	}
	slices.SortStableFunc(order, Descending(f.Use))
	return order, total
}

// Descending returns what compares two indices by their numbers x, the larger first.
func Descending(x []float64) func(a, b int) int {
	return func(a, b int) int { return cmp.Compare(x[b], x[a]) }
}
