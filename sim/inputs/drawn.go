package inputs

import (
	"partsnet/neuron"
)

// Drawn returns the stimuli of these numbers, of which some may come more than once, as inputs of
// their own, without recordings. Where stimuli are means over recordings the numbers are those of
// the stimuli of the recordings, for each of these as many as it has, and what is returned is the means.
func (in *Inputs) Drawn(numbers []int) (*Inputs, error) {
	other := &Inputs{Engine: in.Engine, release: func() error { return nil }}
	if in.single != nil {
		set, err := in.single.Drawn(numbers)
		if err != nil {
			return nil, err
		}
		set.Recordings = in.single.Recordings
		if other.Set, err = set.Averaged(); err != nil {
			return nil, err
		}
	} else {
		all := *in.Set // whose rates the data have
		all.Seen = in.Data.Seen()
		var err error
		if in.Dense() {
			all.Rates = in.Wide()
		} else if all.Counts, err = in.counts(); err != nil {
			return nil, err
		}
		if other.Set, err = all.Drawn(numbers); err != nil {
			return nil, err
		}
	}
	if err := other.hold(); err != nil {
		return nil, err
	}
	other.know()
	return other, nil
}

// counts returns the counts that are held.
func (in *Inputs) counts() (*neuron.Counts[float64], error) {
	start, at, rates := []int{0}, []int32(nil), []float64(nil)
	for i := range in.Stimuli() {
		in.Each(i, func(j int, x float64) { at, rates = append(at, int32(j)), append(rates, x) })
		start = append(start, len(at))
	}
	return neuron.CountsOf(in.Neurons(), start, at, rates)
}
