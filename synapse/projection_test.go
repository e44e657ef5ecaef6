package synapse_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"partsnet/synapse"
)

func TestProjectionRefusesTheWrongSign(t *testing.T) {
	tests := []struct {
		sign synapse.Sign
		bad  float64
		want string
	}{
		{synapse.Excitatory, -0.5, "the weight of neuron 1 onto neuron 2 is -0.5; excitatory synapses are finite and ≥ 0"},
		{synapse.Excitatory, math.Inf(1), "the weight of neuron 1 onto neuron 2 is +Inf; excitatory synapses are finite and ≥ 0"},
		{synapse.Excitatory, math.NaN(), "the weight of neuron 1 onto neuron 2 is NaN; excitatory synapses are finite and ≥ 0"},
		{synapse.Inhibitory, 0.5, "the weight of neuron 1 onto neuron 2 is 0.5; inhibitory synapses are finite and ≤ 0"},
		{synapse.Inhibitory, math.Inf(-1), "the weight of neuron 1 onto neuron 2 is -Inf; inhibitory synapses are finite and ≤ 0"},
	}
	for _, tt := range tests {
		p := synapse.New[float64]("hidden→visible", 2, 3, tt.sign)
		w := []float64{0, 0, 0, 0, 0, tt.bad}
		err := p.Set(w)
		var we *synapse.WeightError
		if !errors.As(err, &we) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, weight %v: got %v, want %q", tt.sign, tt.bad, err, tt.want)
		}
		if slices.Contains(p.Weights(), tt.bad) {
			t.Errorf("%v: the refused weight %v is in the projection", tt.sign, tt.bad)
		}
		if got := p.Audit(); got != (synapse.Audit{Checked: 6, Refused: 1}) {
			t.Errorf("%v: audit %+v, want 6 checked, 1 refused", tt.sign, got)
		}
	}
}

func TestCommitSwapsOrRefuses(t *testing.T) {
	p := synapse.New[float32]("a→b", 1, 2, synapse.Excitatory)
	good := []float32{1, 2}
	spare, err := p.Commit(good)
	if err != nil || &p.Weights()[0] != &good[0] || len(spare) != 2 {
		t.Fatalf("commit: %v, weights %v, spare %v", err, p.Weights(), spare)
	}
	bad := []float32{3, -4}
	spare, err = p.Commit(bad)
	if err == nil || &spare[0] != &bad[0] {
		t.Fatalf("a negative weight was committed: %v", p.Weights())
	}
	if !slices.Equal(p.Weights(), []float32{1, 2}) {
		t.Errorf("a refused proposal changed the weights to %v", p.Weights())
	}
	if got := p.Audit(); got != (synapse.Audit{Checked: 4, Refused: 1}) {
		t.Errorf("audit %+v, want 4 checked, 1 refused", got)
	}
}

func TestNormaliseSharesOutOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pre := rapid.IntRange(1, 5).Draw(t, "pre")
		post := rapid.IntRange(1, 40).Draw(t, "post")
		sign := rapid.SampledFrom([]synapse.Sign{synapse.Excitatory, synapse.Inhibitory}).Draw(t, "sign")
		p := synapse.New[float64]("p", pre, post, sign)
		p.Randomise(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)), 0.1, 1)
		before := slices.Clone(p.Weights())
		p.Normalise(synapse.UnitSum)
		// A sum of post positive terms, each rounded once, is within post·2⁻⁵³ of 1.
		if d := p.Deviation(synapse.UnitSum); d > float64(post+1)*0x1p-53 {
			t.Fatalf("deviation %v after normalising", d)
		}
		for i, x := range p.Weights() {
			if !sign.Allows(x) || x == 0 {
				t.Fatalf("weight %v of an %v projection", x, sign)
			}
			first := i / post * post
			if got, want := x/p.Weights()[first], before[i]/before[first]; math.Abs(got-want) > 1e-14*want {
				t.Fatalf("ratio of two synapses of one neuron %v, was %v", got, want)
			}
		}
	})
}

func TestNormaliseLeavesANeuronWithoutSynapses(t *testing.T) {
	p := synapse.New[float64]("p", 2, 2, synapse.Excitatory)
	if err := p.Set([]float64{0, 0, 1, 3}); err != nil {
		t.Fatal(err)
	}
	p.Normalise(synapse.UnitSum)
	if want := []float64{0, 0, 0.25, 0.75}; !slices.Equal(p.Weights(), want) {
		t.Errorf("got %v, want %v", p.Weights(), want)
	}
	if d := p.Deviation(synapse.UnitSum); d != 0 {
		t.Errorf("deviation %v, want 0: a neuron without synapses does not count", d)
	}
}

func TestDeviationSeesAChangedSum(t *testing.T) {
	p := synapse.New[float64]("p", 1, 2, synapse.Inhibitory)
	if err := p.Set([]float64{-0.5, -0.75}); err != nil {
		t.Fatal(err)
	}
	if d := p.Deviation(synapse.UnitSum); d != 0.25 {
		t.Errorf("deviation %v, want 0.25", d)
	}
	if d := p.Deviation(synapse.Free); d != 0 {
		t.Errorf("deviation %v from no normalisation, want 0", d)
	}
}

func TestRandomiseIsRepeatable(t *testing.T) {
	draw := func(seed uint64) []float64 {
		p := synapse.New[float64]("p", 3, 4, synapse.Excitatory)
		p.Randomise(rand.New(rand.NewPCG(seed, 0)), 0.1, 1)
		return p.Weights()
	}
	if !slices.Equal(draw(1), draw(1)) {
		t.Error("the same stream gave other weights")
	}
	if slices.Equal(draw(1), draw(2)) {
		t.Error("another stream gave the same weights")
	}
	for _, w := range draw(3) {
		if w < 0.1 || w >= 1 {
			t.Errorf("weight %v outside [0.1, 1)", w)
		}
	}
}
