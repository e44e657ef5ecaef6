package sim

import (
	"cmp"
	"math"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/measure"
)

// Answer is what a trained network answers to one stimulus.
type Answer struct {
	Stimulus int    // its number, from 0
	Name     string // "" where stimuli have no names
	Blank    bool   // whether no visible neuron fires
	Deviance float64
	Active   []Active // the hidden neurons that explain most of it, the strongest first
}

// Active is a hidden neuron that is active.
type Active struct {
	Neuron int
	Rate   float64
	Share  float64  // of the prediction, summed over the visible neurons
	Words  []string // the strongest of its feature, where stimuli are documents
}

// How many stimuli, hidden neurons and words a recognition tells.
const (
	answersTold = 5
	activeTold  = 3
	wordsTold   = 3
)

// answers tells what the network answers: to the first stimuli and, where it is known
// how well each is explained, to that with the largest and that with the smallest
// deviance of those that are not blank.
func answers[T kernel.Float](s *Saved, v *shown[T], net *network.Network[T], h *neuron.Rates[T], losses []float64) (first []Answer, worst, best *Answer, err error) {
	var f *features
	if s.Words != nil {
		if f, err = s.features(); err != nil {
			return nil, nil, nil, err
		}
	}
	tell := func(i int) Answer {
		a := Answer{Stimulus: i, Deviance: math.NaN(), Blank: v.blank(i), Active: strongestActive(net, kernel.Wide(h.Of(i)), f)}
		if v.set.Names != nil {
			a.Name = v.set.Names[i]
		}
		if losses != nil {
			a.Deviance = 2 * losses[i]
		}
		return a
	}
	for i := range min(answersTold, v.set.Count) {
		first = append(first, tell(i))
	}
	if losses == nil {
		return first, nil, nil, nil
	}
	least, most := -1, -1
	for i, loss := range losses {
		if (least < 0 || loss < losses[least]) && !v.blank(i) {
			least = i
		}
		if (most < 0 || loss > losses[most]) && !v.blank(i) {
			most = i
		}
	}
	if least >= 0 && least != most {
		a, b := tell(most), tell(least)
		worst, best = &a, &b
	}
	return first, worst, best, nil
}

// blank reports whether no visible neuron fires.
func (s *shown[T]) blank(i int) bool {
	blank := true
	s.stimuli.Each(i, func(_ int, x T) { blank = blank && x == 0 })
	return blank
}

// strongestActive returns the hidden neurons whose rate times the sum of their synapses
// is largest: those that explain most of a stimulus. Rates of 0 are left out.
func strongestActive[T kernel.Float](net *network.Network[T], h []float64, f *features) (active []Active) {
	total := 0.0
	for a, rate := range h {
		if rate <= 0 {
			continue
		}
		sum := 0.0
		for _, w := range net.Synapses().Of(a) {
			sum += float64(w)
		}
		active = append(active, Active{Neuron: a, Rate: rate, Share: float64(rate * sum)})
		total += float64(rate * sum)
	}
	slices.SortStableFunc(active, func(a, b Active) int { return cmp.Compare(b.Share, a.Share) })
	active = active[:min(activeTold, len(active))]
	for k := range active {
		if total > 0 {
			active[k].Share /= total
		}
		if f == nil {
			continue
		}
		for _, j := range measure.Strongest(f.w[active[k].Neuron*len(f.words):(active[k].Neuron+1)*len(f.words)], wordsTold) {
			active[k].Words = append(active[k].Words, f.words[j])
		}
	}
	return active
}
