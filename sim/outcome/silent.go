package outcome

import "partsnet/sim/measure"

// SilentBelow is the share of its mean rate in another group below which a hidden neuron counts as
// silent in a group: noise that a neuron follows when its part is not there stays below it.
const SilentBelow = 0.1

// Silent is a hidden neuron that has learned a part from other groups than one in which it is silent:
// the part is missing there.
type Silent struct {
	Group, Neuron int
	Most          int     // the group in which its mean rate is largest
	Share         float64 // of that mean rate that it has in Group
}

// Silent returns the hidden neurons that are silent in a group of those that the network has learned
// from together, by group.
func (o *Outcome) Silent() (all []Silent) {
	for g, f := range o.Fits {
		for a, x := range f.Mean {
			most := 0
			for k, of := range o.Fits {
				if of.Mean[a] > o.Fits[most].Mean[a] {
					most = k
				}
			}
			if top := o.Fits[most].Mean[a]; x < SilentBelow*top {
				all = append(all, Silent{g, a, most, x / top})
			}
		}
	}
	return all
}

// Main names the visible neurons of a part whose weights are at least half of its largest, at most
// four, the strongest first; nil where they have no names.
func (s Stimuli) Main(part []float64) (names []string) {
	const most = 4
	if s.Neurons == nil {
		return nil
	}
	order := measure.Strongest(part, min(most, len(part)))
	for _, j := range order {
		if part[j] > 0 && part[j] >= part[order[0]]/2 {
			names = append(names, s.Neurons[j])
		}
	}
	return names
}
