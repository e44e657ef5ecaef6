package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// hide returns a mask that hides a share of the entries of a problem, a whole stimulus among
// them now and then and another not at all, and the same as a table. A negative share hides
// the same neurons, about half, of every stimulus.
func (p problem) hide(rng *rand.Rand, share float64) (*neuron.Mask, [][]bool) {
	mask, table := neuron.NewMask(p.m, p.n), make([][]bool, p.m)
	blank, whole, same := rng.IntN(2*p.m), rng.IntN(2*p.m), rng.Uint64()
	for i := range table {
		table[i] = make([]bool, p.n)
		for j := range table[i] {
			hides := i == blank || i != whole && rng.Float64() < share
			if share < 0 {
				hides = same>>(j%64)&1 == 1
			}
			if hides {
				table[i][j] = true
				mask.Hide(i, j)
			}
		}
	}
	return mask, table
}

// partial returns the stimuli of a problem with a mask, as rates or as counts.
func (p problem) partial(t testing.TB, mask *neuron.Mask, counts bool) *neuron.Partial[float64] {
	t.Helper()
	var v neuron.Stimuli[float64] = p.counted(t)
	if !counts {
		rates, err := neuron.RatesOf(p.m, p.n, slices.Clone(p.v))
		if err != nil {
			t.Fatal(err)
		}
		v = rates
	}
	partial, err := neuron.PartialOf(v, mask)
	if err != nil {
		t.Fatal(err)
	}
	return partial
}

// learns returns a learner of these stimuli from the start of the problem.
func (p problem) learns(t testing.TB, v network.Stimuli[float64], c network.Circuit[float64], rule learning.Rule[float64], plan network.Plan, workers int) (*network.Network[float64], *network.Learner[float64], error) {
	t.Helper()
	w := synapse.New[float64]("hidden→visible", p.r, p.n, synapse.Excitatory)
	if err := w.Set(p.w); err != nil {
		t.Fatal(err)
	}
	w.Normalise(learning.InitialNorm(rule))
	net, err := network.New(neuron.Layer{Name: "visible", Size: p.n}, neuron.Layer{Name: "hidden", Size: p.r}, w, c, workers)
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(p.m, p.r, slices.Clone(p.h))
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, plan, v, h)
	return net, l, err
}

// TestMissingLikePlain lets fast and plain network learn side by side from stimuli of which
// entries are missing, dense and counts, for every pair that shares the plain rules.
func TestMissingLikePlain(t *testing.T) {
	for _, pair := range pairings {
		if pair.order == network.Simultaneous {
			continue
		}
		t.Run(fmt.Sprintf("%s/%s", pair.rule, pair.order), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				p := drawProblem(rt)
				p.m = min(p.m, 70) // the plain network is slow
				p.v, p.h = p.v[:p.m*p.n], p.h[:p.m*p.r]
				share := rapid.SampledFrom([]float64{0, 0.1, 0.6, 1, -1}).Draw(rt, "share")
				mask, table := p.hide(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "mask"), 2)), share)
				rule := ruleOf(t, pair.rule)
				net, l, err := p.learns(t, p.partial(t, mask, rapid.Bool().Draw(rt, "counts")), circuitFor(rule), rule, network.Plan{Order: pair.order, Steps: 1}, 2)
				if err != nil {
					rt.Fatal(err)
				}
				plain := &plainNetwork{visible: p.n, hidden: p.r, missing: table, stimulus: reshape(p.v, p.n), rate: reshape(p.h, p.r), synapse: reshape(net.Synapses().Weights(), p.n)}
				if mask.Missing() == 0 {
					plain.missing = nil
				}
				for epoch := range 4 {
					if err := l.Epoch(); err != nil {
						rt.Fatal(err)
					}
					plain.epoch(pair.rule, pair.order)
					alike(rt, fmt.Sprintf("synapses of epoch %d", epoch), net.Synapses().Weights(), slices.Concat(plain.synapse...))
					alike(rt, fmt.Sprintf("rates of epoch %d", epoch), l.Rates().Rows(0, p.m), slices.Concat(plain.rate...))
				}
			})
		})
	}
}

// alike demands agreement to 10⁻⁹ of the larger number, or of 1: sums of some hundred terms
// in another order, through four epochs.
func alike(t *rapid.T, what string, got, want []float64) {
	t.Helper()
	for i, x := range got {
		if !(math.Abs(x-want[i]) <= 1e-9*max(1, math.Abs(want[i]))) {
			t.Fatalf("%s: no. %d is %v; the plain network has %v", what, i, x, want[i])
		}
	}
}

// TestMissingNeverRises is [TestObjectiveNeverRises] with missing entries: D and E of what is
// seen, which are compared with their definitions too, never rise; the law of the divisive
// circuit holds on what is seen; and the conditions of Optimality have their plain values.
func TestMissingNeverRises(t *testing.T) {
	for _, pair := range pairings {
		if pair.order == network.Simultaneous {
			continue
		}
		t.Run(fmt.Sprintf("%s/%s", pair.rule, pair.order), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				p := drawProblem(rt)
				mask, table := p.hide(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "mask"), 2)), rapid.SampledFrom([]float64{0.05, 0.5, 0.9, -1}).Draw(rt, "share"))
				rule := ruleOf(t, pair.rule)
				net, l, err := p.learns(t, p.partial(t, mask, false), circuitFor(rule), rule, network.Plan{Order: pair.order, Steps: 1}, 1)
				if err != nil {
					rt.Fatal(err)
				}
				size := 1.0
				for _, v := range p.v {
					size += v * v
					if v > 0 {
						size += v * (1 + math.Abs(math.Log(v)))
					}
				}
				objective := func() float64 {
					plain := &plainNetwork{visible: p.n, hidden: p.r, rate: reshape(l.Rates().Rows(0, p.m), p.r), synapse: reshape(net.Synapses().Weights(), p.n)}
					sum := 0.0
					for i := range p.m {
						for j := range p.n {
							x, v := plain.prediction(i, j), p.v[i*p.n+j]
							switch {
							case table[i][j]:
							case pair.rule == "gaussian":
								sum += (v - x) * (v - x) / 2
							case v > 0:
								sum += v*math.Log(v/x) - v + x
							default:
								sum += x
							}
						}
					}
					return sum
				}
				before := l.Objective()
				for range 12 {
					if err := l.Epoch(); err != nil {
						rt.Fatal(err)
					}
					now := l.Objective()
					if !(now-before <= 1e-13*(size+math.Abs(before))) {
						rt.Fatalf("the objective rose from %v to %v in epoch %d", before, now, l.Epochs())
					}
					if want := objective(); !(math.Abs(now-want) <= 1e-12*(size+want)) {
						rt.Fatalf("the objective is %v; by its definition it is %v", now, want)
					}
					before = now
				}
				if _, err := l.Invariants(); err != nil {
					rt.Fatal(err)
				}
			})
		})
	}
}

// TestMissingOptimality compares with the definition and finds a small number once a network has
// settled, dense and both objectives.
func TestMissingOptimality(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	p := randomProblem(rng, 100, 17, 3, 0.2)
	mask, table := p.hide(rng, 0.3)
	for _, name := range []string{"poisson", "poisson-free", "gaussian"} {
		rule := ruleOf(t, name)
		net, l, err := p.learns(t, p.partial(t, mask, false), circuitFor(rule), rule, network.Plan{Steps: 1}, 2)
		if err != nil {
			t.Fatal(err)
		}
		for epoch := range 5 {
			got := l.Optimality()
			rates, synapses := plainOptimalityOf(rule.Objective(), p.v, net.Synapses().Weights(), l.Rates().Rows(0, p.m), p.n, p.r, 0, func(k int) bool { return !table[k/p.n][k%p.n] })
			if math.Abs(got.Rates-rates) > 1e-10 || math.Abs(got.Synapses-synapses) > 1e-10 {
				t.Errorf("%s, epoch %d: %+v, want %v and %v", name, epoch, got, rates, synapses)
			}
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		first := l.Optimality()
		for range 3000 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		if end := l.Optimality(); !(end.Rates < first.Rates/20) || !(end.Synapses < first.Synapses/20) {
			t.Errorf("%s: %+v after five epochs, %+v after three thousand", name, first, end)
		}
	}
}

// TestNothingMissing demands the bits of a run without a mask from a mask that hides nothing,
// and the bits of whole stimuli from those beside stimuli that miss something.
func TestNothingMissing(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 4)), 90, 21, 5, 0.3)
	for _, c := range network.Circuits[float64]() {
		for _, name := range []string{"poisson", "gaussian", "poisson-online", "subtractive"} {
			rule := ruleOf(t, name)
			plan, err := network.PlanFor(c, rule, network.Plan{Epochs: 2})
			if err != nil {
				continue
			}
			rates, _ := neuron.RatesOf(p.m, p.n, slices.Clone(p.v))
			all, whole, err := p.learns(t, rates, c, rule, plan, 1)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := network.CircuitNamed[float64](c.Name())
			seen, masked, err := p.learns(t, p.partial(t, neuron.NewMask(p.m, p.n), false), again, rule, plan, 2)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := whole.Epoch(); err != nil {
					t.Fatal(err)
				}
				if err := masked.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(all.Synapses().Weights(), seen.Synapses().Weights()) || !slices.Equal(whole.Rates().Rows(0, p.m), masked.Rates().Rows(0, p.m)) || whole.Objective() != masked.Objective() {
				t.Errorf("%s, %s: other bits with a mask that hides nothing", c.Name(), name)
			}
			if network.TakesMissing[float64](c) != nil {
				continue
			}
			mask := neuron.NewMask(p.m, p.n)
			for i := 1; i < p.m; i += 3 {
				mask.Hide(i, i%p.n)
			}
			h, g := neuron.NewRates[float64](p.m, p.r), neuron.NewRates[float64](p.m, p.r)
			all.Start(rates, h)
			all.Recognise(rates, h, 30)
			v := p.partial(t, mask, false)
			seen.Start(v, g)
			seen.Recognise(v, g, 30)
			for i := range p.m {
				if lacks := i%3 == 1; slices.Equal(h.Of(i), g.Of(i)) == lacks && !(lacks && p.v[i*p.n+i%p.n] == 0) {
					t.Errorf("%s: stimulus %d, of which one entry is missing: %v, has the rates %v, without a mask %v", c.Name(), i, lacks, g.Of(i), h.Of(i))
				}
			}
		}
	}
}

// TestMissingSameBits demands the same bits for any number of workers, and after a learner was
// made anew from its state, of every pair that takes missing entries; and that no pair refuses
// but by a sentence.
func TestMissingSameBits(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	p := randomProblem(rand.New(rand.NewPCG(7, 8)), 200, 19, 6, 0.3)
	mask, _ := p.hide(rand.New(rand.NewPCG(9, 9)), 0.3)
	v := p.partial(t, mask, false)
	took := map[string]bool{}
	for _, c := range network.Circuits[float64]() {
		for _, rule := range learning.Rules[float64]() {
			for _, forgetting := range []float64{1, 0.5} {
				plan, err := network.PlanFor(c, rule, network.Plan{})
				if err != nil {
					continue
				}
				if p, ok := rule.(learning.Parametric); ok && p.Parameters()[0].Name == "forgetting" && forgetting < 1 {
					learning.Assign(rule, map[string]float64{"forgetting": forgetting})
					plan.Batch = 50
				}
				run := func(workers int, resumed bool) ([]float64, error) {
					again, _ := network.CircuitNamed[float64](c.Name())
					if s, ok := again.(network.Stochastic); ok {
						s.Seed(1)
					}
					net, l, err := p.learns(t, v, again, rule, plan, workers)
					for range 2 {
						if err != nil {
							return nil, err
						}
						if err = l.Epoch(); err == nil && resumed {
							state := l.State()
							again, _ := network.CircuitNamed[float64](c.Name())
							var next *network.Learner[float64]
							net, next, err = p.learns(t, v, again, rule, plan, workers)
							if err == nil {
								err = next.Restore(state)
							}
							l = next
						}
					}
					return slices.Concat(net.Synapses().Weights(), l.Rates().Rows(0, p.m)), err
				}
				one, err := run(1, false)
				if err != nil {
					if !strings.Contains(err.Error(), "missing entries") || !strings.Contains(err.Error(), "allowed is") {
						t.Errorf("%s, %s: %v", c.Name(), rule.Name(), err)
					}
					continue
				}
				took[c.Name()], took[rule.Name()] = true, true
				for _, workers := range []int{2, 5} {
					if more, err := run(workers, workers == 5); err != nil || !slices.Equal(one, more) {
						t.Errorf("%s, %s: other bits with %d workers, %v", c.Name(), rule.Name(), workers, err)
					}
				}
			}
		}
	}
	for _, name := range []string{"divisive-error", "lateral-inhibition", "rate-units", "lca", "poisson", "poisson-free", "gaussian", "poisson-online", "subtractive", "eggert-koerner", "sparse-coding", "hoyer-projection"} {
		if !took[name] {
			t.Errorf("%s has taken no missing entries", name)
		}
	}
}

// TestMissingSettlesAtTheSameAnswer compares circuits for squared error on stimuli that miss
// entries: rates settle at the non-negative least squares of what is seen, whether the
// circuit multiplies or has a membrane, and what is masked is filled in by the prediction:
// stimuli that are sums of two parts are completed from what is left of them.
func TestMissingSettlesAtTheSameAnswer(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	const m, n, r = 20, 30, 4
	p := randomProblem(rng, m, n, r, 0)
	w := synapse.New[float64]("parts", r, n, synapse.Excitatory)
	for i := range p.w {
		p.w[i] = max(0, rng.NormFloat64())
	}
	if err := w.Set(p.w); err != nil {
		t.Fatal(err)
	}
	w.Normalise(synapse.UnitLength)
	truth := make([]float64, m*r)
	for i := range m {
		for a := range r {
			truth[i*r+a] = rng.ExpFloat64()
			for j := range n {
				if a == 0 {
					p.v[i*n+j] = 0
				}
				p.v[i*n+j] += truth[i*r+a] * w.Of(a)[j]
			}
		}
	}
	mask, _ := p.hide(rng, 0.4)
	for _, tt := range []struct {
		name      string
		tolerance float64
	}{{"divisive-error", 1e-6}, {"lateral-inhibition", 1e-6}, {"rate-units", 1e-6}, {"lca", 1e-6}} {
		c, _ := network.CircuitNamed[float64](tt.name)
		learning.Assign(c, map[string]float64{"threshold": 0})
		net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, c, 1)
		if err != nil {
			t.Fatal(err)
		}
		v, h := p.partial(t, mask, false), neuron.NewRates[float64](m, r)
		net.Start(v, h)
		net.Recognise(v, h, 20000)
		prediction := make([]float64, n)
		for i := range m {
			if mask.MissingOf(i) == n {
				continue
			}
			net.Predict(prediction, h.Of(i))
			for j, x := range prediction {
				if !(math.Abs(x-p.v[i*n+j]) <= tt.tolerance) {
					t.Fatalf("%s: visible neuron %d to stimulus %d, seen: %v, is completed as %v; it is %v", tt.name, j, i, mask.Seen(i, j), x, p.v[i*n+j])
				}
			}
		}
	}
}

// TestLearnWithMissing completes stimuli that are sums of three parts from 70 % of their entries,
// whatever stands in the place of the others: 99 % of the variance of these at least.
func TestLearnWithMissing(t *testing.T) {
	const m, n, r = 60, 24, 3
	rng := rand.New(rand.NewPCG(2, 3))
	v, shown, seen := mat.NewDense(m, n, nil), mat.NewDense(m, n, nil), neuron.NewMask(m, n)
	for i := range m {
		h := [r]float64{rng.ExpFloat64(), rng.ExpFloat64(), rng.ExpFloat64()}
		for j := range n {
			v.Set(i, j, h[j/(n/r)]+0.3*h[j%r])
			shown.Set(i, j, v.At(i, j))
			if rng.Float64() < 0.3 {
				seen.Hide(i, j)
				shown.Set(i, j, 100)
			}
		}
	}
	for _, o := range []network.Options{{}, {Circuit: &network.LateralInhibition[float64]{}, Rule: &learning.Gaussian[float64]{}}} {
		o.Seen, o.Plan.Epochs = seen, 5000
		result, err := network.Learn(shown, r, o)
		if err != nil {
			t.Fatal(err)
		}
		var p mat.Dense
		p.Mul(result.Rates, result.Synapses)
		mean, wrong, varies := mat.Sum(v)/(m*n), 0.0, 0.0
		for i := range m {
			for j := range n {
				if !seen.Seen(i, j) {
					wrong += (p.At(i, j) - v.At(i, j)) * (p.At(i, j) - v.At(i, j))
					varies += (v.At(i, j) - mean) * (v.At(i, j) - mean)
				}
			}
		}
		if !(wrong < varies/100) {
			t.Errorf("%s leaves %.2g of the variance of missing entries; they follow from three parts", result.Learner.Rule().Name(), wrong/varies)
		}
	}
}

// TestMissingAloneLikeTogether recognises stimuli that miss entries together and one by one, in blocks
// where all miss the same and where each misses others, and demands the same bits.
func TestMissingAloneLikeTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	const m, n, r = 70, 29, 6
	p := randomProblem(rng, m, n, r, 0.1)
	for _, name := range []string{"divisive-error", "lateral-inhibition", "rate-units", "lca"} {
		for _, share := range []float64{0.3, -1} {
			mask, _ := p.hide(rng, share)
			c, err := network.CircuitNamed[float64](name)
			if err != nil {
				t.Fatal(err)
			}
			net := netOf(t, r, n, p.w, c, 2)
			net.Synapses().Normalise(synapse.UnitLength)
			together := neuron.NewRates[float64](m, r)
			v := p.partial(t, mask, false)
			net.Start(v, together)
			net.Recognise(v, together, 7)
			for i := range m {
				rates, err := neuron.RatesOf(1, n, slices.Clone(p.v[i*n:(i+1)*n]))
				if err != nil {
					t.Fatal(err)
				}
				one, err := neuron.PartialOf(rates, mask.Of([]int{i}))
				if err != nil {
					t.Fatal(err)
				}
				alone := neuron.NewRates[float64](1, r)
				net.Start(one, alone)
				net.Recognise(one, alone, 7)
				if !slices.Equal(alone.Of(0), together.Of(i)) {
					t.Fatalf("%s: stimulus %d alone has the rates %v, and among others %v", name, i, alone.Of(0), together.Of(i))
				}
			}
		}
	}
}
