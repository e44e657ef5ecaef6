package inputs

import (
	"partsnet/neuron"
)

// Weighted is a stimulus that is shown with a weight.
type Weighted struct {
	Stimulus int
	Weight   float64
}

// Mixed returns sums of stimuli, Σ_k weight_k v_k, one for each list, as inputs of their own with these
// names. A rate is missing where it is in one of them. An empty list is a blank.
func (in *Inputs) Mixed(sums [][]Weighted, names []string) (*Inputs, error) {
	n := in.Neurons()
	set := *in.Set
	set.Empty, set.Recordings, set.Axis, set.Truth, set.Counts, set.Seen = nil, nil, nil, nil, nil, nil
	set.Count, set.Names, set.Read = len(sums), names, append([]string(nil), in.Set.Read...)
	set.Rates = make([]float64, len(sums)*n)
	var seen *neuron.Mask
	for row, sum := range sums {
		rates := set.Rates[row*n : (row+1)*n]
		for _, w := range sum {
			in.Each(w.Stimulus, func(j int, x float64) { rates[j] += float64(w.Weight * x) })
			for j := range n {
				if !in.Shows(w.Stimulus, j) {
					if seen == nil {
						seen = neuron.NewMask(len(sums), n)
					}
					seen.Hide(row, j)
				}
			}
		}
	}
	if seen != nil {
		set.Seen = seen
		for row := range sums {
			for j := range n {
				if !seen.Seen(row, j) {
					set.Rates[row*n+j] = 0
				}
			}
		}
	}
	other := &Inputs{Engine: in.Engine, Set: &set, release: func() error { return nil }}
	if err := other.hold(); err != nil {
		return nil, err
	}
	other.know()
	return other, nil
}
