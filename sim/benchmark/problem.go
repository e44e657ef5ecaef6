// Package benchmark holds the problems on which the speed of partsnet is measured,
// and measures it.
//
//	A   dense    2,429 stimuli ×    361 neurons, r =  49   as many as the faces
//	B   counts  30,991 stimuli × 15,276 neurons, r = 200   3 million counts, as an encyclopaedia
//	C   dense   60,000 stimuli ×  4,096 neurons, r = 100   larger than any cache
//
// Stimuli are random: the time of an epoch does not depend on what they show. Words
// are as frequent as Zipf says, which decides what is in cache.
package benchmark

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/stream"
	"partsnet/synapse"
)

// Problem is one of the problems.
type Problem struct {
	Name                     string
	Stimuli, Visible, Hidden int
	Words                    int // different words of a document; 0 where stimuli are dense
}

// Problems are A, B and C.
var Problems = []Problem{
	{"A", 2429, 361, 49, 0},
	{"B", 30_991, 15_276, 200, 97},
	{"C", 60_000, 4096, 100, 0},
}

// Data is what a learner starts from: stimuli (m×n), as rates or as counts,
// synapses (r×n) and hidden rates (m×r).
type Data[T neuron.Float] struct {
	Dense       []T
	Start       []int
	Index       []int32
	Count       []T
	Synapses, H []T
}

// Draw draws the data of a problem.
func Draw[T neuron.Float](p Problem) *Data[T] {
	d := &Data[T]{}
	if p.Words > 0 {
		d.drawCounts(p)
	} else {
		rng := stream.New(1, "benchmark/stimuli/"+p.Name)
		d.Dense = make([]T, p.Stimuli*p.Visible)
		for i := range d.Dense {
			d.Dense[i] = T(min(1, max(0, 0.25+0.25*rng.NormFloat64()))) // as the paper's scaling leaves them
		}
	}
	d.Synapses = uniform[T]("synapses/"+p.Name, p.Hidden*p.Visible)
	d.H = uniform[T]("rates/"+p.Name, p.Stimuli*p.Hidden)
	return d
}

func uniform[T neuron.Float](name string, n int) []T {
	rng := stream.New(1, "benchmark/"+name)
	x := make([]T, n)
	for i := range x {
		x[i] = T(0.1 + 0.9*rng.Float64())
	}
	return x
}

func (d *Data[T]) drawCounts(p Problem) {
	rng := stream.New(1, "benchmark/stimuli/"+p.Name)
	zipf := rand.NewZipf(rng, 1.1, 20, uint64(p.Visible-1))
	d.Start = []int{0}
	for range p.Stimuli {
		document := map[int32]T{}
		for len(document) < p.Words {
			document[int32(zipf.Uint64())]++
		}
		words := make([]int32, 0, p.Words)
		for j := range document {
			words = append(words, j)
		}
		slices.Sort(words)
		for _, j := range words {
			d.Index, d.Count = append(d.Index, j), append(d.Count, document[j])
		}
		d.Start = append(d.Start, len(d.Index))
	}
}

// Setting is how the network learns a problem.
type Setting struct {
	Rule       string // of package learning
	Sweeps     int    // of a rule that has them; 0 for its own
	Circuit    string // of package network; "" for the first that the rule pairs with
	Order      network.Order
	Steps      int     // recognition steps an epoch
	Relaxation float64 // see network.Plan; 0 for none
	Workers    int     // 0 for one a processor
}

// Learner returns a learner of the problem that starts from the data. The data
// are not changed.
func Learner[T neuron.Float](p Problem, d *Data[T], s Setting) (*network.Learner[T], error) {
	rule, err := learning.RuleNamed[T](s.Rule)
	if err != nil {
		return nil, err
	}
	if s.Sweeps > 0 {
		learning.Assign(rule, map[string]float64{"sweeps": float64(s.Sweeps)})
	}
	var circuit network.Circuit[T]
	for _, c := range network.Circuits[T]() {
		if circuit == nil && (s.Circuit == "" || s.Circuit == c.Name()) && network.Pair(c, rule, network.Plan{Steps: 1}) == nil {
			circuit = c
		}
	}
	w := synapse.New[T]("hidden→visible", p.Hidden, p.Visible, synapse.Excitatory)
	if err := w.Set(d.Synapses); err != nil {
		return nil, err
	}
	w.Normalise(learning.Kept(rule))
	net, err := network.New(neuron.Layer{Name: "visible", Size: p.Visible}, neuron.Layer{Name: "hidden", Size: p.Hidden}, w, circuit, s.Workers)
	if err != nil {
		return nil, err
	}
	var v network.Stimuli[T]
	if p.Words > 0 {
		v, err = neuron.CountsOf(p.Visible, d.Start, d.Index, d.Count)
	} else {
		v, err = neuron.RatesOf(p.Stimuli, p.Visible, d.Dense)
	}
	if err != nil {
		return nil, fmt.Errorf("problem %s: %w", p.Name, err)
	}
	h, err := neuron.RatesOf(p.Stimuli, p.Hidden, slices.Clone(d.H))
	if err != nil {
		return nil, fmt.Errorf("problem %s: %w", p.Name, err)
	}
	return network.NewLearner(net, rule, network.Plan{Order: s.Order, Steps: s.Steps, Relaxation: s.Relaxation}, v, h)
}
