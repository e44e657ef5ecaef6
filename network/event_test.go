package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// plainEvents is a plain network to which events are done, as they are defined.
type plainEvents struct {
	*plainNetwork
	events []network.Event
	free   []bool // neurons that were free before
	gone   map[[2]int]bool
}

// epoch runs epoch number t, from 0, while the events act.
func (p *plainEvents) epoch(t int, rule string, order network.Order) {
	p.kept, p.extra = slices.Repeat([]float64{-1}, p.hidden), make([]float64, p.hidden)
	held, cut := map[int]bool{}, false
	for _, e := range p.events {
		if t < e.From || e.Until > 0 && t >= e.Until {
			continue
		}
		for k, a := range e.Hidden(p.hidden) {
			switch e.Kind {
			case network.Silence:
				p.kept[a], held[a] = 0, true
			case network.Clamp:
				p.kept[a] = e.Rates[min(k, len(e.Rates)-1)]
			case network.Stimulate:
				p.extra[a] += e.Drive
			case network.Hold:
				held[a] = true
			case network.Cut:
				if len(e.Synapses) == 0 {
					for j := range p.visible {
						p.gone[[2]int{a, j}] = true
					}
				}
			}
		}
		for _, s := range e.Synapses {
			p.gone[s] = true
		}
		cut = cut || e.Kind == network.Cut && e.From == t
	}
	for a, free := range p.free {
		if now := p.kept[a] < 0; now && !free {
			for i := range p.rate {
				if p.rate[i][a] == 0 {
					p.rate[i][a] = total(p.stimulus[i]) / float64(p.hidden)
				}
			}
		}
		p.free[a] = p.kept[a] < 0
	}
	p.keep()
	if cut {
		p.sever(rule)
	}
	recognise, learn := p.recogniseDivisive, func() { p.learnPoisson(rule == "poisson-free") }
	if rule == "gaussian" {
		recognise, learn = p.recogniseLateral, p.learnGaussian
	}
	recognised := func() { recognise(); p.keep() }
	learned := func() {
		before := p.synapse
		learn()
		p.sever(rule)
		for a := range held {
			p.synapse[a] = before[a]
		}
	}
	switch order {
	case network.LearnRecognise:
		learned()
		recognised()
	case network.RecogniseLearn:
		recognised()
		learned()
	case network.Simultaneous:
		before := slices.Clone(p.rate)
		recognised()
		after := p.rate
		p.rate = before
		learned()
		p.rate = after
	}
}

// sever cuts what is gone, and lets neurons of rules that keep a sum share out one unit again.
func (p *plainEvents) sever(rule string) {
	for s := range p.gone {
		p.synapse[s[0]][s[1]] = 0
	}
	if rule != "poisson" {
		return
	}
	for _, w := range p.synapse {
		if sum := total(w); sum > 0 {
			for j := range w {
				w[j] /= sum
			}
		}
	}
}

// drawEvents draws up to four events of a problem.
func drawEvents(t *rapid.T, p problem) (events []network.Event) {
	for range rapid.IntRange(1, 4).Draw(t, "events") {
		e := network.Event{
			Kind: network.EventKind(rapid.SampledFrom([]string{"silence", "clamp", "stimulate", "cut", "hold"}).Draw(t, "kind")),
			From: rapid.IntRange(0, 3).Draw(t, "from"), Seed: rapid.Uint64().Draw(t, "seed"),
		}
		switch rapid.IntRange(0, 2).Draw(t, "chosen") {
		case 0:
			e.Neurons = []int{rapid.IntRange(0, p.r-1).Draw(t, "neuron")}
		case 1:
			if e.Kind != network.Cut { // which synapses a share is is tested by itself
				e.Fraction = rapid.Float64Range(0.1, 0.9).Draw(t, "fraction")
				break
			}
			e.Synapses = [][2]int{{rapid.IntRange(0, p.r-1).Draw(t, "pre"), rapid.IntRange(0, p.n-1).Draw(t, "post")}, {0, 0}}
		default:
			if e.Kind == network.Silence || e.Kind == network.Cut {
				e.Neurons = []int{0}
			}
		}
		switch e.Kind {
		case network.Clamp:
			e.Rates = []float64{rapid.SampledFrom([]float64{0, 0.3, 2}).Draw(t, "rate")}
		case network.Stimulate:
			e.Drive = rapid.Float64Range(0.01, 0.9).Draw(t, "drive")
		}
		if e.Kind != network.Cut && rapid.Bool().Draw(t, "ends") {
			e.Until = e.From + rapid.IntRange(1, 2).Draw(t, "for")
		}
		events = append(events, e)
	}
	return events
}

// TestEventsLikePlain lets fast and plain network learn side by side while events are done to both,
// for every rule and order with plain rules, dense, counts and partial stimuli.
func TestEventsLikePlain(t *testing.T) {
	for _, pair := range pairings {
		t.Run(fmt.Sprintf("%s/%s", pair.rule, pair.order), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				p := drawProblem(rt)
				p.m = min(p.m, 12) // the plain network is slow
				p.v, p.h = p.v[:p.m*p.n], p.h[:p.m*p.r]
				rule, events := ruleOf(t, pair.rule), drawEvents(rt, p)
				var v network.Stimuli[float64] = mustRates(t, p.m, p.n, slices.Clone(p.v))
				var table [][]bool
				switch rapid.IntRange(0, 2).Draw(rt, "form") {
				case 1:
					v = p.counted(t)
				case 2:
					if pair.order == network.Simultaneous {
						break
					}
					var mask *neuron.Mask
					mask, table = p.hide(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "mask"), 2)), 0.2)
					if v = p.partial(t, mask, rapid.Bool().Draw(rt, "counts")); mask.Missing() == 0 {
						table = nil
					}
					for k := range p.v { // nothing of what is missing is in the total of a stimulus
						if table != nil && table[k/p.n][k%p.n] {
							p.v[k] = 0
						}
					}
				}
				net, l, err := p.learns(t, v, circuitFor(rule), rule, network.Plan{Order: pair.order, Steps: 1, Events: events}, 2)
				if err != nil {
					rt.Fatal(err)
				}
				plain := plainEvents{&plainNetwork{
					visible: p.n, hidden: p.r, missing: table, stimulus: reshape(p.v, p.n), rate: reshape(p.h, p.r), synapse: reshape(net.Synapses().Weights(), p.n),
				}, events, slices.Repeat([]bool{true}, p.r), map[[2]int]bool{}}
				for epoch := range 5 {
					if err := l.Epoch(); err != nil {
						rt.Fatal(err)
					}
					plain.epoch(epoch, pair.rule, pair.order)
					alike(rt, fmt.Sprintf("synapses of epoch %d", epoch), net.Synapses().Weights(), slices.Concat(plain.synapse...))
					alike(rt, fmt.Sprintf("rates of epoch %d", epoch), l.Rates().Rows(0, p.m), slices.Concat(plain.rate...))
				}
			})
		})
	}
}

// everyEvent is events of every kind that a pair can have.
func everyEvent(c network.Circuit[float64], order network.Order) []network.Event {
	events := []network.Event{
		{Kind: network.Silence, From: 1, Until: 3, Fraction: 0.3, Seed: 5},
		{Kind: network.Clamp, From: 2, Until: 4, Neurons: []int{0}, Rates: []float64{0.7}},
		{Kind: network.Stimulate, From: 0, Until: 3, Neurons: []int{1}, Drive: 0.2},
		{Kind: network.Cut, From: 2, Fraction: 0.2, Seed: 6},
		{Kind: network.Cut, From: 3, Fraction: 0.1, Choose: network.Strongest},
		{Kind: network.Hold, From: 3, Neurons: []int{1}},
		{Kind: network.Hold, From: 4},
	}
	if order != network.Simultaneous {
		events = append(events, network.Event{Kind: network.Jitter, From: 1, Noise: neuron.Noise{Kind: neuron.GaussianNoise, SD: 0.1}, Seed: 8})
	}
	if c.Name() == "plastic-inhibition" {
		events = append(events, network.Event{Kind: network.Cut, From: 2, Projection: network.CutLateral, Fraction: 0.5, Seed: 9})
	}
	if c.Name() == "predictive-hierarchy" {
		events = append(events, network.Event{Kind: network.Cut, From: 2, Projection: network.CutModulatory, Fraction: 0.5, Seed: 9})
	}
	return events
}

// TestEventsOfEveryPair lets every pair of circuit and rule learn under events of every kind: for 1
// and 4 workers, and when it is stopped between any two epochs and restored, the bits are the same;
// what is silent is silent, what is clamped is clamped, what is cut stays cut, and what is held stays.
func TestEventsOfEveryPair(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 9)), 70, 12, 6, 0.3)
	for _, pair := range pairs(t) {
		t.Run(strings.Join(pair[:], "/"), func(t *testing.T) {
			make := func(workers int, events bool) (*network.Network[float64], *network.Learner[float64]) {
				c, err := network.CircuitNamed[float64](pair[0])
				if err != nil {
					t.Fatal(err)
				}
				if s, ok := c.(network.Stochastic); ok {
					s.Seed(4)
				}
				rule := ruleOf(t, pair[1])
				plan, err := network.PlanFor(c, rule, network.Plan{Shuffle: backwards, Steps: 4})
				if err != nil {
					t.Fatal(err)
				}
				if events {
					plan.Events = everyEvent(c, plan.Order)
				}
				net, l, err := p.learns(t, mustRates(t, p.m, p.n, slices.Clone(p.v)), c, rule, plan, workers)
				if err != nil {
					t.Fatal(err)
				}
				return net, l
			}
			one, first := make(1, true)
			_, second := make(4, true)
			for epoch := range 6 {
				before := slices.Clone(one.Synapses().Weights())
				if err := first.Epoch(); err != nil {
					t.Fatal(err)
				}
				if err := second.Epoch(); err != nil {
					t.Fatal(err)
				}
				sameState(t, fmt.Sprintf("epoch %d, 1 and 4 workers", epoch), first.State(), second.State())
				holds(t, epoch, first, one, before)
				// A learner that is made again from the state goes on with the same bits.
				_, again := make(2, true)
				if err := again.Restore(first.State()); err != nil {
					t.Fatal(err)
				}
				second = again
			}
		})
	}
}

func sameState(t *testing.T, what string, a, b network.State[float64]) {
	t.Helper()
	for k, x := range a.Arrays {
		if !slices.Equal(x.Numbers, b.Arrays[k].Numbers) {
			t.Fatalf("%s: %q differs", what, x.Name)
		}
	}
}

// holds tests what [everyEvent] promises after an epoch, counted from 0.
func holds(t *testing.T, epoch int, l *network.Learner[float64], net *network.Network[float64], before []float64) {
	t.Helper()
	silent := (&network.Event{Fraction: 0.3, Seed: 5}).Hidden(6)
	for i := range l.Rates().Stimuli() {
		h := l.Rates().Of(i)
		for _, a := range silent {
			if silenced := epoch >= 1 && epoch < 3 && !(epoch == 2 && a == 0); silenced && h[a] != 0 {
				t.Fatalf("epoch %d: neuron %d is silent and fires at %v", epoch, a, h[a])
			}
		}
		if epoch >= 2 && epoch < 4 && h[0] != 0.7 {
			t.Fatalf("epoch %d: neuron 0 is clamped at 0.7 and fires at %v", epoch, h[0])
		}
	}
	n, now := net.Visible.Size, net.Synapses().Weights()
	for i, w := range now {
		if held := epoch >= 4 || epoch >= 3 && i/n == 1; held && w != before[i] && (epoch != 3 || w != 0 && before[i] == 0) {
			t.Fatalf("epoch %d: synapse %d does not learn and goes from %v to %v", epoch, i, before[i], w)
		}
	}
	for _, a := range l.State().Arrays {
		if a.Name != "cut of hidden→visible" {
			continue
		}
		cut := 0
		for i, gone := range a.Numbers {
			if gone != 0 {
				cut++
				if now[i] != 0 {
					t.Fatalf("epoch %d: synapse %d was cut and has the weight %v", epoch, i, now[i])
				}
			}
		}
		if (cut > 0) != (epoch >= 2) {
			t.Fatalf("epoch %d: %d synapses were cut", epoch, cut)
		}
	}
}

// TestLesionOfASilentNeuron demands that silencing a neuron whose rate is zero, cutting synapses
// without weight and holding when nothing would learn change no bit, for every circuit.
func TestLesionOfASilentNeuron(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(7, 9)), 40, 12, 6, 0.3)
	for i := range p.m {
		p.h[i*p.r+2] = 0
	}
	for j := range p.n {
		p.w[2*p.n+j] = 0
	}
	for _, c := range network.Circuits[float64]() {
		if s, ok := c.(network.Stochastic); ok {
			s.Seed(4)
		}
		plain := answer(t, p, c, nil, 30)
		same := answer(t, p, named(t, c), []network.Event{
			{Kind: network.Silence, From: 0, Neurons: []int{2}},
			{Kind: network.Cut, From: 3, Neurons: []int{2}},
			{Kind: network.Clamp, From: 9, Until: 20, Neurons: []int{2}, Rates: []float64{0}},
		}, 30)
		if !slices.Equal(plain, same) {
			t.Errorf("%s: a lesion of a silent neuron changes the answer", c.Name())
		}
	}
	for _, pair := range pairings { // and of learning
		rule := ruleOf(t, pair.rule)
		var states []network.State[float64]
		for _, events := range [][]network.Event{nil, {{Kind: network.Silence, From: 2, Neurons: []int{2}}, {Kind: network.Cut, From: 4, Neurons: []int{2}}}} {
			_, l, err := p.learns(t, mustRates(t, p.m, p.n, slices.Clone(p.v)), circuitFor(rule), rule, network.Plan{Order: pair.order, Steps: 1, Events: events}, 2)
			if err != nil {
				t.Fatal(err)
			}
			for range 8 {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			states = append(states, l.State())
		}
		sameState(t, pair.rule+": a lesion of a silent neuron", states[0], states[1])
	}
}

// named returns a new circuit of that name with the same seed.
func named(t *testing.T, c network.Circuit[float64]) network.Circuit[float64] {
	t.Helper()
	again, err := network.CircuitNamed[float64](c.Name())
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := again.(network.Stochastic); ok {
		s.Seed(4)
	}
	return again
}

// answer returns the hidden rates of a presentation of the stimuli of a problem.
func answer(t *testing.T, p problem, c network.Circuit[float64], events []network.Event, steps int) []float64 {
	t.Helper()
	present, h := presents(t, p, c, events, 2)
	for range steps {
		if err := present.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return h.Rows(0, p.m)
}

// net returns a network with the synapses of a problem, normalised as the circuit needs them.
func (p problem) net(t *testing.T, c network.Circuit[float64], workers int) *network.Network[float64] {
	t.Helper()
	net := netOf(t, p.r, p.n, slices.Clone(p.w), c, workers)
	if r, ok := c.(network.Requiring); ok {
		net.Synapses().Normalise(r.Requires())
	}
	return net
}

func presents(t *testing.T, p problem, c network.Circuit[float64], events []network.Event, workers int) (*network.Presentation[float64], *neuron.Rates[float64]) {
	t.Helper()
	net := p.net(t, c, workers)
	h := mustRates(t, p.m, p.r, slices.Clone(p.h))
	if learning.Has[network.Resting](c) {
		clear(h.Rows(0, p.m))
	}
	present, err := net.Present(mustRates(t, p.m, p.n, p.v), h, events)
	if err != nil {
		t.Fatal(err)
	}
	return present, h
}

// TestClampedNeuronsGenerate clamps every hidden neuron of every circuit: the rates are the clamped
// ones, and the prediction is the pattern that they generate.
func TestClampedNeuronsGenerate(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(1, 9)), 5, 12, 6, 0.3)
	rates := []float64{0, 0.5, 1, 0, 2, 0.25}
	for _, c := range network.Circuits[float64]() {
		h := answer(t, p, c, []network.Event{{Kind: network.Clamp, Rates: rates}}, 7)
		net := p.net(t, named(t, c), 1)
		for i := range p.m {
			if !slices.Equal(h[i*p.r:(i+1)*p.r], rates) {
				t.Fatalf("%s: clamped at %v, the rates are %v", c.Name(), rates, h[i*p.r:(i+1)*p.r])
			}
		}
		got := make([]float64, p.n)
		net.Predict(got, h[:p.r])
		for j := range p.n {
			want := 0.0
			for a, x := range rates {
				want += x * net.Synapses().Of(a)[j]
			}
			if math.Abs(got[j]-want) > 1e-12 {
				t.Errorf("%s: the prediction of neuron %d is %v; the clamped rates generate %v", c.Name(), j, got[j], want)
			}
		}
	}
}

// TestPresentationIsRecognition demands the bits of Recognise of a presentation without events, and
// those again of one that shows the same stimuli anew in the middle, and of any number of workers.
func TestPresentationIsRecognition(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 9)), 150, 12, 6, 0.3)
	for _, c := range network.Circuits[float64]() {
		net := p.net(t, named(t, c), 2)
		want := mustRates(t, p.m, p.r, slices.Clone(p.h))
		if learning.Has[network.Resting](c) {
			clear(want.Rows(0, p.m))
		}
		net.Recognise(mustRates(t, p.m, p.n, p.v), want, 12)
		for _, workers := range []int{1, 3} {
			present, h := presents(t, p, named(t, c), nil, workers)
			for step := range 12 {
				if step == 5 {
					if err := present.Show(mustRates(t, p.m, p.n, slices.Clone(p.v))); err != nil {
						t.Fatal(err)
					}
				}
				if err := present.Step(); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(h.Rows(0, p.m), want.Rows(0, p.m)) {
				t.Errorf("%s, %d workers: a presentation is not what Recognise computes", c.Name(), workers)
			}
		}
	}
}

// TestSilenceIsALesion demands that the answer while a neuron is silent is that of a network without
// that neuron: for every circuit whose neurons meet by synapses alone.
func TestSilenceIsALesion(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(5, 9)), 9, 12, 4, 0.3)
	less := problem{m: p.m, n: p.n, r: 3, v: p.v, w: slices.Concat(p.w[:p.n], p.w[2*p.n:])}
	for i := range p.m {
		less.h = append(less.h, p.h[i*4], p.h[i*4+2], p.h[i*4+3])
	}
	for _, c := range network.Circuits[float64]() {
		if c.Name() == "predictive-hierarchy" || c.Name() == "rate-units" || c.Name() == "lca" {
			continue // synapses between stages are drawn for all neurons, and steps shortened for all
		}
		got := answer(t, p, named(t, c), []network.Event{{Kind: network.Silence, Neurons: []int{1}}}, 25)
		want := answer(t, less, named(t, c), nil, 25)
		for i := range p.m {
			for k, a := range []int{0, 2, 3} {
				if x, y := got[i*4+a], want[i*3+k]; math.Abs(x-y) > 1e-12*max(1, y) {
					t.Fatalf("%s: stimulus %d, neuron %d: %v while neuron 1 is silent, %v without it", c.Name(), i, a, x, y)
				}
			}
		}
	}
}

// TestPresentationLikePlain steps fast and plain network side by side under noise of what neurons
// send, frozen and new, under drive, and under a cut in the middle.
func TestPresentationLikePlain(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(8, 9)), 9, 10, 4, 0.3)
	for _, c := range []network.Circuit[float64]{&network.DivisiveError[float64]{}, &network.LateralInhibition[float64]{}} {
		for _, frozen := range []bool{false, true} {
			noise := neuron.Noise{Kind: neuron.PoissonNoise, Gain: 6, Frozen: frozen}
			events := []network.Event{
				{Kind: network.Jitter, From: 2, Until: 8, Neurons: []int{0, 3}, Noise: noise, Seed: 11},
				{Kind: network.Stimulate, From: 4, Until: 6, Neurons: []int{1}, Drive: 0.4},
				{Kind: network.Cut, From: 5, Synapses: [][2]int{{0, 1}, {2, 3}}},
			}
			present, h := presents(t, p, named(t, c), events, 2)
			net := p.net(t, named(t, c), 1)
			plain := &plainNetwork{visible: p.n, hidden: p.r, stimulus: reshape(p.v, p.n), rate: reshape(p.h, p.r), synapse: reshape(net.Synapses().Weights(), p.n)}
			for step := range 12 {
				plain.sends, plain.extra = nil, make([]float64, p.r)
				if step >= 2 && step < 8 {
					var sent [][]float64
					n := noise
					n.Seed = 11
					for i, rates := range plain.rate {
						sent = append(sent, slices.Clone(rates))
						var chance rand.PCG
						if n.SeedOf(&chance, 1<<63+uint64(i), uint64(step)); frozen {
							n.SeedOf(&chance, uint64(i), 0)
						}
						for _, a := range []int{0, 3} {
							sent[i][a] = n.Of(rates[a], &chance)
						}
					}
					plain.sends = func(i, a int) float64 { return sent[i][a] }
				}
				if step >= 4 && step < 6 {
					plain.extra[1] = 0.4
				}
				if step == 5 {
					plain.synapse[0][1], plain.synapse[2][3] = 0, 0
				}
				if c.Name() == "divisive-error" {
					plain.recogniseDivisive()
				} else {
					plain.recogniseLateral()
				}
				if err := present.Step(); err != nil {
					t.Fatal(err)
				}
				for k, want := range slices.Concat(plain.rate...) {
					if got := h.Rows(0, p.m)[k]; math.Abs(got-want) > 1e-9*max(1, want) {
						t.Fatalf("%s, frozen %v, step %d: rate %d is %v; the plain network has %v", c.Name(), frozen, step, k, got, want)
					}
				}
			}
		}
	}
}

// TestCutByStrength cuts the weakest and the strongest third of synapses of known weights, and a
// share by chance, which is the same for the same seed and of the right size.
func TestCutByStrength(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(8, 9)), 3, 10, 4, 0.3)
	p.w[5], p.w[17] = 0, 0 // are not counted
	order := make([]int, 0, 38)
	for i, w := range p.w {
		if w > 0 {
			order = append(order, i)
		}
	}
	for _, choose := range network.CutChoices() {
		event := network.Event{Kind: network.Cut, Fraction: 1. / 3, Choose: choose, Seed: 3}
		var cuts [2][]int
		for k := range cuts {
			net := p.net(t, &network.LateralInhibition[float64]{}, 1)
			h := mustRates(t, p.m, p.r, slices.Clone(p.h))
			before := slices.Clone(net.Synapses().Weights())
			slices.SortFunc(order, func(i, k int) int { return int(math.Copysign(1, before[i]-before[k])) })
			present, err := net.Present(mustRates(t, p.m, p.n, p.v), h, []network.Event{event})
			if err != nil {
				t.Fatal(err)
			}
			if err := present.Step(); err != nil {
				t.Fatal(err)
			}
			for i, w := range net.Synapses().Weights() {
				if w == 0 && before[i] > 0 {
					cuts[k] = append(cuts[k], i)
				} else if w != before[i] {
					t.Errorf("%s: weight %d went from %v to %v, and nothing learns", choose, i, before[i], w)
				}
			}
		}
		if len(cuts[0]) != 13 || !slices.Equal(cuts[0], cuts[1]) {
			t.Errorf("%s: %v and %v were cut, want the same 13 of 38", choose, cuts[0], cuts[1])
		}
		want := slices.Clone(order[:13])
		if choose == network.Strongest {
			want = slices.Clone(order[25:])
		}
		slices.Sort(want)
		if choose != network.AtRandom && !slices.Equal(cuts[0], want) {
			t.Errorf("%s: %v were cut, want %v", choose, cuts[0], want)
		}
	}
}

// TestCutLateral cuts the inhibition among hidden neurons, which follows from the generative
// synapses: every neuron then answers alone, h_a = b_a/g_aa and, with a membrane, b_a − threshold.
func TestCutLateral(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(8, 9)), 5, 10, 4, 0.3)
	for _, c := range []network.Circuit[float64]{&network.LateralInhibition[float64]{}, network.NewRateUnits[float64](), network.NewLocallyCompetitive[float64]()} {
		h := answer(t, p, c, []network.Event{{Kind: network.Cut, Projection: network.CutLateral, Fraction: 1}}, 600)
		net := p.net(t, named(t, c), 1)
		for i := range p.m {
			for a := range p.r {
				b, g := 0.0, 0.0
				for j, w := range net.Synapses().Of(a) {
					b += w * p.v[i*p.n+j]
					g += w * w
				}
				want := b / g
				if c.Name() != "lateral-inhibition" {
					want = max(0, b-0.1)
				}
				if got := h[i*p.r+a]; math.Abs(got-want) > 1e-6*max(1, want) {
					t.Errorf("%s: stimulus %d, neuron %d: %v, want %v", c.Name(), i, a, got, want)
				}
			}
		}
	}
}

// TestRefusedEvents demands a reason that names the event.
func TestRefusedEvents(t *testing.T) {
	divisive, lateral := network.Circuit[float64](&network.DivisiveError[float64]{}), network.Circuit[float64](&network.LateralInhibition[float64]{})
	for _, c := range []struct {
		circuit network.Circuit[float64]
		learns  bool
		plan    network.Plan
		event   network.Event
		want    string
	}{
		{divisive, true, network.Plan{}, network.Event{Kind: "zap"}, `kind = "zap"; allowed is one of "silence", "clamp"`},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Silence, Neurons: []int{60}}, "neurons = [60]; allowed are hidden neurons from 0 to 48"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Silence}, "allowed are neurons or a fraction"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Silence, Neurons: []int{1}, From: 5, Until: 5}, "until = 5"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Silence, Neurons: []int{1}, Rates: []float64{1}}, `rates means nothing to an event of kind "silence"`},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Silence, Neurons: []int{1}, Fraction: 0.5}, "neurons, fraction and synapses each choose"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Clamp, Neurons: []int{1, 2, 3}, Rates: []float64{1, 2}}, "rates = [1 2] for 3 neurons"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Clamp, Rates: []float64{-1}}, "never negative"},
		{divisive, false, network.Plan{}, network.Event{Kind: network.Stimulate, Drive: 1}, "grow without end"},
		{lateral, false, network.Plan{}, network.Event{Kind: network.Stimulate}, "drive = 0"},
		{divisive, false, network.Plan{}, network.Event{Kind: network.Hold}, "nothing learns"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Cut, Fraction: 0.1, Until: 3}, "stays cut"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Cut}, "without synapses"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Cut, Synapses: [][2]int{{1, 99}}}, "a visible neuron from 0 to 18"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Cut, Fraction: 1, Projection: network.CutFeedforward}, "learned separately"},
		{divisive, false, network.Plan{}, network.Event{Kind: network.Cut, Fraction: 1, Projection: network.CutLateral}, "no synapses among its hidden neurons"},
		{lateral, true, network.Plan{}, network.Event{Kind: network.Cut, Fraction: 1, Projection: network.CutLateral}, "in recognition alone"},
		{lateral, false, network.Plan{}, network.Event{Kind: network.Cut, Fraction: 1, Projection: network.CutModulatory}, "no upper stage"},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Jitter}, `allowed is one of "gaussian", "poisson"`},
		{divisive, true, network.Plan{}, network.Event{Kind: network.Jitter, Noise: neuron.Noise{Kind: neuron.PoissonNoise, SD: 1}}, "gain = 0"},
		{divisive, true, network.Plan{Order: network.Simultaneous}, network.Event{Kind: network.Jitter, Noise: neuron.Noise{Kind: neuron.GaussianNoise, SD: 1}}, "from one look"},
	} {
		c.plan.Events = []network.Event{{Kind: network.Silence, Neurons: []int{0}}, c.event}
		err := network.CheckEvents(c.circuit, c.plan, c.learns, 49, 19)
		if err == nil || !strings.HasPrefix(err.Error(), "event[2]: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v does not say %s", c.event, err, c.want)
		}
	}
}

// TestNoiseOfStimuli lets every pair that takes noise at every presentation learn from noisy stimuli:
// the bits are those of any number of workers; frozen noise is learning from the noisy stimuli; and the
// objective is of the stimuli without noise.
func TestNoiseOfStimuli(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 9)), 70, 12, 6, 0.3)
	taken := 0
	for _, pair := range pairs(t) {
		learns := func(workers int, v []float64, noise neuron.Noise) (*network.Network[float64], *network.Learner[float64], error) {
			c, err := network.CircuitNamed[float64](pair[0])
			if err != nil {
				t.Fatal(err)
			}
			c = named(t, c)
			rule := ruleOf(t, pair[1])
			plan, err := network.PlanFor(c, rule, network.Plan{Shuffle: backwards, Steps: 4})
			if err != nil {
				t.Fatal(err)
			}
			plan.Noise = noise
			return p.learns(t, mustRates(t, p.m, p.n, slices.Clone(v)), c, rule, plan, workers)
		}
		epochs := func(l *network.Learner[float64]) network.State[float64] {
			for range 3 {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			return l.State()
		}
		noise := neuron.Noise{Kind: neuron.PoissonNoise, Gain: 8, Seed: 5}
		if _, one, err := learns(1, p.v, noise); err == nil {
			taken++
			_, four, _ := learns(4, p.v, noise)
			sameState(t, strings.Join(pair[:], "/")+", 1 and 4 workers", epochs(one), epochs(four))
			_, clean, _ := learns(1, p.v, neuron.Noise{})
			if state := epochs(clean); slices.Equal(state.Arrays[0].Numbers, one.State().Arrays[0].Numbers) {
				t.Errorf("%s: noise changes nothing", pair)
			}
		} else if !strings.Contains(err.Error(), "new at every presentation") {
			t.Error(err)
		}
		noise.Frozen = true
		net, frozen, err := learns(2, p.v, noise)
		if err != nil {
			t.Fatal(err)
		}
		noisy := slices.Clone(p.v)
		for i := range p.m {
			var chance rand.PCG
			noise.SeedOf(&chance, uint64(i), 0)
			for j := range p.n {
				noisy[i*p.n+j] = noise.Of(p.v[i*p.n+j], &chance)
			}
		}
		_, from, err := learns(2, noisy, neuron.Noise{})
		if err != nil {
			t.Fatal(err)
		}
		// Hidden rates start with the share of the stimuli that are given.
		sameState(t, strings.Join(pair[:], "/")+", frozen noise and noisy stimuli", epochs(frozen), epochs(from))
		if want := net.Objective(mustRates(t, p.m, p.n, p.v), frozen.Rates()); frozen.Objective() != want {
			t.Errorf("%s: the objective is %v, that of the clean stimuli %v", pair, frozen.Objective(), want)
		}
	}
	if taken < 8 {
		t.Errorf("%d pairs take noise that is new at every presentation", taken)
	}
}
