package inputs

import (
	"math"

	"partsnet/internal/elementary"
	"partsnet/sim/measure"
)

// know works out what measures need to know of the stimuli.
func (in *Inputs) know() {
	c := measure.Shown{Variation: in.variation()}
	if seen := in.Data.Seen(); seen != nil {
		c.Missing = seen.Missing()
	}
	nonzero, total := 0, 0.0
	smallest := math.Inf(1)
	for y := range in.All() {
		smallest = min(smallest, y)
		if y > 0 {
			nonzero++
			total += y
			in.largest = max(in.largest, y)
			c.Energy += float64(y * y)
			c.Entropy += float64(y*elementary.Log(y)) - y
		}
	}
	all := float64(in.Stimuli()*in.Neurons() - c.Missing)
	c.Zeros = 1 - float64(nonzero)/all
	mean := total / all
	for y := range in.All() {
		if y > 0 {
			c.Deviation += float64((y - mean) * (y - mean))
		}
	}
	c.Deviation += float64((all - float64(nonzero)) * float64(mean*mean))
	in.Constants = c
	if in.mapped { // of others it was said before they were scaled
		in.Set.Read = append([]string{size(in.Set)}, append(in.Set.Read, between(smallest, in.largest, c.Zeros))...)
	}
}

// variation returns the squared deviation of the stimuli from their mean; see
// [measure.Variation].
func (in *Inputs) variation() float64 {
	if in.Data.Seen() != nil {
		return in.seenVariation()
	}
	if in.Dense() {
		return measure.Variation(in.All(), in.Stimuli(), in.Neurons())
	}
	sum, squares := make([]float64, in.Neurons()), 0.0
	for i := range in.Stimuli() {
		in.Each(i, func(j int, x float64) {
			sum[j] += x
			squares += float64(x * x)
		})
	}
	for _, y := range sum {
		squares -= float64(y * y / float64(in.Stimuli()))
	}
	return squares
}

// seenVariation is variation of the rates that are known.
func (in *Inputs) seenVariation() (sum float64) {
	mean, known := make([]float64, in.Neurons()), make([]float64, in.Neurons())
	for i := range in.Stimuli() {
		for j, x := range in.Row(i) {
			if in.Shows(i, j) {
				mean[j] += x
				known[j]++
			}
		}
	}
	for i := range in.Stimuli() {
		for j, x := range in.Row(i) {
			if in.Shows(i, j) {
				d := x - mean[j]/known[j]
				sum += float64(d * d)
			}
		}
	}
	return sum
}
