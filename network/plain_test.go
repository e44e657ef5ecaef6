package network_test

import (
	"math"
	"slices"

	"partsnet/network"
)

// plainNetwork is the network as a student would simulate it: neuron by
// neuron, synapse by synapse, stimulus by stimulus, with nothing shared
// between two neurons but spikes' worth of rate. It is the oracle of the batch
// path.
type plainNetwork struct {
	visible, hidden int
	synapse         [][]float64 // synapse[a][j], hidden neuron a onto visible neuron j
	rate            [][]float64 // rate[i][a], hidden neuron a to stimulus i
	stimulus        [][]float64 // stimulus[i][j]
	missing         [][]bool    // missing[i][j]; nil if nothing is

	extra []float64              // extra drive of each hidden neuron; nil for none
	kept  []float64              // rate at which each is kept, −1 for a free one; nil if all are
	sends func(i, a int) float64 // what a hidden neuron sends; nil for its rate
}

// prediction is what all hidden neurons together send to visible neuron j.
func (p *plainNetwork) prediction(i, j int) float64 {
	sum := 0.0
	for a := range p.hidden {
		sum += p.sent(i, a) * p.synapse[a][j]
	}
	return sum
}

// sent is what hidden neuron a sends to others.
func (p *plainNetwork) sent(i, a int) float64 {
	if p.sends != nil {
		return p.sends(i, a)
	}
	return p.rate[i][a]
}

// driven is the extra drive of hidden neuron a.
func (p *plainNetwork) driven(a int) float64 {
	if p.extra == nil {
		return 0
	}
	return p.extra[a]
}

// keep sets the rates that are kept.
func (p *plainNetwork) keep() {
	for a, x := range p.kept {
		for i := range p.rate {
			if x >= 0 {
				p.rate[i][a] = x
			}
		}
	}
}

// seen reports whether the rate of visible neuron j is known.
func (p *plainNetwork) seen(i, j int) bool { return p.missing == nil || !p.missing[i][j] }

// errorUnit is the rate of the error unit beside visible neuron j; it is silent where the
// rate is missing.
func (p *plainNetwork) errorUnit(i, j int) float64 {
	expected := p.prediction(i, j)
	if expected == 0 || !p.seen(i, j) {
		return 0
	}
	return p.stimulus[i][j] / expected
}

// recogniseDivisive lets every hidden neuron listen to the error units once.
func (p *plainNetwork) recogniseDivisive() {
	for i := range p.stimulus {
		old := append([]float64(nil), p.rate[i]...)
		moved := make([]float64, p.hidden)
		for a := range p.hidden {
			heard, total := 0.0, 0.0
			for j := range p.visible {
				if p.seen(i, j) {
					heard += p.synapse[a][j] * p.errorUnit(i, j)
					total += p.synapse[a][j]
				}
			}
			if total > 0 {
				moved[a] = old[a] * (heard + p.driven(a)) / total
			}
		}
		p.rate[i] = moved
	}
}

// recogniseLateral lets the hidden neurons excite and inhibit each other once.
func (p *plainNetwork) recogniseLateral() {
	for i := range p.stimulus {
		moved := make([]float64, p.hidden)
		for a := range p.hidden {
			excitation, inhibition := 0.0, 0.0
			for j := range p.visible {
				if p.seen(i, j) {
					excitation += p.synapse[a][j] * p.stimulus[i][j]
				}
			}
			for b := range p.hidden {
				lateral := 0.0
				for j := range p.visible {
					if p.seen(i, j) {
						lateral += p.synapse[a][j] * p.synapse[b][j]
					}
				}
				inhibition += lateral * p.sent(i, b)
			}
			if inhibition > 0 {
				moved[a] = p.rate[i][a] * (excitation + p.driven(a)) / inhibition
			}
		}
		p.rate[i] = moved
	}
}

// learnPoisson changes every synapse by the coincidences at its two ends. Then
// each neuron either shares out one unit of weight or, free, divides by all
// that it has fired.
func (p *plainNetwork) learnPoisson(free bool) {
	if p.missing != nil {
		p.learnPoissonMissing(free)
		return
	}
	grown := make([][]float64, p.hidden)
	for a := range p.hidden {
		grown[a] = make([]float64, p.visible)
		total := 0.0
		for j := range p.visible {
			coincidence := 0.0
			for i := range p.stimulus {
				coincidence += p.rate[i][a] * p.errorUnit(i, j)
			}
			grown[a][j] = p.synapse[a][j] * coincidence
			total += grown[a][j]
		}
		if free {
			total = 0
			for i := range p.stimulus {
				total += p.rate[i][a]
			}
		}
		for j := range p.visible {
			if total > 0 {
				grown[a][j] /= total
			}
		}
	}
	p.synapse = grown
}

// learnPoissonMissing is learnPoisson where entries are missing: each synapse divides by what its
// neuron has fired while the visible neuron was seen, and by as much more or less as lets the neuron
// share out one unit. A synapse that never sends so keeps its weight.
func (p *plainNetwork) learnPoissonMissing(free bool) {
	grown := make([][]float64, p.hidden)
	for a := range p.hidden {
		grown[a] = make([]float64, p.visible)
		coincidence, fired := make([]float64, p.visible), make([]float64, p.visible)
		share := 1.0
		for j := range p.visible {
			for i := range p.stimulus {
				if p.seen(i, j) {
					coincidence[j] += p.rate[i][a] * p.errorUnit(i, j)
					fired[j] += p.rate[i][a]
				}
			}
			if fired[j] == 0 {
				share -= p.synapse[a][j]
			}
		}
		// The denominator is fired − least + more, with more > 0: where it is nearly zero, the sum of
		// fired and a negative number would have lost its digits.
		least := math.Inf(1)
		grows := func(j int) bool { return p.synapse[a][j] > 0 && fired[j] > 0 && coincidence[j] > 0 }
		for j := range p.visible {
			if grows(j) {
				least = min(least, fired[j])
			}
		}
		more := least
		shared := func(more float64) (sum float64) {
			for j := range p.visible {
				if grows(j) {
					sum += p.synapse[a][j] * coincidence[j] / (fired[j] - least + more)
				}
			}
			return sum
		}
		if !free {
			low, high := 1e-300, 1e300
			for range 200 {
				if more = math.Sqrt(low) * math.Sqrt(high); shared(more) > share {
					low = more
				} else {
					high = more
				}
			}
		}
		sum := 0.0
		for j := range p.visible {
			switch grown[a][j] = p.synapse[a][j]; {
			case grows(j):
				grown[a][j] *= coincidence[j] / (fired[j] - least + more)
			case fired[j] > 0:
				grown[a][j] = 0
			}
			sum += grown[a][j]
		}
		for j := range p.visible {
			if !free && sum > 0 {
				grown[a][j] /= sum
			}
		}
	}
	p.synapse = grown
}

// learnGaussian changes every synapse by what met and what was predicted there.
func (p *plainNetwork) learnGaussian() {
	grown := make([][]float64, p.hidden)
	for a := range p.hidden {
		grown[a] = make([]float64, p.visible)
		for j := range p.visible {
			met, predicted := 0.0, 0.0
			for i := range p.stimulus {
				if p.seen(i, j) {
					met += p.rate[i][a] * p.stimulus[i][j]
					predicted += p.rate[i][a] * p.prediction(i, j)
				}
			}
			if predicted > 0 {
				grown[a][j] = p.synapse[a][j] * met / predicted
			} else if p.missing != nil {
				grown[a][j] = p.synapse[a][j]
			}
		}
	}
	p.synapse = grown
}

// epoch runs one epoch in the given order.
func (p *plainNetwork) epoch(rule string, order network.Order) {
	recognise, learn := p.recogniseDivisive, func() { p.learnPoisson(rule == "poisson-free") }
	if rule == "gaussian" {
		recognise, learn = p.recogniseLateral, p.learnGaussian
	}
	switch order {
	case network.LearnRecognise:
		learn()
		recognise()
	case network.RecogniseLearn:
		recognise()
		learn()
	case network.Simultaneous:
		before := slices.Clone(p.rate)
		recognise()
		after := p.rate
		p.rate = before
		learn()
		p.rate = after
	}
}

// reshape cuts a row-major matrix into rows.
func reshape(x []float64, cols int) [][]float64 {
	var rows [][]float64
	for i := 0; i < len(x); i += cols {
		rows = append(rows, append([]float64(nil), x[i:i+cols]...))
	}
	return rows
}
