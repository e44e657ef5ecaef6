package recall

import (
	"cmp"
	"math"
	"slices"

	"partsnet/network"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// Answer is the response of a trained network to one stimulus.
type Answer struct {
	Stimulus int    // its number, counted from 0
	Name     string // "" if stimuli have no names
	Blank    bool   // whether no visible neuron fires
	Unknown  bool   // whether nothing is known of it
	Deviance float64
	Active   []Active // the hidden neurons that explain most of it, the strongest first
}

// Active is a hidden neuron that is active.
type Active struct {
	Neuron int
	Rate   float64
	Share  float64  // of the prediction, summed over the visible neurons
	Words  []string // the visible neurons with its strongest synapses, such as words, if they have names
}

// Numbers of stimuli, of hidden neurons for each, and of words for each neuron in an answer.
const (
	answersTold = 5
	activeTold  = 3
	wordsTold   = 3
)

// answers returns the response to the first stimuli and, if the deviance of each is known, to
// those with the largest and the smallest deviance, of those that have one.
func answers(o *outcome.Outcome, in *inputs.Inputs, net network.Trained, h network.Hidden, losses []float64) (first []Answer, worst, best *Answer) {
	var f *outcome.Features
	if o.Stimuli.Neurons != nil {
		f = o.Features()
	}
	w := net.Synapses()
	tell := func(i int) Answer {
		a := Answer{Stimulus: i, Deviance: math.NaN(), Blank: in.Blank(i) && !in.Unknown(i), Unknown: in.Unknown(i), Active: strongestActive(w, h.Of(i), f)}
		if in.Set.Names != nil {
			a.Name = in.Set.Names[i]
		}
		if losses != nil {
			a.Deviance = 2 * losses[i]
		}
		return a
	}
	for i := range min(answersTold, in.Set.Count) {
		first = append(first, tell(i))
	}
	if losses == nil {
		return first, nil, nil
	}
	least, most := -1, -1
	for i, loss := range losses {
		if math.IsNaN(loss) {
			continue
		}
		if least < 0 || loss < losses[least] {
			least = i
		}
		if most < 0 || loss > losses[most] {
			most = i
		}
	}
	if least >= 0 && least != most {
		a, b := tell(most), tell(least)
		worst, best = &a, &b
	}
	return first, worst, best
}

// strongestActive returns the hidden neurons with the largest product of rate and sum of
// synapses, which contribute most to the prediction. Rates of 0 are left out.
func strongestActive(w []float64, h []float64, f *outcome.Features) (active []Active) {
	total, n := 0.0, len(w)/len(h)
	for a, rate := range h {
		if rate <= 0 {
			continue
		}
		sum := 0.0
		for _, x := range w[a*n : (a+1)*n] {
			sum += x
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
		for _, j := range measure.Strongest(f.W[active[k].Neuron*len(f.Words):(active[k].Neuron+1)*len(f.Words)], wordsTold) {
			active[k].Words = append(active[k].Words, f.Words[j])
		}
	}
	return active
}
