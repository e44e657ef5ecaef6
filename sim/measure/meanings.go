package measure

import (
	"cmp"
	"slices"
)

// meanings counts the words of [MeaningsOf] that are learned in all their meanings.
var meanings = []Measure{{
	Name: "meanings_learned", Doc: "words of several meanings that are strong in all their topics",
	Formula: "#{ words : among the strongest synapses of the match of each of its topics }", High: inf, Kind: AnyTruth,
	Among: func(t Counted) (int, bool) { return t.Ambiguous, t.Ambiguous > 0 },
	of: func(l *Learned) (float64, bool) {
		if !l.Documents {
			return 0, false
		}
		return float64(len(MeaningsOf(l.Truth.Parts, l.W, l.Visible, l.recovery()).Learned)), true
	},
}}

// Meanings says of how many words of several meanings every meaning was learned.
type Meanings struct {
	Words   []int // visible neurons that have more than one true part
	Learned []int // those of them that are strong in all parts matched to these
}

// MeaningsOf looks at the words that belong to two or more true parts (rows of truth,
// of size entries each). Such a word has all its meanings in w if, in each of the
// hidden neurons matched to those parts by [Recover], it is among as many of the
// strongest synapses as the part has words.
func MeaningsOf(truth, w []float64, size int, rec Recovery) Meanings {
	var m Meanings
	parts := len(truth) / size
	strong := make([]map[int]bool, parts)
	for k, a := range rec.Neuron {
		words := 0
		for _, x := range truth[k*size : (k+1)*size] {
			if x > 0 {
				words++
			}
		}
		strong[k] = map[int]bool{}
		if a >= 0 {
			for _, j := range Strongest(w[a*size:(a+1)*size], words) {
				strong[k][j] = true
			}
		}
	}
	for j := range size {
		meanings, learned := 0, 0
		for k := range parts {
			if truth[k*size+j] > 0 {
				meanings++
				if strong[k][j] {
					learned++
				}
			}
		}
		if meanings < 2 {
			continue
		}
		m.Words = append(m.Words, j)
		if learned == meanings {
			m.Learned = append(m.Learned, j)
		}
	}
	return m
}

// Strongest returns the indices of the count largest entries above zero, the largest
// first and equal ones in their order; fewer if x has fewer.
func Strongest(x []float64, count int) []int {
	var order []int
	for j, y := range x {
		if y > 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(x[j], x[i]) })
	return order[:min(count, len(order))]
}
