package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// plainOnline is a network that learns from presentations as a student would simulate it,
// neuron by neuron and synapse by synapse: the oracle of circuits and rules. It follows
// the equations of their comments.
type plainOnline struct {
	w, f    [][]float64 // w[a][j]: hidden a onto visible j; f: visible j onto hidden a, w where learned together
	m       [][]float64 // m[a][b]: inhibition from b onto a
	t       []float64   // thresholds
	count   []float64   // of similarity matching
	h, e, u []float64
	credit  [][]float64

	w2, u2 [][]float64 // of a hierarchy: upper b onto hidden a
	y2, e2 []float64
	x      []float64
}

func newPlainOnline(r, n int) *plainOnline {
	grid := func(rows, cols int) (g [][]float64) {
		for range rows {
			g = append(g, make([]float64, cols))
		}
		return g
	}
	return &plainOnline{w: grid(r, n), m: grid(r, r), t: make([]float64, r), count: make([]float64, r),
		h: make([]float64, r), e: make([]float64, n), u: make([]float64, r), credit: grid(r, n)}
}

func (p *plainOnline) predicted(j int) (sum float64) {
	for a := range p.h {
		sum += p.h[a] * p.w[a][j]
	}
	return sum
}

func (p *plainOnline) excited(a int, x []float64) (sum float64) {
	for j := range x {
		sum += p.f[a][j] * x[j]
	}
	return sum
}

func total(x []float64) (sum float64) {
	for _, y := range x {
		sum += y
	}
	return sum
}

func (p *plainOnline) overlap(a, b int) (sum float64) {
	for j := range p.w[a] {
		sum += p.w[a][j] * p.w[b][j]
	}
	return sum
}

func (p *plainOnline) divide(v []float64, by float64) {
	for j := range v {
		p.e[j] = 0
		if q := by + p.predicted(j); q != 0 {
			p.e[j] = v[j] / q
		}
	}
}

// recognise shows one stimulus to a circuit.
func (p *plainOnline) recognise(c network.Circuit[float64], v []float64, steps int, presentation uint64) {
	start := 0.0
	if !learning.Has[network.Resting](c) {
		start = total(v) / float64(len(p.h))
	}
	for a := range p.h {
		p.h[a], p.u[a] = start, 0
		clear(p.credit[a])
	}
	var train neuron.Spikes[float64]
	train.Show(v)
	if sbs, ok := c.(*network.SpikeBySpike[float64]); ok {
		train.Seed(sbs.RandomSeed, presentation)
	}
	for step := 1; step <= steps; step++ {
		old := slices.Clone(p.h)
		inhibited := func(a int) (sum float64) {
			for b := range old {
				if b != a {
					sum += p.overlap(a, b) * old[b]
				}
			}
			return sum
		}
		switch c := c.(type) {
		case *network.DivisiveError[float64]:
			p.divide(v, 0)
			for a := range p.h {
				p.h[a] = old[a] * p.excited(a, p.e) / (total(p.f[a]) + c.Cost)
			}
		case *network.LateralInhibition[float64]:
			for a := range p.h {
				p.h[a] = old[a] * p.excited(a, v) / (inhibited(a) + p.overlap(a, a)*old[a] + c.Cost)
			}
		case *network.RateUnits[float64]:
			for a := range p.h {
				p.h[a] += c.StepTaken() / c.Tau * (max(0, p.excited(a, v)-inhibited(a)-c.Threshold) - old[a])
			}
		case *network.LocallyCompetitive[float64]:
			for a := range p.h {
				p.u[a] += c.StepTaken() / c.Tau * (p.excited(a, v) - inhibited(a) - p.u[a])
				p.h[a] = max(0, p.u[a]-c.Threshold)
			}
		case *network.DivisiveModulation[float64]:
			p.divide(v, c.Epsilon2)
			for a := range p.h {
				peak := slices.Max(p.w[a])
				y := (c.Epsilon1 + old[a]*peak) * p.excited(a, p.e)
				p.h[a] = y / peak
			}
		case *network.PredictiveHierarchy[float64]:
			if step == 1 {
				p.y2, p.e2, p.x = make([]float64, len(p.w2)), make([]float64, len(p.h)), make([]float64, len(p.h))
			}
			p.divide(v, c.Epsilon2)
			for a := range p.h {
				peak, sent := slices.Max(p.w[a]), 0.0
				for b := range p.w2 {
					sent += p.u2[b][a] * p.y2[b]
				}
				y := (c.DivisiveModulation.Epsilon1 + old[a]*peak) * p.excited(a, p.e) * (1 + c.Feedback*min(1, sent))
				p.h[a], p.x[a] = y/peak, min(1, y)
			}
			for a := range p.h {
				predicted := c.Epsilon2
				for b := range p.w2 {
					predicted += p.y2[b] * p.w2[b][a] / slices.Max(p.w2[b])
				}
				p.e2[a] = p.x[a] / predicted
			}
			for b := range p.w2 {
				sum := 0.0
				for a := range p.h {
					sum += p.w2[b][a] * p.e2[a]
				}
				p.y2[b] = (c.DivisiveModulation.Epsilon1 + p.y2[b]) * sum
			}
		case *network.SpikeBySpike[float64]:
			s := train.Next()
			if s < 0 {
				continue
			}
			eps, z := c.Epsilon*math.Pow(float64(step), -c.Decay), p.predicted(s)
			if z <= 1e-10*total(v) {
				continue
			}
			for a := range p.h {
				if step > steps/2 {
					p.credit[a][s] += old[a] * p.w[a][s] / z / float64(steps-steps/2)
				}
				p.h[a] = (old[a] + eps*old[a]*p.w[a][s]*total(v)/z) / (1 + eps)
			}
		case *network.PlasticInhibition[float64]:
			for a := range p.h {
				sum := p.excited(a, v) - p.t[a]
				for b := range p.h {
					sum -= p.m[a][b] * p.h[b]
				}
				p.h[a] = max(0, sum)
				if c.Ceiling > 0 {
					p.h[a] = min(p.h[a], c.Ceiling)
				}
			}
		}
	}
}

// learn changes the synapses after one presentation.
func (p *plainOnline) learn(rule learning.Rule[float64], v []float64) {
	predicted := make([]float64, len(v))
	for j := range v {
		predicted[j] = p.predicted(j)
	}
	scale := func(w []float64, size float64) {
		for j := range w {
			w[j] /= size
		}
	}
	switch rule := rule.(type) {
	case *learning.PoissonOnline[float64]:
		p.divide(v, 0)
		copies := [][][]float64{p.w}
		if &p.f[0][0] != &p.w[0][0] {
			copies = append(copies, p.f)
		}
		for _, w := range copies {
			for a := range w {
				z := min(rule.Rate*p.h[a], 0.5)
				for j := range v {
					w[a][j] *= 1 + z*(p.e[j]-1)
				}
				scale(w[a], total(w[a]))
			}
		}
	case *learning.DivisiveModulation[float64]:
		for a := range p.w {
			y := p.h[a] * slices.Max(p.w[a])
			for j := range v {
				p.w[a][j] = max(0, p.w[a][j]*(1+rule.Rate*y*(p.e[j]-1)))
			}
		}
	case *learning.SpikeBySpike[float64]:
		for a := range p.w {
			for j := range v {
				p.w[a][j] = (p.w[a][j] + rule.Rate*p.credit[a][j]) / (1 + rule.Rate*total(p.credit[a]))
			}
		}
	case *learning.SpikeBySpikeSquares[float64]:
		for a := range p.w {
			for j := range v {
				p.w[a][j] = max(p.w[a][j]+rule.Rate*(v[j]-predicted[j])*p.h[a]/total(v)/total(v), 1e-6)
			}
			scale(p.w[a], total(p.w[a]))
		}
	case *learning.Subtractive[float64]:
		for a := range p.w {
			squares := 0.0
			for j := range v {
				p.w[a][j] = max(0, p.w[a][j]+rule.Rate*p.h[a]*(v[j]-predicted[j]))
				squares += p.w[a][j] * p.w[a][j]
			}
			scale(p.w[a], math.Sqrt(squares))
		}
	case *learning.SimilarityMatching[float64]:
		for a := range p.w {
			if p.h[a] > 0 {
				p.count[a] = (1-rule.Forgetting)*p.count[a] + p.h[a]*p.h[a]
				p.mix(a, v, p.h[a]/p.count[a])
			}
		}
	case *learning.Oja[float64]:
		for a := range p.w {
			rate := rule.Rate
			if rate*p.h[a]*p.h[a] > 0.5 {
				rate = 0.5 / p.h[a] / p.h[a]
			}
			p.mix(a, v, rate*p.h[a])
		}
	case *learning.Foldiak[float64]:
		for a := range p.w {
			for j := range v {
				p.w[a][j] += rule.Rate * p.h[a] * (v[j] - p.w[a][j])
			}
			for b := range p.w {
				if b != a {
					p.m[a][b] = max(0, p.m[a][b]+rule.LateralRate*(p.h[a]*p.h[b]-rule.Target*rule.Target))
				}
			}
			p.t[a] = max(0, p.t[a]+rule.ThresholdRate*(p.h[a]-rule.Target))
		}
	}
}

// learnStages changes the synapses between the stages of a hierarchy.
func (p *plainOnline) learnStages(c *network.PredictiveHierarchy[float64]) {
	for a := range p.h {
		sent := c.Epsilon2
		for b := range p.u2 {
			sent += p.u2[b][a] * p.y2[b]
		}
		for b := range p.u2 {
			p.u2[b][a] = max(0, p.u2[b][a]*(1+c.UpperRate*p.y2[b]*(p.x[a]/sent-1)))
			p.w2[b][a] = max(0, p.w2[b][a]*(1+c.UpperRate*p.y2[b]*(p.e2[a]-1)))
		}
	}
}

// mix moves the synapses of hidden neuron a as Oja's rule does.
func (p *plainOnline) mix(a int, v []float64, rate float64) {
	for j := range v {
		p.w[a][j] += rate * (v[j] - p.h[a]*p.w[a][j])
	}
	for b := range p.w {
		if b != a {
			p.m[a][b] += rate * (p.h[b] - p.h[a]*p.m[a][b])
		}
	}
}

// family lists every online rule with a circuit that it goes with.
func family() []struct {
	circuit network.Circuit[float64]
	rule    learning.Rule[float64]
} {
	type pair = struct {
		circuit network.Circuit[float64]
		rule    learning.Rule[float64]
	}
	sbs := network.NewSpikeBySpike[float64]()
	sbs.RandomSeed, sbs.Decay = 7, 0.3
	plastic := func() network.Circuit[float64] {
		c := network.NewPlasticInhibition[float64]()
		c.Threshold = 0.05
		return c
	}
	return []pair{
		{&network.DivisiveError[float64]{}, learning.NewPoissonOnline[float64]()},
		{&network.DivisiveError[float64]{Cost: 0.2}, &learning.PoissonOnline[float64]{Rate: 0.5}},
		{network.NewDivisiveModulation[float64](), learning.NewDivisiveModulation[float64]()},
		{&network.PredictiveHierarchy[float64]{DivisiveModulation: network.DivisiveModulation[float64]{Epsilon1: 1e-3, Epsilon2: 1e-2}, Upper: 3, Feedback: 0.7, UpperRate: 0.1, RandomSeed: 5}, learning.NewDivisiveModulation[float64]()},
		{sbs, learning.NewSpikeBySpike[float64]()},
		{sbs, learning.NewSpikeBySpikeSquares[float64]()},
		{sbs, learning.NewPoissonOnline[float64]()},
		{network.NewLocallyCompetitive[float64](), learning.NewSubtractive[float64]()},
		{network.NewRateUnits[float64](), &learning.Subtractive[float64]{Rate: 0.2}},
		{&network.LateralInhibition[float64]{Cost: 0.1}, learning.NewSubtractive[float64]()},
		{plastic(), learning.NewSimilarityMatching[float64]()},
		{plastic(), &learning.SimilarityMatching[float64]{Activity: 1, Forgetting: 0.1}},
		{plastic(), learning.NewFoldiak[float64]()},
		{&network.PlasticInhibition[float64]{Ceiling: 1}, learning.NewFoldiak[float64]()},
		{plastic(), &learning.Oja[float64]{Rate: 0.05}},
	}
}

// TestPlainOnline proves that every circuit and online rule does what the equations of
// its comment say: the fast path gives what a simulation neuron by neuron gives, after 40
// presentations, to the rounding of sums in another order.
func TestPlainOnline(t *testing.T) {
	const m, n, r, steps = 8, 12, 4, 20
	for k, tt := range family() {
		name := fmt.Sprintf("%d %s/%s", k, tt.circuit.Name(), tt.rule.Name())
		p := randomProblem(rand.New(rand.NewPCG(4, uint64(k))), m, n, r, 0.3)
		net := netOf(t, r, n, p.w, tt.circuit, 2)
		norm := learning.Kept(tt.rule)
		if tt.circuit.Name() == "plastic-inhibition" {
			norm = synapse.UnitLength // for a start at which inhibition does not overshoot
		}
		net.Synapses().Normalise(norm)
		v, _ := neuron.RatesOf(m, n, p.v)
		l, err := network.NewLearner(net, tt.rule, network.Plan{Order: network.RecogniseLearn, Steps: steps, Batch: 1}, v, neuron.NewRates[float64](m, r))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		plain := newPlainOnline(r, n)
		plain.w = reshape(net.Synapses().Weights(), n)
		plain.f = plain.w
		for a := range r {
			if c, ok := tt.circuit.(*network.PlasticInhibition[float64]); ok {
				plain.t[a] = c.Threshold
			}
			if s, ok := tt.rule.(*learning.SimilarityMatching[float64]); ok {
				plain.count[a] = s.Activity
			}
		}
		if c, ok := tt.circuit.(*network.PredictiveHierarchy[float64]); ok {
			up, down := c.Stages()
			plain.w2, plain.u2 = reshape(up.Weights(), r), reshape(down.Weights(), r)
		}
		rng := rand.New(rand.NewPCG(5, 5))
		for at := range 40 {
			i := rng.IntN(m)
			if err := l.Present(i); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			plain.recognise(tt.circuit, v.Of(i), steps, 1<<62|uint64(at)) // presentations outside of epochs are counted apart
			compare(t, fmt.Sprintf("%s: h at presentation %d", name, at), l.Rates().Of(i), plain.h, 1e-9, 1e-12)
			plain.learn(tt.rule, v.Of(i))
			if c, ok := tt.circuit.(*network.PredictiveHierarchy[float64]); ok {
				plain.learnStages(c)
				up, down := c.Stages()
				compare(t, name+": W′", up.Weights(), slices.Concat(plain.w2...), 1e-9, 1e-12)
				compare(t, name+": U", down.Weights(), slices.Concat(plain.u2...), 1e-9, 1e-12)
			}
			compare(t, fmt.Sprintf("%s: W after presentation %d", name, at), net.Synapses().Weights(), slices.Concat(plain.w...), 1e-9, 1e-12)
			if c, ok := tt.circuit.(*network.PlasticInhibition[float64]); ok {
				for a := range r {
					near(t, name+": threshold", c.Thresholds()[a], plain.t[a], 1e-9)
					for b := range r {
						near(t, name+": inhibition", -c.Lateral().Of(b)[a], plain.m[a][b], 1e-9)
					}
				}
			}
		}
	}
}

// TestCopiesApart holds synapses up and down that are learned apart to the plain
// simulation, and shows what it means that both are multiplied alike: where they began
// with one ratio they keep it but for the scaling.
func TestCopiesApart(t *testing.T) {
	const m, n, r = 8, 12, 4
	p := randomProblem(rand.New(rand.NewPCG(4, 4)), m, n, r, 0.3)
	rule := learning.NewPoissonOnline[float64]()
	up := synapse.New[float64]("visible→hidden", r, n, synapse.Excitatory)
	up.Randomise(rand.New(rand.NewPCG(8, 8)), 0.5, 1)
	up.Normalise(synapse.UnitSum)
	net := untied(t, r, n, p.w, up)
	net.Synapses().Normalise(synapse.UnitSum)
	plain := newPlainOnline(r, n)
	plain.w, plain.f = reshape(net.Synapses().Weights(), n), reshape(up.Weights(), n)
	v, _ := neuron.RatesOf(m, n, p.v)
	l, err := network.NewLearner(net, rule, network.Plan{Order: network.RecogniseLearn, Steps: 20, Batch: 1, Untied: true}, v, neuron.NewRates[float64](m, r))
	if err != nil {
		t.Fatal(err)
	}
	ratio := func(j, k int) float64 {
		return net.Feedforward().Of(1)[j] / net.Synapses().Of(1)[j] / (net.Feedforward().Of(1)[k] / net.Synapses().Of(1)[k])
	}
	before := ratio(2, 5)
	for at := range 40 {
		i := at % m
		if err := l.Present(i); err != nil {
			t.Fatal(err)
		}
		plain.recognise(&network.DivisiveError[float64]{}, v.Of(i), 20, 0)
		plain.learn(rule, v.Of(i))
		compare(t, "W", net.Synapses().Weights(), slices.Concat(plain.w...), 1e-9, 1e-12)
		compare(t, "F", net.Feedforward().Weights(), slices.Concat(plain.f...), 1e-9, 1e-12)
	}
	near(t, "ratio of the copies", ratio(2, 5), before, 1e-9*before)
	if got := l.State(); len(got.Arrays) != 3 {
		t.Errorf("the state has %d arrays, want synapses, rates and the synapses up", len(got.Arrays))
	}
}
