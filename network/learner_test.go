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
	"partsnet/synapse"
)

// pairings are all pairs of rule and order that have a meaning.
var pairings = []struct {
	rule  string
	order network.Order
}{
	{"poisson", network.LearnRecognise},
	{"poisson", network.RecogniseLearn},
	{"poisson", network.Simultaneous},
	{"poisson-free", network.LearnRecognise},
	{"poisson-free", network.RecogniseLearn},
	{"gaussian", network.LearnRecognise},
	{"gaussian", network.RecogniseLearn},
}

// problem is a random start: stimuli with zeros, weights and rates all positive.
type problem struct {
	m, n, r int
	v, w, h []float64
}

func randomProblem(rng *rand.Rand, m, n, r int, zeros float64) problem {
	p := problem{m: m, n: n, r: r}
	for range m * n {
		x := rng.ExpFloat64()
		if rng.Float64() < zeros {
			x = 0
		}
		p.v = append(p.v, x)
	}
	for range r * n {
		p.w = append(p.w, 0.1+0.9*rng.Float64())
	}
	for range m * r {
		p.h = append(p.h, 0.1+0.9*rng.Float64())
	}
	return p
}

func (p problem) start(t testing.TB, rule string, order network.Order, workers int) (*network.Network[float64], *network.Learner[float64]) {
	t.Helper()
	w := synapse.New[float64]("hidden→visible", p.r, p.n, synapse.Excitatory)
	if err := w.Set(p.w); err != nil {
		t.Fatal(err)
	}
	x, err := learning.RuleNamed[float64](rule)
	if err != nil {
		t.Fatal(err)
	}
	w.Normalise(learning.Kept(x))
	return start(t, p.m, p.n, p.r, slices.Clone(p.v), slices.Clone(p.h), w, rule, order, workers)
}

func drawProblem(t *rapid.T) problem {
	m := rapid.SampledFrom([]int{1, 2, 3, 63, 64, 65, 130}).Draw(t, "m")
	n := rapid.IntRange(1, 30).Draw(t, "n")
	r := rapid.IntRange(1, 12).Draw(t, "r")
	zeros := rapid.SampledFrom([]float64{0, 0.3, 0.9}).Draw(t, "zeros")
	return randomProblem(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)), m, n, r, zeros)
}

// TestObjectiveNeverRises is the theorem of Lee & Seung (2001) for every
// pairing, up to the rounding of sums of m·n terms: D is a sum of terms of the size
// v (1 + |log v|), E of v². Each is right to some 2⁻⁵³ of its size, and so is what remains
// where they cancel; 10⁻¹³ is a thousand times that.
func TestObjectiveNeverRises(t *testing.T) {
	for _, pair := range pairings {
		t.Run(fmt.Sprintf("%s/%s", pair.rule, pair.order), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				p := drawProblem(rt)
				net, l := p.start(t, pair.rule, pair.order, 1)
				size := 0.0
				for _, v := range p.v {
					switch {
					case pair.rule == "gaussian":
						size += v * v
					case v > 0:
						size += v * (1 + math.Abs(math.Log(v)))
					}
				}
				before := l.Objective()
				for range 15 {
					if err := l.Epoch(); err != nil {
						rt.Fatal(err)
					}
					now := l.Objective()
					if !(now-before <= 1e-13*(size+math.Abs(before))) {
						rt.Fatalf("the objective rose from %v to %v in epoch %d", before, now, l.Epochs())
					}
					before = now
				}
				inv, err := l.Invariants()
				if err != nil {
					rt.Fatal(err)
				}
				if inv.Synapses.Refused != 0 || inv.Synapses.Checked < int64(16*p.n*p.r) {
					rt.Fatalf("sign audit %+v after 15 epochs of %d synapses", inv.Synapses, p.n*p.r)
				}
				// A sum of n or r terms of one sign is right to their number times 2⁻⁵³.
				if bound := float64(p.n+p.r+8) * 0x1p-51; inv.Normalisation > bound || inv.Conservation > bound {
					rt.Fatalf("deviation %v from normalisation, %v from conservation; %v allowed", inv.Normalisation, inv.Conservation, bound)
				}
				_ = net
			})
		})
	}
}

// TestPlainSimulation proves that the two readings of a run agree: the batch
// path gives what a simulation neuron by neuron gives, to rounding.
func TestPlainSimulation(t *testing.T) {
	for _, pair := range pairings {
		rapid.Check(t, func(rt *rapid.T) {
			p := drawProblem(rt)
			net, l := p.start(t, pair.rule, pair.order, 2)
			plain := plainNetwork{visible: p.n, hidden: p.r,
				synapse: reshape(net.Synapses().Weights(), p.n), rate: reshape(p.h, p.r), stimulus: reshape(p.v, p.n)}
			for epoch := 1; epoch <= 3; epoch++ {
				if err := l.Epoch(); err != nil {
					rt.Fatal(err)
				}
				plain.epoch(pair.rule, pair.order)
				close := func(what string, got []float64, want [][]float64) {
					for i, x := range slices.Concat(want...) {
						if math.Abs(got[i]-x) > 1e-11*x+1e-13 {
							rt.Fatalf("%s/%s, epoch %d: %s entry %d is %v, plain simulation has %v", pair.rule, pair.order, epoch, what, i, got[i], x)
						}
					}
				}
				close("W", net.Synapses().Weights(), plain.synapse)
				close("H", l.Rates().Rows(0, p.m), plain.rate)
			}
		})
	}
}

// TestSameBitsForAnyWorkers compares every bit of W, H and the objective for
// 1, 2, 3, 8 workers and more workers than blocks.
func TestSameBitsForAnyWorkers(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 3)), 1100, 37, 5, 0.4)
	for _, pair := range pairings {
		var wantW, wantH []float64
		var wantLoss float64
		for _, workers := range []int{1, 2, 3, 8, 40} {
			net, l := p.start(t, pair.rule, pair.order, workers)
			for range 4 {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			w, h, loss := net.Synapses().Weights(), l.Rates().Rows(0, p.m), l.Objective()
			if workers == 1 {
				wantW, wantH, wantLoss = w, h, loss
			}
			if !slices.Equal(w, wantW) || !slices.Equal(h, wantH) || loss != wantLoss {
				t.Errorf("%s/%s: %d workers gave other bits than one", pair.rule, pair.order, workers)
			}
		}
	}
}

// TestUniqueFactorisation recovers the parts of a matrix whose non-negative
// factorisation is unique up to order and scale: Laurberg, Christensen,
// Plumbley, Hansen & Jensen, Theorems on positive data: on the uniqueness of
// NMF, Comput. Intell. Neurosci. 2008, doi 10.1155/2008/764206, example 3
// (eq. 9 with α = 0.1): V = X Xᵀ with X 6×3.
func TestUniqueFactorisation(t *testing.T) {
	const α = 0.1
	x := [6][3]float64{{α, 1, 0}, {1, α, 0}, {1, 0, α}, {α, 0, 1}, {0, α, 1}, {0, 1, α}}
	p := problem{m: 6, n: 6, r: 3}
	for i := range 6 {
		for j := range 6 {
			s := 0.0
			for a := range 3 {
				s += x[i][a] * x[j][a]
			}
			p.v = append(p.v, s)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 18 {
		p.w = append(p.w, 0.1+rng.Float64())
		p.h = append(p.h, 0.1+rng.Float64())
	}
	for _, rule := range []string{"poisson", "poisson-free", "gaussian"} {
		net, l := p.start(t, rule, network.LearnRecognise, 1)
		for range 20000 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		if loss := l.Objective(); loss > 1e-8 {
			t.Errorf("%s: objective %v after 20,000 epochs, want 0", rule, loss)
		}
		for a := range 3 {
			best := 0.0
			for b := range 3 {
				var dot, xx, ww float64
				for j, w := range net.Synapses().Of(b) {
					dot, xx, ww = dot+x[j][a]*w, xx+x[j][a]*x[j][a], ww+w*w
				}
				best = max(best, dot/math.Sqrt(xx*ww))
			}
			if best < 1-1e-6 {
				t.Errorf("%s: part %d found with cosine %v, want 1", rule, a, best)
			}
		}
	}
}

// TestGaussianOscillatesFromOneState shows why the order is refused: both
// updates from one state make E rise.
func TestGaussianOscillatesFromOneState(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(9, 9)), 30, 12, 3, 0)
	for i := range p.w {
		p.w[i] *= 5 // a start that predicts too much: both factors then overcorrect at once
	}
	plain := plainNetwork{visible: p.n, hidden: p.r, synapse: reshape(p.w, p.n), rate: reshape(p.h, p.r), stimulus: reshape(p.v, p.n)}
	e := func() float64 {
		sum := 0.0
		for i := range plain.stimulus {
			for j, x := range plain.stimulus[i] {
				d := x - plain.prediction(i, j)
				sum += d * d / 2
			}
		}
		return sum
	}
	rose, before := 0, e()
	for range 20 {
		plain.epoch("gaussian", network.Simultaneous)
		if now := e(); now > before {
			rose++
		}
		before = e()
	}
	if rose < 5 {
		t.Errorf("E rose in %d of 20 simultaneous epochs; the refusal would be unfounded", rose)
	}
}

// TestRefusedPairings checks that a pairing without meaning is refused with
// its reason.
func TestRefusedPairings(t *testing.T) {
	tests := []struct {
		circuit network.Circuit[float64]
		rule    string
		order   network.Order
		steps   int
		want    string
	}{
		{&network.LateralInhibition[float64]{}, "poisson", network.LearnRecognise, 1, "must lower the same one"},
		{&network.DivisiveError[float64]{}, "gaussian", network.LearnRecognise, 1, "must lower the same one"},
		{&network.LateralInhibition[float64]{}, "gaussian", network.Simultaneous, 1, "oscillate"},
		{&network.DivisiveError[float64]{}, "poisson-free", network.Simultaneous, 1, "cannot update rates and synapses from one state"},
		{&network.DivisiveError[float64]{}, "poisson", network.Simultaneous, 2, "exactly 1 recognition step"},
		{&network.DivisiveError[float64]{}, "poisson", network.LearnRecognise, 0, "at least 1"},
		{network.NewDivisiveModulation[float64](), "poisson", network.LearnRecognise, 50, "silent hidden neurons"},
	}
	for _, tt := range tests {
		rule, err := learning.RuleNamed[float64](tt.rule)
		if err != nil {
			t.Fatal(err)
		}
		if err := network.Pair(tt.circuit, rule, network.Plan{Order: tt.order, Steps: tt.steps}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s with %s, %s, %d steps: got %v, want %q", tt.circuit.Name(), tt.rule, tt.order, tt.steps, err, tt.want)
		}
	}
}

// TestDegenerateStimuli defines what happens at the edges.
func TestDegenerateStimuli(t *testing.T) {
	tests := []struct {
		name    string
		m, n, r int
		v       func(i, j int) float64
	}{
		{"a stimulus of zeros", 3, 4, 2, func(i, j int) float64 { return float64(min(i, 1) * (1 + j)) }},
		{"an input that is never on", 3, 4, 2, func(i, j int) float64 { return float64(min(j, 1) * (1 + i)) }},
		{"all zero", 3, 4, 2, func(i, j int) float64 { return 0 }},
		{"constant", 3, 4, 2, func(i, j int) float64 { return 1 }},
		{"one stimulus", 1, 4, 2, func(i, j int) float64 { return float64(j) }},
		{"one hidden neuron", 5, 4, 1, func(i, j int) float64 { return float64((1 + i) * (1 + j)) }},
		{"more hidden than visible neurons", 5, 3, 8, func(i, j int) float64 { return float64(i + j) }},
		{"one visible neuron", 5, 1, 2, func(i, j int) float64 { return float64(i) }},
	}
	for _, tt := range tests {
		for _, pair := range pairings {
			p := randomProblem(rand.New(rand.NewPCG(1, 1)), tt.m, tt.n, tt.r, 0)
			for i := range p.v {
				p.v[i] = tt.v(i/tt.n, i%tt.n)
			}
			net, l := p.start(t, pair.rule, pair.order, 1)
			for range 50 {
				if err := l.Epoch(); err != nil {
					t.Fatalf("%s, %s/%s: %v", tt.name, pair.rule, pair.order, err)
				}
			}
			if _, err := l.Invariants(); err != nil {
				t.Errorf("%s, %s/%s: %v", tt.name, pair.rule, pair.order, err)
			}
			if loss := l.Objective(); math.IsNaN(loss) || math.IsInf(loss, 0) {
				t.Errorf("%s, %s/%s: objective %v", tt.name, pair.rule, pair.order, loss)
			}
			for i := range tt.m {
				if slices.Max(p.v[i*tt.n:(i+1)*tt.n]) == 0 && slices.Max(l.Rates().Of(i)) != 0 {
					t.Errorf("%s, %s/%s: hidden neurons answer %v to a stimulus of zeros", tt.name, pair.rule, pair.order, l.Rates().Of(i))
				}
			}
			for j := range tt.n {
				on := 0.0
				for i := range tt.m {
					on += p.v[i*tt.n+j]
				}
				for a := range tt.r {
					if w := net.Synapses().Of(a)[j]; on == 0 && w != 0 {
						t.Errorf("%s, %s/%s: synapse %v onto an input that is never on", tt.name, pair.rule, pair.order, w)
					}
				}
			}
		}
	}
}

// TestExactRankOne solves the one case with a closed form: a single hidden
// neuron under the Poisson objective ends at the normalised mean stimulus.
func TestExactRankOne(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(4, 4)), 9, 6, 1, 0.3)
	net, l := p.start(t, "poisson", network.RecogniseLearn, 1)
	for range 2 {
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
	}
	total := 0.0
	mean := make([]float64, p.n)
	for i, x := range p.v {
		mean[i%p.n] += x
		total += x
	}
	for j := range mean {
		mean[j] /= total
	}
	compare(t, "W", net.Synapses().Of(0), mean, 1e-13, 1e-15)
}

// TestLockedZeros checks that a synapse and a rate of zero stay zero.
func TestLockedZeros(t *testing.T) {
	for _, pair := range pairings {
		p := randomProblem(rand.New(rand.NewPCG(8, 8)), 10, 6, 3, 0)
		p.w[7], p.h[4] = 0, 0
		net, l := p.start(t, pair.rule, pair.order, 1)
		for range 20 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		if net.Synapses().Weights()[7] != 0 || l.Rates().Rows(0, 10)[4] != 0 {
			t.Errorf("%s/%s: a zero came alive", pair.rule, pair.order)
		}
	}
}

// TestStepsCanBeInspected walks through the phases of every order and looks
// between them.
func TestStepsCanBeInspected(t *testing.T) {
	want := map[network.Order][]network.Phase{
		network.LearnRecognise: {network.Accumulate, network.Propose, network.Commit, network.Recognise},
		network.RecogniseLearn: {network.RecogniseAccumulate, network.Propose, network.Commit},
		network.Simultaneous:   {network.RecogniseAccumulate, network.Propose, network.Commit},
	}
	for order, phases := range want {
		p := randomProblem(rand.New(rand.NewPCG(2, 2)), 70, 6, 3, 0)
		net, l := p.start(t, "poisson", order, 1)
		var seen []network.Phase
		for range phases {
			before := slices.Clone(net.Synapses().Weights())
			proposal := slices.Clone(l.Proposal())
			phase, err := l.Step()
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, phase)
			changed := !slices.Equal(before, net.Synapses().Weights())
			if changed != (phase == network.Commit) {
				t.Errorf("%s: synapses changed is %v in phase %s", order, changed, phase)
			}
			if phase == network.Commit && !slices.Equal(proposal, net.Synapses().Weights()) {
				t.Errorf("%s: the committed weights are not the proposed ones", order)
			}
		}
		if !slices.Equal(seen, phases) {
			t.Errorf("%s: phases %v, want %v", order, seen, phases)
		}
		if l.Epochs() != 1 {
			t.Errorf("%s: %d epochs completed, want 1", order, l.Epochs())
		}
	}
}

// TestEpochAllocatesNothing holds the steady state to zero allocations.
func TestEpochAllocatesNothing(t *testing.T) {
	for _, pair := range pairings {
		for _, workers := range []int{1, 2} {
			p := randomProblem(rand.New(rand.NewPCG(2, 2)), 200, 20, 4, 0.2)
			_, l := p.start(t, pair.rule, pair.order, workers)
			if allocs := testing.AllocsPerRun(5, func() {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}); allocs != 0 {
				t.Errorf("%s/%s, %d workers: %v allocations an epoch", pair.rule, pair.order, workers, allocs)
			}
		}
	}
}

// overflow is a rule that proposes what no projection may take.
type overflow struct{ learning.Poisson[float64] }

func (*overflow) Propose(c *learning.Change[float64]) {
	n := c.Sum.Visible
	copy(c.Next[c.From*n:c.To*n], c.Now[c.From*n:c.To*n])
	if c.From == 0 {
		c.Next[1] = -1
	}
}

// TestNoRuleCanPushAWeightThroughZero lets a rule try.
func TestNoRuleCanPushAWeightThroughZero(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 2)), 5, 6, 3, 0)
	net, l := p.start(t, "poisson", network.LearnRecognise, 1)
	bad, err := network.NewLearner(net, &overflow{}, network.Plan{Order: network.LearnRecognise, Steps: 1}, mustRates(t, p.m, p.n, p.v), l.Rates())
	if err != nil {
		t.Fatal(err)
	}
	before := slices.Clone(net.Synapses().Weights())
	err = bad.Epoch()
	want := `network: epoch 1, rule "poisson": synapse: projection hidden→visible: the weight of neuron 0 onto neuron 1 is -1; excitatory synapses are finite and ≥ 0`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if !slices.Equal(before, net.Synapses().Weights()) {
		t.Error("the refused proposal changed the synapses")
	}
	if got := net.Synapses().Audit().Refused; got != 1 {
		t.Errorf("%d refusals counted, want 1", got)
	}
}

// TestLateralSynapsesInhibit checks that the inhibitory projection is there,
// negative, and −W Wᵀ.
func TestLateralSynapsesInhibit(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(2, 2)), 5, 6, 3, 0)
	net, _ := p.start(t, "gaussian", network.LearnRecognise, 1)
	lateral := net.Circuit().(*network.LateralInhibition[float64]).Lateral()
	if lateral.Sign() != synapse.Inhibitory {
		t.Fatalf("lateral synapses are %s", lateral.Sign())
	}
	for a := range p.r {
		for b := range p.r {
			g := 0.0
			for j := range p.n {
				g += p.w[a*p.n+j] * p.w[b*p.n+j]
			}
			if got := lateral.Of(a)[b]; math.Abs(got+g) > 1e-14 {
				t.Errorf("lateral synapse %d→%d is %v, want %v", a, b, got, -g)
			}
		}
	}
}

func TestNewRefusesWhatDoesNotFit(t *testing.T) {
	visible, hidden := neuron.Layer{Name: "visible", Size: 4}, neuron.Layer{Name: "hidden", Size: 2}
	tests := []struct {
		w    *synapse.Projection[float64]
		want string
	}{
		{synapse.New[float64]("p", 2, 5, synapse.Excitatory), `projection p joins 2 to 5 neurons, but layer "hidden" has 2 and layer "visible" has 4`},
		{synapse.New[float64]("p", 2, 4, synapse.Inhibitory), "a generative projection is excitatory"},
	}
	for _, tt := range tests {
		_, err := network.New(visible, hidden, tt.w, &network.DivisiveError[float64]{}, 1)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
}

func mustRates(t *testing.T, m, n int, x []float64) *neuron.Rates[float64] {
	t.Helper()
	r, err := neuron.RatesOf(m, n, x)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
