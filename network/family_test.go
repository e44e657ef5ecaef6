package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// backwards is an order of presentation that differs between epochs.
func backwards(epoch int, order []int) {
	if epoch%2 == 0 {
		slices.Reverse(order)
	}
	order[0], order[epoch%len(order)] = order[epoch%len(order)], order[0]
}

// familyLearner makes a learner of a pair of the family in any precision.
func familyLearner[T float32 | float64](t testing.TB, circuit, rule string, batch, workers int, p problem) (*network.Network[T], *network.Learner[T]) {
	t.Helper()
	c, err := network.CircuitNamed[T](circuit)
	if err != nil {
		t.Fatal(err)
	}
	x, err := learning.RuleNamed[T](rule)
	if err != nil {
		t.Fatal(err)
	}
	for _, parameter := range learning.Parameters(x) {
		if parameter.Name == "forgetting" && batch > 0 && !learning.Has[learning.Online](x) {
			parameter.Set(0.3)
		}
	}
	net := netOf(t, p.r, p.n, p.w, c, workers)
	net.Synapses().Normalise(learning.Kept(x))
	v, err := neuron.RatesOf(p.m, p.n, convert[T](p.v))
	if err != nil {
		t.Fatal(err)
	}
	h := neuron.NewRates[T](p.m, p.r)
	net.Start(v, h)
	l, err := network.NewLearner(net, x, network.Plan{Order: network.RecogniseLearn, Steps: 20, Batch: batch, Shuffle: backwards}, v, h)
	if err != nil {
		t.Fatalf("%s with %s: %v", circuit, rule, err)
	}
	return net, l
}

// pairs returns the names of every circuit and rule that go together.
func pairs(t testing.TB) (all [][2]string) {
	t.Helper()
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			batch := 0
			if learning.Has[network.BatchOfOne](c) {
				batch = 1
			}
			if network.Pair(c, r, network.Plan{Order: network.RecogniseLearn, Steps: 20, Batch: batch}) == nil {
				all = append(all, [2]string{c.Name(), r.Name()})
			}
		}
	}
	if len(all) < 18 {
		t.Fatalf("only %d pairs go together", len(all))
	}
	return all
}

// presentable reports whether a pair can learn from batches of that size. A rule that can
// remember learns from a part of the stimuli with a forgetting below 1.
func presentable(pair [2]string, batch int) bool {
	c, _ := network.CircuitNamed[float64](pair[0])
	r, _ := learning.RuleNamed[float64](pair[1])
	if learning.Has[network.BatchOfOne](c) {
		return batch == 1
	}
	return batch == 0 || learning.Has[learning.Online](r) || learning.Has[learning.Remembering[float64]](r)
}

// TestEveryPair runs every circuit with every rule that it goes with, in both
// precisions and all sizes of batches: rates stay rates, synapses keep their sign
// and their norm, and the bits of one worker are those of many. With -short it takes every
// fourth pair.
func TestEveryPair(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 3)), 150, 37, 5, 0.4)
	for k, pair := range pairs(t) {
		if suite.Brief() && k%4 != 0 {
			continue
		}
		for _, batch := range []int{0, 1, 7, 150} {
			if !presentable(pair, batch) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s/%d", pair[0], pair[1], batch), func(t *testing.T) {
				everyPair[float32](t, pair, batch, p)
				everyPair[float64](t, pair, batch, p)
			})
		}
	}
}

func everyPair[T float32 | float64](t *testing.T, pair [2]string, batch int, p problem) {
	var first []T
	for _, workers := range []int{1, 2, 8} {
		_, l := familyLearner[T](t, pair[0], pair[1], batch, workers, p)
		for range 2 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		inv, err := l.Invariants()
		if err != nil {
			t.Fatal(err)
		}
		eps := 1e-12
		if _, single := any(first).([]float32); single {
			eps = 1e-5
		}
		if inv.Synapses.Refused != 0 || inv.Lateral.Refused != 0 || inv.Normalisation > eps {
			t.Errorf("%+v", inv)
		}
		l.RecogniseAll(30)
		if s := l.Objective(); math.IsNaN(s) || math.IsInf(s, 0) {
			t.Errorf("the objective is %v", s)
		}
		var all []T
		for _, a := range l.State().Arrays {
			all = append(all, a.Numbers...)
		}
		if workers == 1 {
			first = all
		} else if !slices.Equal(first, all) {
			t.Errorf("%d workers gave other bits than one", workers)
		}
	}
}

// TestGoingOn stops every pair after an epoch, gives the state to a learner made anew,
// and demands the bits of one that was not stopped.
func TestGoingOn(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 9)), 40, 17, 4, 0.4)
	for _, pair := range pairs(t) {
		batch := 3
		for batch > 0 && !presentable(pair, batch) {
			batch -= 2 // 3, 1, and −1 for all at once
		}
		batch = max(0, batch)
		_, whole := familyLearner[float64](t, pair[0], pair[1], batch, 1, p)
		runEpochs(t, whole, 1)
		state := whole.State()
		for k, a := range state.Arrays {
			state.Arrays[k].Numbers = slices.Clone(a.Numbers)
		}
		_, resumed := familyLearner[float64](t, pair[0], pair[1], batch, 1, p)
		if err := resumed.Restore(state); err != nil {
			t.Fatal(err)
		}
		runEpochs(t, whole, 2)
		runEpochs(t, resumed, 2)
		want, got := whole.State(), resumed.State()
		for k := range want.Arrays {
			if !slices.Equal(want.Arrays[k].Numbers, got.Arrays[k].Numbers) {
				t.Errorf("%v: %s has other bits", pair, want.Arrays[k].Name)
			}
		}
		for name, audit := range want.Audits {
			if got.Audits[name] != audit {
				t.Errorf("%v: audit of %s is %+v, want %+v", pair, name, got.Audits[name], audit)
			}
		}
	}
}

// TestPresentationAllocatesNothing holds the steady state of online learning to zero
// allocations.
func TestPresentationAllocatesNothing(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 2)), 60, 20, 4, 0.2)
	for _, pair := range pairs(t) {
		for _, batch := range []int{1, 7} {
			if !presentable(pair, batch) {
				continue
			}
			_, l := familyLearner[float64](t, pair[0], pair[1], batch, 1, p)
			runEpochs(t, l, 1)
			if allocs := testing.AllocsPerRun(3, func() { runEpochs(t, l, 1) }); allocs != 0 {
				t.Errorf("%v, batches of %d: %v allocations an epoch", pair, batch, allocs)
			}
		}
	}
}

// TestCircuitsAgree lets circuits that share an objective settle: they find the same
// rates. Tolerances are those of the slowest: multiplicative steps close the last of the
// distance as 1/steps where a rate goes to zero, so that 4,000 steps leave some 10⁻³ of
// the largest rate.
func TestCircuitsAgree(t *testing.T) {
	if suite.Brief() {
		t.Skip("400,000 spikes")
	}
	const m, n, r = 6, 24, 5
	p := randomProblem(rand.New(rand.NewPCG(6, 6)), m, n, r, 0.2)
	settle := func(c network.Circuit[float64], norm synapse.Normalisation, steps int) []float64 {
		net := netOf(t, r, n, p.w, c, 1)
		net.Synapses().Normalise(norm)
		v, _ := neuron.RatesOf(m, n, p.v)
		h := neuron.NewRates[float64](m, r)
		net.Start(v, h)
		net.Recognise(v, h, steps)
		return h.Rows(0, m)
	}
	same := func(what string, got, want []float64, share float64) {
		t.Helper()
		top := slices.Max(want)
		for i := range want {
			if math.Abs(got[i]-want[i]) > share*top {
				t.Errorf("%s: rate %d is %v, want %v", what, i, got[i], want[i])
			}
		}
	}
	poisson := settle(&network.DivisiveError[float64]{}, synapse.UnitSum, 4000)
	same("divisive modulation with vanishing constants",
		settle(&network.DivisiveModulation[float64]{Epsilon1: 1e-12, Epsilon2: 1e-12}, synapse.UnitSum, 4000), poisson, 1e-3)
	// The noise that a spike leaves is of the order of √ε: with ε = t^−0.6 some 2 % of a
	// rate after 400,000 spikes, while the steps add up to 400.
	same("spike by spike in the limit of many spikes",
		settle(&network.SpikeBySpike[float64]{Epsilon: 1, Decay: 0.6, RandomSeed: 3}, synapse.UnitSum, 400_000), poisson, 0.05)
	for _, threshold := range []float64{0, 0.3} {
		gaussian := settle(&network.LateralInhibition[float64]{Cost: threshold}, synapse.UnitLength, 20_000)
		rate, lca := network.NewRateUnits[float64](), network.NewLocallyCompetitive[float64]()
		rate.Threshold, lca.Threshold, rate.Step = threshold, threshold, 1e3 // as long a step as the synapses allow
		same("rate units", settle(rate, synapse.UnitLength, 4000), gaussian, 1e-3)
		same("lca", settle(lca, synapse.UnitLength, 4000), gaussian, 1e-3)
		if share := rate.StepTaken() / rate.Tau; share > 1 || share < 0.1 {
			t.Errorf("a step of 1,000 ms was shortened to %v of the time constant", share)
		}
	}
}

// TestStepBoundIsTight shows that a step beyond the bound does not settle: two neurons
// with the same part have λ = 2, and a bound of one time constant.
func TestStepBoundIsTight(t *testing.T) {
	c := network.NewRateUnits[float64]()
	c.Step, c.Threshold = 1e3, 0
	net := netOf(t, 2, 1, []float64{1, 1}, c, 1)
	if got := c.StepTaken() / c.Tau; math.Abs(got-0.9) > 1e-12 {
		t.Errorf("the step is %v of the time constant, want nine tenths of 2/λ = 1", got)
	}
	v, _ := neuron.RatesOf(1, 1, []float64{1})
	h := neuron.NewRates[float64](1, 2)
	net.Recognise(v, h, 500)
	if math.Abs(h.Of(0)[0]+h.Of(0)[1]-1) > 1e-9 {
		t.Errorf("rates %v do not predict 1", h.Of(0))
	}
}

// TestRefusedFamily checks that pairings without meaning are refused with the reason.
func TestRefusedFamily(t *testing.T) {
	for _, tt := range []struct{ circuit, rule, want string }{
		{"lca", "poisson-online", "must lower the same one"},
		{"lca", "gaussian", "needs synapses of unit length"},
		{"spike-by-spike", "poisson-free", "needs synapses of unit sum"},
		{"divisive-error", "divisive-modulation", "reads damped error units"},
		{"lateral-inhibition", "similarity-matching", "must lower the same one"},
		{"plastic-inhibition", "gaussian", "must lower the same one"},
	} {
		c, _ := network.CircuitNamed[float64](tt.circuit)
		r, _ := learning.RuleNamed[float64](tt.rule)
		if err := network.Pair(c, r, network.Plan{Order: network.RecogniseLearn, Steps: 20, Batch: 1}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s with %s: got %v, want %q", tt.circuit, tt.rule, err, tt.want)
		}
	}
	costly := &network.LateralInhibition[float64]{Cost: 1}
	if err := network.Pair(costly, learning.Rule[float64](&learning.Gaussian[float64]{}), network.Plan{Steps: 1}); err == nil || !strings.Contains(err.Error(), "grow and rates shrink without end") {
		t.Errorf("a cost without a norm: got %v", err)
	}
}

// TestForgetting holds mini-batches with a memory to the formula, and shows that all at
// once with nothing kept is the plain rule.
func TestForgetting(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 9)), 40, 17, 4, 0.4)
	for _, rule := range []learning.Rule[float64]{
		&learning.Poisson[float64]{Forgetting: 0.3}, &learning.PoissonFree[float64]{Forgetting: 0.3}, &learning.Gaussian[float64]{Forgetting: 0.3},
	} {
		net := netOf(t, p.r, p.n, p.w, circuitFor(rule), 1)
		net.Synapses().Normalise(learning.Kept(rule))
		v, _ := neuron.RatesOf(p.m, p.n, p.v)
		h, _ := neuron.RatesOf(p.m, p.r, slices.Clone(p.h))
		l, err := network.NewLearner(net, rule, network.Plan{Order: network.LearnRecognise, Steps: 1, Batch: 20}, v, h)
		if err != nil {
			t.Fatal(err)
		}
		memory := make([]float64, p.r*p.n)
		totals, overlap := make([]float64, p.r), make([]float64, p.r*p.r)
		for batch := range 4 {
			from := batch % 2 * 20
			plain := plainNetwork{visible: p.n, hidden: p.r, synapse: reshape(net.Synapses().Weights(), p.n),
				rate: reshape(slices.Clone(h.Rows(from, from+20)), p.r), stimulus: reshape(p.v[from*p.n:(from+20)*p.n], p.n)}
			want := make([]float64, p.r*p.n)
			evidence := func(a, j int) (sum float64) {
				for i := range plain.rate {
					if rule.Objective() == learning.SquaredError {
						sum += plain.rate[i][a] * plain.stimulus[i][j]
					} else {
						sum += plain.synapse[a][j] * plain.rate[i][a] * plain.errorUnit(i, j)
					}
				}
				return sum
			}
			if batch == 0 { // the memory begins as if 1/0.3 such batches had been explained
				for a := range p.r {
					all := 0.0
					for i := range plain.rate {
						totals[a] += plain.rate[i][a] / 0.3
					}
					for b := range p.r {
						for i := range plain.rate {
							overlap[a*p.r+b] += plain.rate[i][a] * plain.rate[i][b] / 0.3
						}
					}
					for j := range p.n {
						all += evidence(a, j) / 0.3
					}
					for j := range p.n {
						switch rule.Name() {
						case "gaussian":
							for b := range p.r {
								memory[a*p.n+j] += overlap[a*p.r+b] * plain.synapse[b][j]
							}
						case "poisson-free":
							memory[a*p.n+j] = plain.synapse[a][j] * totals[a]
						default:
							memory[a*p.n+j] = plain.synapse[a][j] * all
						}
					}
				}
			}
			for a := range p.r {
				totals[a] *= 0.7
				for i := range plain.rate {
					totals[a] += plain.rate[i][a]
				}
				for b := range p.r {
					overlap[a*p.r+b] *= 0.7
					for i := range plain.rate {
						overlap[a*p.r+b] += plain.rate[i][a] * plain.rate[i][b]
					}
				}
			}
			for a := range p.r {
				for j := range p.n {
					k := a*p.n + j
					memory[k] = 0.7*memory[k] + evidence(a, j)
					switch rule.Name() {
					case "gaussian":
						down := 0.0
						for b := range p.r {
							down += overlap[a*p.r+b] * plain.synapse[b][j]
						}
						want[k] = plain.synapse[a][j] * memory[k] / down
					case "poisson-free":
						want[k] = memory[k] / totals[a]
					default:
						want[k] = memory[k]
					}
				}
			}
			synapse.Rescale(learning.Kept(rule), want, p.n)
			for range 4 {
				if _, err := l.Step(); err != nil {
					t.Fatal(err)
				}
			}
			compare(t, fmt.Sprintf("%s: W after batch %d", rule.Name(), batch), net.Synapses().Weights(), want, 1e-11, 1e-14)
		}
	}
}

// TestSimilarity holds S to its formula.
func TestSimilarity(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 9)), 70, 300, 4, 0.4)
	_, l := familyLearner[float64](t, "plastic-inhibition", "oja", 1, 1, p)
	runEpochs(t, l, 1)
	want, h := 0.0, l.Rates()
	for i := range p.m {
		for k := range p.m {
			x, y := 0.0, 0.0
			for j := range p.n {
				x += p.v[i*p.n+j] * p.v[k*p.n+j]
			}
			for a := range p.r {
				y += h.Of(i)[a] * h.Of(k)[a]
			}
			want += (x - y) * (x - y)
		}
	}
	want /= 4 * float64(p.m*p.m)
	near(t, "S", l.Objective(), want, 1e-12*want)
}

// negative is a rule that proposes what no projection may take, and moves the inhibition.
type negative struct{ learning.Oja[float64] }

func (*negative) Propose(c *learning.Change[float64]) {
	for a := c.From; a < c.To; a++ {
		next, _, _ := c.Of(a)
		next[0] = -1
	}
}

// negativeUp is a rule that proposes what one projection may not take.
type negativeUp struct {
	learning.PoissonOnline[float64]
	up *synapse.Projection[float64]
}

func (n *negativeUp) Propose(c *learning.Change[float64]) {
	n.PoissonOnline.Propose(c)
	if &c.Now[0] == &n.up.Weights()[0] {
		c.Next[len(c.Next)-1] = -1
	}
}

// TestRefusedProposalUpChangesNothingDown refuses the last weight of the synapses up, when
// those down were looked at and found good.
func TestRefusedProposalUpChangesNothingDown(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 3)), 5, 6, 3, 0)
	up := synapse.New[float64]("visible→hidden", p.r, p.n, synapse.Excitatory)
	if err := up.Set(p.w); err != nil {
		t.Fatal(err)
	}
	net := untied(t, p.r, p.n, p.w, up)
	v, _ := neuron.RatesOf(p.m, p.n, p.v)
	h := neuron.NewRates[float64](p.m, p.r)
	net.Start(v, h)
	l, err := network.NewLearner(net, &negativeUp{learning.PoissonOnline[float64]{Rate: 0.1}, up}, network.Plan{Order: network.RecogniseLearn, Steps: 5, Batch: 1, Untied: true}, v, h)
	if err != nil {
		t.Fatal(err)
	}
	down := slices.Clone(net.Synapses().Weights())
	if err := l.Epoch(); err == nil {
		t.Fatal("a negative weight was taken")
	}
	if !slices.Equal(down, net.Synapses().Weights()) {
		t.Error("synapses down have changed although the proposal was refused")
	}
}

// TestRefusedProposalChangesNothing lets a rule be refused, and looks at the inhibition
// that it has proposed as well.
func TestRefusedProposalChangesNothing(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 2)), 5, 6, 3, 0)
	c := network.NewPlasticInhibition[float64]()
	net := netOf(t, p.r, p.n, p.w, c, 1)
	v, _ := neuron.RatesOf(p.m, p.n, p.v)
	l, err := network.NewLearner(net, &negative{learning.Oja[float64]{Rate: 0.1}}, network.Plan{Order: network.RecogniseLearn, Steps: 5, Batch: 1}, v, neuron.NewRates[float64](p.m, p.r))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Epoch(); err == nil {
		t.Fatal("a negative weight was taken")
	}
	for k, m := range c.Lateral().Weights() {
		if m != 0 {
			t.Fatalf("inhibitory weight %d is %v although the proposal was refused", k, m)
		}
	}
}
