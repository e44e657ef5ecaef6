package stimulus

import (
	"cmp"
	"slices"

	"partsnet/neuron"
)

// Arrange gives the visible neurons other places, of which there are size: neuron j moves to
// place[j], or is left out where that is −1. No two move to one place, and rates of places to which
// none moves are zero. Names of visible neurons and the shape of images are dropped.
func (s *Set) Arrange(place []int, size int) error {
	s.Neurons, s.Height, s.Width = nil, 0, 0
	if s.Counts != nil {
		var err error
		s.Counts, err = arranged(s.Counts, place, size)
		s.Size = size
		return err
	}
	rates := make([]float64, s.Count*size)
	for i := range s.Count {
		for j, x := range s.Row(i) {
			if place[j] >= 0 {
				rates[i*size+place[j]] = x
			}
		}
	}
	s.Rates, s.Size = rates, size
	return nil
}

// arranged returns counts whose neurons have other places.
func arranged(c *neuron.Counts[float64], place []int, size int) (*neuron.Counts[float64], error) {
	type entry struct {
		neuron int32
		rate   float64
	}
	start, index, rate := []int{0}, []int32{}, []float64{}
	for i := range c.Stimuli() {
		var row []entry
		c.Each(i, func(j int, x float64) {
			if place[j] >= 0 {
				row = append(row, entry{int32(place[j]), x})
			}
		})
		slices.SortFunc(row, func(a, b entry) int { return cmp.Compare(a.neuron, b.neuron) })
		for _, e := range row {
			index, rate = append(index, e.neuron), append(rate, e.rate)
		}
		start = append(start, len(index))
	}
	return neuron.CountsOf(size, start, index, rate)
}
