package network_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// turnsOf returns the order of a sweep as the mechanism x of a network has it.
func turnsOf(t *learning.Turns, r, epoch, sweep int) []int32 {
	order := make([]int32, r)
	t.Order(order, epoch, sweep)
	return order
}

// recogniseInTurns lets the hidden neurons answer one after the other, each to what all others send
// and to its own rate. What a neuron sends follows its rate.
func (p *plainNetwork) recogniseInTurns(cost float64, order []int32) {
	for i := range p.stimulus {
		sent := slices.Clone(p.rate[i])
		for a := range sent {
			if p.sends != nil {
				sent[a] = p.sends(i, a)
			}
		}
		for _, a := range order {
			error, own := -cost, 0.0
			if p.extra != nil {
				error += p.extra[a]
			}
			for j := range p.visible {
				if p.seen(i, j) {
					left := p.stimulus[i][j] - p.rate[i][a]*p.synapse[a][j]
					for b, x := range sent {
						if b != int(a) {
							left -= x * p.synapse[b][j]
						}
					}
					error += p.synapse[a][j] * left
					own += p.synapse[a][j] * p.synapse[a][j]
				}
			}
			next := 0.0
			if own != 0 {
				next = max(0, p.rate[i][a]+error/own)
			}
			if p.kept != nil && p.kept[a] >= 0 {
				next = p.kept[a]
			}
			sent[a] += next - p.rate[i][a]
			p.rate[i][a] = next
		}
	}
}

// learnInTurns lets the synapses of one hidden neuron after the other change, each to what all others
// predict.
func (p *plainNetwork) learnInTurns(order []int32) {
	for _, a := range order {
		for j := range p.visible {
			error, own := 0.0, 0.0
			for i := range p.stimulus {
				error += p.rate[i][a] * (p.stimulus[i][j] - p.prediction(i, j))
				own += p.rate[i][a] * p.rate[i][a]
			}
			if own > 0 {
				p.synapse[a][j] = max(0, p.synapse[a][j]+error/own)
			}
		}
	}
}

// asynchronous makes a learner of a problem, and the same as a plain network.
func asynchronous[T float32 | float64](t testing.TB, p problem, c network.Circuit[T], rule learning.Rule[T], plan network.Plan, workers int) (*network.Learner[T], *plainNetwork) {
	t.Helper()
	net := netOf(t, p.r, p.n, p.w, c, workers)
	v, err := neuron.RatesOf(p.m, p.n, convert[T](p.v))
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(p.m, p.r, convert[T](p.h))
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, plan, v, h)
	if err != nil {
		t.Fatal(err)
	}
	return l, &plainNetwork{visible: p.n, hidden: p.r, synapse: reshape(slices.Clone(p.w), p.n), rate: reshape(slices.Clone(p.h), p.r), stimulus: reshape(p.v, p.n)}
}

// TestAsynchronousGaussianIsPlain holds circuit and rule for squared error to the simulation neuron by
// neuron, in both orders of turns, with several steps and sweeps, with a neuron that has no synapses and
// one that is silent to all stimuli.
func TestAsynchronousGaussianIsPlain(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(5, 19)), 75, 37, 11, 0.4)
	clear(p.w[2*p.n : 3*p.n])
	for i := range p.m {
		p.h[i*p.r+2] = 0
	}
	for _, drawn := range []int{0, 1} {
		c, rule := &network.AsynchronousInhibition[float64]{}, learning.NewAsynchronousGaussian[float64]()
		c.Drawn, rule.Drawn, rule.Sweeps = drawn, drawn, 2
		c.Seed(7)
		rule.Seed(8)
		l, plain := asynchronous(t, p, c, rule, network.Plan{Steps: 3}, 2)
		for epoch := range 3 {
			runEpochs(t, l, 1)
			for sweep := range 2 {
				plain.learnInTurns(turnsOf(&rule.Turns, p.r, epoch, sweep))
			}
			for step := range 3 {
				plain.recogniseInTurns(0, turnsOf(&c.Turns, p.r, epoch+1, step))
			}
			compare(t, "synapses", l.State().Arrays[0].Numbers, slices.Concat(plain.synapse...), 1e-9, 1e-11)
			compare(t, "rates", l.Rates().Rows(0, p.m), slices.Concat(plain.rate...), 1e-9, 1e-11)
		}
	}
}

// TestTurnsAreDrawn holds drawn orders to permutations that differ from sweep to sweep, from epoch to
// epoch and from seed to seed.
func TestTurnsAreDrawn(t *testing.T) {
	turns, other := learning.Turns{Drawn: 1}, learning.Turns{Drawn: 1}
	turns.Seed(1)
	other.Seed(2)
	first := turnsOf(&turns, 30, 3, 4)
	for _, different := range [][]int32{turnsOf(&turns, 30, 3, 5), turnsOf(&turns, 30, 4, 4), turnsOf(&other, 30, 3, 4)} {
		if slices.Equal(first, different) {
			t.Error("two orders are the same")
		}
		slices.Sort(different)
		for k, a := range different {
			if int(a) != k {
				t.Fatalf("no permutation: %v", different)
			}
		}
	}
	if again := turnsOf(&turns, 30, 3, 4); !slices.Equal(first, again) {
		t.Error("the same sweep has two orders")
	}
	if straight := turnsOf(&learning.Turns{}, 3, 1, 1); !slices.Equal(straight, []int32{0, 1, 2}) {
		t.Errorf("turns that are not drawn: %v", straight)
	}
}

// TestAsynchronousInhibitionOfWhatIsSeen holds recognition with missing entries and a cost to the
// simulation.
func TestAsynchronousInhibitionOfWhatIsSeen(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(6, 19)), 30, 23, 6, 0.3)
	seen := neuron.NewMask(p.m, p.n)
	plain := &plainNetwork{visible: p.n, hidden: p.r, synapse: reshape(p.w, p.n), rate: reshape(slices.Clone(p.h), p.r), stimulus: reshape(p.v, p.n)}
	for i := range p.m {
		plain.missing = append(plain.missing, make([]bool, p.n))
		for j := range p.n {
			if i%3 > 0 && (i*7+j*5)%4 == 0 {
				seen.Hide(i, j)
				plain.missing[i][j] = true
			}
		}
	}
	c := &network.AsynchronousInhibition[float64]{Cost: 0.4}
	net := netOf(t, p.r, p.n, p.w, c, 2)
	v, err := neuron.PartialOf(mustRates(t, p.m, p.n, slices.Clone(p.v)), seen)
	if err != nil {
		t.Fatal(err)
	}
	h, _ := neuron.RatesOf(p.m, p.r, slices.Clone(p.h))
	net.Recognise(v, h, 4)
	for step := range 4 {
		plain.recogniseInTurns(0.4, turnsOf(&c.Turns, p.r, 0, step))
	}
	compare(t, "rates", h.Rows(0, p.m), slices.Concat(plain.rate...), 1e-9, 1e-11)
}

// optimum returns the rates of non-negative least squares for the synapses w, with a cost of firing, by
// the conditions for a minimum: every set of active neurons is tried.
func optimum(v []float64, w [][]float64, cost float64) []float64 {
	r, best, rates := len(w), math.Inf(1), []float64(nil)
	for set := range 1 << r {
		var active []int
		for a := range r {
			if set>>a&1 == 1 {
				active = append(active, a)
			}
		}
		h := make([]float64, r)
		if !solve(h, v, w, active, cost) {
			continue
		}
		error := 0.0
		for j, x := range v {
			for a := range h {
				x -= h[a] * w[a][j]
			}
			error += x * x / 2
		}
		if error += cost * total(h); error < best {
			best, rates = error, h
		}
	}
	return rates
}

// solve writes the least squares of the active neurons into h by elimination; ok is false if a rate is
// negative.
func solve(h, v []float64, w [][]float64, active []int, cost float64) (ok bool) {
	k := len(active)
	m := make([][]float64, k)
	for x, a := range active {
		m[x] = make([]float64, k+1)
		for y, b := range active {
			m[x][y] = dot(w[a], w[b])
		}
		m[x][k] = dot(w[a], v) - cost
	}
	for x := range k {
		for y := range k {
			if y != x {
				f := m[y][x] / m[x][x]
				for z := x; z <= k; z++ {
					m[y][z] -= f * m[x][z]
				}
			}
		}
	}
	for x, a := range active {
		if h[a] = m[x][k] / m[x][x]; h[a] < 0 {
			return false
		}
	}
	return true
}

func dot(x, y []float64) (sum float64) {
	for i := range x {
		sum += x[i] * y[i]
	}
	return sum
}

// TestAsynchronousInhibitionSettlesAtLeastSquares holds settled rates to non-negative least squares, and
// multiplicative recognition to the same, from a start in which every second neuron is silent: an
// asynchronous neuron comes back from there.
func TestAsynchronousInhibitionSettlesAtLeastSquares(t *testing.T) {
	const m, n, r = 9, 24, 6
	p := randomProblem(rand.New(rand.NewPCG(7, 19)), m, n, r, 0.2)
	for _, cost := range []float64{0, 0.7} {
		net := netOf(t, r, n, p.w, &network.AsynchronousInhibition[float64]{Cost: cost}, 1)
		v, h := mustRates(t, m, n, p.v), neuron.NewRates[float64](m, r)
		for i := range m {
			for a := 0; a < r; a += 2 {
				h.Of(i)[a] = 1
			}
		}
		net.Recognise(v, h, 1000)
		back := false
		for i := range m {
			want := optimum(v.Of(i), reshape(p.w, n), cost)
			compare(t, "rates", h.Of(i), want, 0, 1e-8)
			for a := 1; a < r; a += 2 {
				back = back || want[a] > 0.01
			}
		}
		if !back {
			t.Error("no silent neuron should fire: the problem shows nothing")
		}
		slow := netOf(t, r, n, p.w, &network.LateralInhibition[float64]{Cost: cost}, 1)
		other := neuron.NewRates[float64](m, r)
		slow.Start(v, other)
		slow.Recognise(v, other, 1_000_000)
		compare(t, "rates of lateral inhibition", other.Rows(0, m), h.Rows(0, m), 0, 1e-5)
		if a, b := slow.Objective(v, other), net.Objective(v, h); math.Abs(a-b) > 1e-8 {
			t.Errorf("lateral inhibition settles at %v, asynchronous at %v", a, b)
		}
	}
}

// TestAsynchronousInhibitionIsDisturbed steps the circuit beside the simulation while what neurons send
// varies by chance, one is stimulated and one clamped.
func TestAsynchronousInhibitionIsDisturbed(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(8, 19)), 9, 10, 4, 0.3)
	noise := neuron.Noise{Kind: neuron.PoissonNoise, Gain: 6, Frozen: true}
	c := &network.AsynchronousInhibition[float64]{}
	present, h := presents(t, p, c, []network.Event{
		{Kind: network.Jitter, Neurons: []int{0, 3}, Noise: noise, Seed: 11},
		{Kind: network.Stimulate, Neurons: []int{1}, Drive: 0.4},
		{Kind: network.Clamp, Neurons: []int{2}, Rates: []float64{0.7}},
	}, 2)
	plain := &plainNetwork{visible: p.n, hidden: p.r, stimulus: reshape(p.v, p.n), rate: reshape(slices.Clone(p.h), p.r), synapse: reshape(p.w, p.n),
		extra: []float64{0, 0.4, 0, 0}, kept: []float64{-1, -1, 0.7, -1}}
	for i := range plain.rate {
		plain.rate[i][2] = 0.7
	}
	for step := range 5 {
		sent := [][]float64(nil)
		n := noise
		n.Seed = 11
		for i, rates := range plain.rate {
			sent = append(sent, slices.Clone(rates))
			var chance rand.PCG
			n.SeedOf(&chance, uint64(i), 0)
			for _, a := range []int{0, 3} {
				sent[i][a] = n.Of(rates[a], &chance)
			}
		}
		plain.sends = func(i, a int) float64 { return sent[i][a] }
		plain.recogniseInTurns(0, turnsOf(&c.Turns, p.r, 0, step))
		if err := present.Step(); err != nil {
			t.Fatal(err)
		}
		compare(t, "rates", h.Rows(0, p.m), slices.Concat(plain.rate...), 1e-9, 1e-11)
	}
}

// TestAsynchronousLearningLeavesAlone holds synapses that were cut at zero and those of a neuron that is
// held where they are, while the others learn by what these predict: E does not rise.
func TestAsynchronousLearningLeavesAlone(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(9, 19)), 60, 21, 5, 0.3)
	events := []network.Event{{Kind: network.Cut, From: 1, Fraction: 0.4, Seed: 3}, {Kind: network.Hold, From: 2, Neurons: []int{1, 3}}}
	l, _ := asynchronous(t, p, &network.AsynchronousInhibition[float64]{}, learning.NewAsynchronousGaussian[float64](), network.Plan{Steps: 1, Events: events}, 2)
	runEpochs(t, l, 2)
	before, cut := l.Objective(), slices.Clone(l.State().Arrays[0].Numbers)
	for range 20 {
		runEpochs(t, l, 1)
		after := l.Objective()
		if l.RoseBeyondRounding(before, after) {
			t.Errorf("E rose from %v to %v", before, after)
		}
		before = after
	}
	moved := 0
	for k, x := range l.State().Arrays[0].Numbers {
		if a := k / p.n; (a == 1 || a == 3) && x != cut[k] {
			t.Fatalf("synapse %d is held and went from %v to %v", k, cut[k], x)
		}
		if x != cut[k] {
			moved++
		}
	}
	if moved < p.n {
		t.Errorf("only %d synapses have learned", moved)
	}
}

// inTurns returns the asynchronous circuits with the rules for the same objective, fresh, with the orders
// of their turns.
func inTurns(drawn, sweeps int) (all []struct {
	circuit network.Circuit[float64]
	rule    learning.Rule[float64]
}) {
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			values := map[string]float64{"drawn-turns": float64(drawn), "sweeps": float64(sweeps)}
			if !learning.Has[learning.VisibleWise](r) || !learning.Has[learning.Drawing](c) || learning.Has[network.Stochastic](c) || c.Objective() != r.Objective() {
				continue
			}
			learning.Assign(c, values)
			learning.Assign(r, values)
			any(c).(learning.Drawing).Seed(4)
			any(r).(learning.Drawing).Seed(5)
			all = append(all, struct {
				circuit network.Circuit[float64]
				rule    learning.Rule[float64]
			}{c, r})
		}
	}
	return all
}

// TestAsynchronousLearningNeverRises holds the promise of the circuits and rules: with any number of
// steps and sweeps and any order the objective of an epoch is no higher than that of the epoch before.
func TestAsynchronousLearningNeverRises(t *testing.T) {
	for k := range 6 {
		p := randomProblem(rand.New(rand.NewPCG(uint64(k), 20)), 40, 24, 7, 0.2+0.1*float64(k))
		for _, pair := range inTurns(k%2, 1+k%3) {
			l, _ := asynchronous(t, p, pair.circuit, pair.rule, network.Plan{Steps: 1 + k%4, Order: network.Order(k % 2)}, 2)
			for before := math.Inf(1); l.Epochs() < 40; {
				runEpochs(t, l, 1)
				after := l.Objective()
				if l.RoseBeyondRounding(before, after) {
					t.Fatalf("%s, problem %d, epoch %d: the objective rose from %v to %v", pair.rule.Name(), k, l.Epochs(), before, after)
				}
				before = after
			}
		}
	}
}

// TestAsynchronousLearningIsOptimal learns until the conditions for a minimum hold to 1e-8, which no number
// of multiplicative steps reaches.
func TestAsynchronousLearningIsOptimal(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 20)), 30, 16, 3, 0.3)
	for _, pair := range inTurns(0, 4) {
		l, _ := asynchronous(t, p, pair.circuit, pair.rule, network.Plan{Steps: 4}, 1)
		runEpochs(t, l, 5000)
		if o := l.Optimality(); !(o.Rates < 1e-8 && o.Synapses < 1e-8) {
			t.Errorf("%s: rates are %v and synapses %v from a minimum", pair.rule.Name(), o.Rates, o.Synapses)
		}
	}
}

// TestDrawnTurnsGoOn demands the same bits of one and several workers, and of a learner that is made again
// from the state in the middle, where the turns are drawn.
func TestDrawnTurnsGoOn(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(4, 20)), 150, 40, 7, 0.3)
	make := func(k, workers int) *network.Learner[float64] {
		pair := inTurns(1, 2)[k]
		l, _ := asynchronous(t, p, pair.circuit, pair.rule, network.Plan{Steps: 2}, workers)
		return l
	}
	for k, pair := range inTurns(1, 2) {
		want := make(k, 1)
		runEpochs(t, want, 4)
		for _, workers := range []int{2, 3, 8} {
			first, second := make(k, workers), make(k, workers)
			runEpochs(t, first, 2)
			if err := second.Restore(first.State()); err != nil {
				t.Fatal(err)
			}
			runEpochs(t, second, 2)
			sameState(t, pair.rule.Name(), want.State(), second.State())
		}
	}
}

// newton moves one rate or synapse x of a network that meets targets v by predictions p of which y is its
// share per unit.
func newton(x, sent float64, v, p, y []float64) float64 {
	gradient, curvature := sent, 0.0
	for k := range v {
		if p[k] > 0 {
			e := v[k] / p[k]
			gradient -= y[k] * e
			curvature += y[k] * y[k] * e / p[k]
		}
	}
	switch {
	case curvature == 0:
		return 0
	case gradient <= 0:
		return x - gradient/curvature
	}
	return x * x * curvature / (gradient + x*curvature)
}

// answerInTurns lets the hidden neurons move one after the other by what error units say.
func (p *plainNetwork) answerInTurns(cost float64, order []int32) {
	for i := range p.stimulus {
		for _, a := range order {
			sent := cost
			var v, predicted, part []float64
			for j := range p.visible {
				if p.seen(i, j) {
					sent += p.synapse[a][j]
					v, predicted, part = append(v, p.stimulus[i][j]), append(predicted, p.prediction(i, j)), append(part, p.synapse[a][j])
				}
			}
			p.rate[i][a] = newton(p.rate[i][a], sent, v, predicted, part)
		}
	}
}

// learnByErrorsInTurns lets the synapses onto each visible neuron move one after the other.
func (p *plainNetwork) learnByErrorsInTurns(order []int32) {
	for j := range p.visible {
		for _, a := range order {
			sent := 0.0
			var v, predicted, rates []float64
			for i := range p.stimulus {
				if p.seen(i, j) {
					sent += p.rate[i][a]
					v, predicted, rates = append(v, p.stimulus[i][j]), append(predicted, p.prediction(i, j)), append(rates, p.rate[i][a])
				}
			}
			if sent > 0 {
				p.synapse[a][j] = newton(p.synapse[a][j], sent, v, predicted, rates)
			}
		}
	}
}

// TestAsynchronousPoissonIsPlain holds circuit and rule for the Poisson objective to the simulation neuron by
// neuron, of rates and of counts, with and without missing entries, in both orders of turns, with a neuron that
// has no synapses and is silent.
func TestAsynchronousPoissonIsPlain(t *testing.T) {
	for k, form := range []string{"rates", "counts", "partial", "partial counts"} {
		p := randomProblem(rand.New(rand.NewPCG(15, 19)), 70, 27, 6, 0.4)
		clear(p.w[2*p.n : 3*p.n])
		for i := range p.m {
			p.h[i*p.r+2] = 0
		}
		c, rule := &network.AsynchronousError[float64]{}, learning.NewAsynchronousPoisson[float64]()
		c.Drawn, rule.Drawn, rule.Sweeps = k%2, k%2, 2
		c.Seed(7)
		rule.Seed(8)
		var v network.Stimuli[float64] = mustRates(t, p.m, p.n, slices.Clone(p.v))
		plain := &plainNetwork{visible: p.n, hidden: p.r, rate: reshape(slices.Clone(p.h), p.r), stimulus: reshape(p.v, p.n)}
		switch form {
		case "counts":
			v = p.counted(t)
		case "partial", "partial counts":
			mask, table := p.hide(rand.New(rand.NewPCG(3, 2)), 0.2)
			v, plain.missing = p.partial(t, mask, form == "partial counts"), table
		}
		net, l, err := p.learns(t, v, c, rule, network.Plan{Steps: 2}, 2)
		if err != nil {
			t.Fatal(err)
		}
		plain.synapse = reshape(slices.Clone(net.Synapses().Weights()), p.n)
		for epoch := range 3 {
			runEpochs(t, l, 1)
			for sweep := range 2 {
				plain.learnByErrorsInTurns(turnsOf(&rule.Turns, p.r, epoch, sweep))
			}
			for step := range 2 {
				plain.answerInTurns(0, turnsOf(&c.Turns, p.r, epoch+1, step))
			}
			compare(t, form+": synapses", net.Synapses().Weights(), slices.Concat(plain.synapse...), 1e-9, 1e-11)
			compare(t, form+": rates", l.Rates().Rows(0, p.m), slices.Concat(plain.rate...), 1e-9, 1e-11)
		}
	}
}

// TestAsynchronousErrorSettlesAtTheOptimum holds settled rates to the conditions for a minimum and to those
// of multiplicative recognition, from a start in which every second neuron is silent.
func TestAsynchronousErrorSettlesAtTheOptimum(t *testing.T) {
	const m, n, r = 9, 24, 6
	p := randomProblem(rand.New(rand.NewPCG(7, 19)), m, n, r, 0.2)
	for _, cost := range []float64{0, 3} {
		net := netOf(t, r, n, p.w, &network.AsynchronousError[float64]{Cost: cost}, 1)
		v, h := mustRates(t, m, n, p.v), neuron.NewRates[float64](m, r)
		for i := range m {
			for a := 0; a < r; a += 2 {
				h.Of(i)[a] = 1
			}
		}
		net.Recognise(v, h, 200)
		back := false
		for i := range m {
			for a := range r {
				gradient := cost
				for j, w := range net.Synapses().Of(a) {
					predicted := 0.0
					for b := range r {
						predicted += h.Of(i)[b] * net.Synapses().Of(b)[j]
					}
					gradient += w - w*v.Of(i)[j]/predicted
				}
				if x := h.Of(i)[a]; gradient < -1e-10 || x > 0 && gradient > 1e-10 {
					t.Errorf("stimulus %d, neuron %d fires at %v, where the gradient is %v", i, a, x, gradient)
				}
				back = back || a%2 == 1 && h.Of(i)[a] > 0.01
			}
		}
		if !back {
			t.Error("no silent neuron has come back: the problem shows nothing")
		}
		slow := netOf(t, r, n, p.w, &network.DivisiveError[float64]{Cost: cost}, 1)
		other := neuron.NewRates[float64](m, r)
		slow.Start(v, other)
		slow.Recognise(v, other, 200_000)
		if a, b := slow.Objective(v, other), net.Objective(v, h); math.Abs(a-b) > 1e-8 {
			t.Errorf("divisive error settles at %v, asynchronous at %v", a, b)
		}
		compare(t, "rates of divisive error", other.Rows(0, m), h.Rows(0, m), 0, 1e-4)
	}
}

// TestAsynchronousEpochAllocatesNothing holds epochs of rates and of counts to zero allocations.
func TestAsynchronousEpochAllocatesNothing(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 20)), 60, 20, 4, 0.4)
	for k, pair := range append(inTurns(1, 2), inTurns(1, 2)...) {
		var v network.Stimuli[float64] = mustRates(t, p.m, p.n, slices.Clone(p.v))
		if k >= len(inTurns(1, 2)) {
			v = p.counted(t)
		}
		_, l, err := p.learns(t, v, pair.circuit, pair.rule, network.Plan{Steps: 2}, 1)
		if err != nil {
			t.Fatal(err)
		}
		runEpochs(t, l, 1)
		if allocs := testing.AllocsPerRun(3, func() { runEpochs(t, l, 1) }); allocs != 0 {
			t.Errorf("%s, %T: %v allocations an epoch", pair.rule.Name(), v, allocs)
		}
	}
}
