package outcome

import (
	"math"
	"slices"

	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
)

// Groups is what networks have learned of which each saw one group of recordings alone.
type Groups struct {
	Experiment *experiment.Experiment
	Stimuli    Stimuli // of all groups; without scaling, which each group has of its own
	Members    []Member
	Matching   *measure.Matching
	Stored     []Stored // parts of the groups that someone has stored; nil where none were named
}

// Stored is a table with stored parts of a group, and how they match what the group has learned.
type Stored struct {
	Group    int
	Name     string   // of the table
	Names    []string // of the parts
	Recovery measure.Recovery
}

// Lowest returns the lowest cosine of a part of a table with the part that is matched to it, and the
// number of that part; NaN and −1 where none is matched.
func (s Stored) Lowest() (cosine float64, part int) {
	cosine, part = math.NaN(), -1
	for k, x := range s.Recovery.Cosine {
		if s.Recovery.Neuron[k] >= 0 && (part < 0 || x < cosine) {
			cosine, part = x, k
		}
	}
	return cosine, part
}

// Alone returns the number of parts of a table to which no part is matched, because fewer were learned.
func (s Stored) Alone() (n int) {
	for _, neuron := range s.Recovery.Neuron {
		if neuron < 0 {
			n++
		}
	}
	return n
}

// Member is what the network of one group has learned.
type Member struct {
	Fit              // without the rates of its hidden neurons, in which these are not those of the others
	Folder    string // of its run, in the folder of groups
	Stimuli   int
	Hidden    int // neurons
	Live      int // of them
	Epochs    int
	Symbol    string // of the objective
	Objective float64
	Rises     int
	Measures  map[string]float64 // those that are defined
	Synapses  []float64          // r×n
	Rates     measure.Rates      // m×r
	Checksum  string             // of its stimuli
}

// Of returns what a network has learned from a group.
func (o *Outcome) Of(g stimulus.Group, folder string) Member {
	m := Member{
		Fit: Fit{Group: g}, Folder: folder, Stimuli: o.Rates.Stimuli, Hidden: o.Rates.Hidden, Live: o.Census.Live, Epochs: o.Epochs, Symbol: o.Symbol, Objective: o.Objective,
		Rises: o.Rises, Measures: o.Measures.Defined(), Synapses: o.Synapses(), Rates: o.Rates, Checksum: o.Stimuli.Checksum,
	}
	if len(o.Fits) == 1 {
		m.Fit = o.Fits[0]
		m.Group, m.Mean, m.Share = g, nil, nil
	}
	return m
}

// Missing is a part of the reference that is not among the parts of another group.
type Missing struct {
	Group     int     // in which it is missing
	Reference int     // part of the reference
	Part      int     // that is matched to it all the same, −1 for none
	Cosine    float64 // of the two
	Chance    float64 // the upper end of the 95 % range of that by chance
}

// Missing returns the parts of the reference that are missing in other groups.
func (g *Groups) Missing() (all []Missing) {
	m := g.Matching
	for n := range g.Members {
		for k, part := range m.Part[n] {
			if m.Missing(n, k) {
				all = append(all, Missing{n, k, part, m.Cosine[n][k], m.Chance[n][k]})
			}
		}
	}
	return all
}

// Reference returns the group whose parts are the reference.
func (g *Groups) Reference() Member { return g.Members[g.Matching.Reference] }

// Conditions returns the conditions of the groups, in their order; nil where one has none.
func (g *Groups) Conditions() (names []string) {
	for _, m := range g.Members {
		if m.Condition == "" {
			return nil
		}
		if !slices.Contains(names, m.Condition) {
			names = append(names, m.Condition)
		}
	}
	return names
}
