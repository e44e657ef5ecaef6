package network_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"partsnet/internal/shared"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// netOf makes a network with the synapses w (r×n).
func netOf[T float32 | float64](t testing.TB, r, n int, w []float64, c network.Circuit[T], workers int) *network.Network[T] {
	t.Helper()
	p := synapse.New[T]("hidden→visible", r, n, synapse.Excitatory)
	if err := p.Set(convert[T](w)); err != nil {
		t.Fatal(err)
	}
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, p, c, workers)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// untied returns a network of error units with untied feedforward weights.
func untied(t testing.TB, r, n int, w []float64, feedforward *synapse.Projection[float64]) *network.Network[float64] {
	t.Helper()
	p := synapse.New[float64]("hidden→visible", r, n, synapse.Excitatory)
	if err := p.Set(w); err != nil {
		t.Fatal(err)
	}
	net, err := network.NewUntied(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, p, feedforward, &network.DivisiveError[float64]{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// readRaw reads a reference set as far as a test describes it.
func readRaw(t *testing.T, set string, into any) {
	t.Helper()
	data, err := os.ReadFile(shared.Path(t, "reference", set+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// TestReferenceCircuits holds recognition by units with membranes and by divisive
// modulation to the reference, each from rest.
func TestReferenceCircuits(t *testing.T) {
	type course struct {
		W        matrix
		After1   struct{ H, U, E matrix } `json:"after_1"`
		After10  struct{ H, U, E matrix } `json:"after_10"`
		After100 struct{ H, U, E matrix } `json:"after_100"`
	}
	for _, set := range referenceSets {
		ref := readReference(t, set)
		n := len(ref.V)
		v, _ := neuron.RatesOf(4, n, ref.V.transposed()[:4*n])
		for name, circuit := range map[string]func() network.Circuit[float64]{
			"rate": func() network.Circuit[float64] {
				c := network.NewRateUnits[float64]()
				c.Tau, c.Step, c.Threshold = 10, 1, 0.05
				return c
			},
			"lca": func() network.Circuit[float64] {
				c := network.NewLocallyCompetitive[float64]()
				c.Tau, c.Step, c.Threshold = 10, 1, 0.05
				return c
			},
			"dim": func() network.Circuit[float64] {
				c := network.NewDivisiveModulation[float64]()
				c.Epsilon1, c.Epsilon2 = 1e-4, 1e-2
				return c
			},
		} {
			var want course
			if err := json.Unmarshal(ref.Recogniton[name], &want); err != nil {
				t.Fatal(err)
			}
			net := netOf(t, ref.R, n, want.W.transposed(), circuit(), 1)
			for _, at := range []struct {
				steps int
				h     matrix
			}{{1, want.After1.H}, {10, want.After10.H}, {100, want.After100.H}} {
				h := neuron.NewRates[float64](4, ref.R)
				net.Start(v, h)
				net.Recognise(v, h, at.steps)
				got := h.Rows(0, 4)
				if name == "dim" { // the reference has responses y_a = h_a max_j w_aj
					for k := range got {
						peak := 0.0
						for _, w := range net.Synapses().Of(k % ref.R) {
							peak = max(peak, w)
						}
						got[k] *= peak
					}
				}
				compare(t, fmt.Sprintf("%s/%s after %d", set, name, at.steps), got, at.h.transposed(), 1e-10, 1e-12)
			}
		}
	}
}

// TestReferenceSparseRules holds the batch rules with a cost of firing to the
// reference, objectives apart: those of the reference leave the cost out.
func TestReferenceSparseRules(t *testing.T) {
	for _, set := range referenceSets {
		ref := readReference(t, set)
		var mu struct {
			Learning struct {
				Mu float64 `json:"nnsc_mu"`
			}
		}
		readRaw(t, set, &mu)
		largest := 0.0
		for _, x := range ref.V.transposed() {
			largest = max(largest, x)
		}
		for _, tt := range []struct {
			reference string
			circuit   network.Circuit[float64]
			rule      learning.Rule[float64]
			order     network.Order
		}{
			{"snmf_liu", &network.DivisiveError[float64]{Cost: 0.1}, &learning.Poisson[float64]{}, network.RecogniseLearn},
			{"nnsc_eggert_koerner", &network.LateralInhibition[float64]{Cost: 0.1}, &learning.EggertKoerner[float64]{}, network.RecogniseLearn},
			{"lnmf", &network.LocalNMF[float64]{}, &learning.LocalNMF[float64]{}, network.RecogniseLearn},
			{"nnsc_hoyer2002", &network.LateralInhibition[float64]{Cost: 0.1}, &learning.SparseCoding[float64]{Rate: mu.Learning.Mu}, network.LearnRecognise},
		} {
			m, n := len(ref.V[0]), len(ref.V)
			net := netOf(t, ref.R, n, ref.W0.transposed(), tt.circuit, 1)
			net.Synapses().Normalise(learning.Kept(tt.rule))
			v, _ := neuron.RatesOf(m, n, ref.V.transposed())
			h, _ := neuron.RatesOf(m, ref.R, ref.H0.transposed())
			l, err := network.NewLearner(net, tt.rule, network.Plan{Order: tt.order, Steps: 1}, v, h)
			if err != nil {
				t.Fatal(err)
			}
			for _, steps := range []int{1, 10, 100} {
				for l.Epochs() < steps {
					if err := l.Epoch(); err != nil {
						t.Fatal(err)
					}
				}
				want := ref.after(t, tt.reference, steps)
				name := fmt.Sprintf("%s/%s: %%s after %d", set, tt.reference, steps)
				compare(t, fmt.Sprintf(name, "W"), net.Synapses().Weights(), want.W.transposed(), 1e-10, 1e-12)
				compare(t, fmt.Sprintf(name, "H"), h.Rows(0, m), want.H.transposed(), 1e-10, 1e-12*largest)
				if tt.rule.Objective() == learning.SquaredError {
					near(t, fmt.Sprintf(name, "E"), l.Loss(learning.SquaredError), want.E, 1e-11*want.E+1e-13)
				} else {
					near(t, fmt.Sprintf(name, "D"), l.Loss(learning.KL), want.D, 1e-11*math.Abs(want.F))
				}
			}
		}
	}
}

// TestReferenceOnlineRules holds the rules that learn from presentations to the
// reference, through 100 presentations.
func TestReferenceOnlineRules(t *testing.T) {
	type state struct {
		W, M matrix
		H, Y []float64
	}
	type course struct {
		W0       matrix
		After1   state `json:"after_1"`
		After10  state `json:"after_10"`
		After100 state `json:"after_100"`
	}
	for _, set := range referenceSets {
		ref := readReference(t, set)
		var raw struct {
			Online struct {
				Order    []int
				Dim, Nsm course
				KLOnline course `json:"kl_online"`
			}
		}
		readRaw(t, set, &raw)
		m, n := len(ref.V[0]), len(ref.V)
		stimuli := ref.V.transposed()
		largest := 0.0
		for _, x := range stimuli {
			largest = max(largest, x)
		}
		for i := range stimuli {
			stimuli[i] /= largest
		}
		for _, tt := range []struct {
			name    string
			circuit network.Circuit[float64]
			rule    learning.Rule[float64]
			steps   int
			w0      []float64
			want    course
			rel     float64
		}{
			{"kl_online", &network.DivisiveError[float64]{}, &learning.PoissonOnline[float64]{Rate: 0.05}, 50, raw.Online.KLOnline.W0.transposed(), raw.Online.KLOnline, 1e-10},
			// The reference adds 10⁻¹⁰ to peaks of about 0.2, so its responses and steps
			// differ from these by some 10⁻⁹ of themselves; over 100 presentations.
			{"dim", &network.DivisiveModulation[float64]{Epsilon1: 1e-10, Epsilon2: 1e-10}, &learning.DivisiveModulation[float64]{Rate: 0.05}, 50, raw.Online.Dim.W0.transposed(), raw.Online.Dim, 1e-7},
			{"nsm", &network.PlasticInhibition[float64]{}, &learning.SimilarityMatching[float64]{Activity: 10}, 100, rowMajor(raw.Online.Nsm.W0), raw.Online.Nsm, 1e-9},
		} {
			net := netOf(t, ref.R, n, tt.w0, tt.circuit, 1)
			v, _ := neuron.RatesOf(m, n, stimuli)
			l, err := network.NewLearner(net, tt.rule, network.Plan{Order: network.RecogniseLearn, Steps: tt.steps, Batch: 1}, v, neuron.NewRates[float64](m, ref.R))
			if err != nil {
				t.Fatal(err)
			}
			done := 0
			for _, at := range []struct {
				presentations int
				state
			}{{1, tt.want.After1}, {10, tt.want.After10}, {100, tt.want.After100}} {
				for ; done < at.presentations; done++ {
					if err := l.Present(raw.Online.Order[done]); err != nil {
						t.Fatal(err)
					}
				}
				name := fmt.Sprintf("%s/%s after %d presentations", set, tt.name, done)
				want := at.W.transposed()
				if tt.name == "nsm" {
					want = rowMajor(at.W)
					for a := range ref.R {
						for b := range ref.R {
							got := -net.Circuit().(*network.PlasticInhibition[float64]).Lateral().Of(b)[a]
							near(t, fmt.Sprintf("%s: m from %d onto %d", name, b, a), got, at.M[a][b], 1e-9*at.M[a][b]+1e-13)
						}
					}
				}
				compare(t, name+": W", net.Synapses().Weights(), want, tt.rel, 1e-12)
				if at.H != nil {
					compare(t, name+": h", l.Rates().Of(raw.Online.Order[done-1]), at.H, tt.rel, 1e-12)
				}
			}
		}
	}
}

// rowMajor returns the rows of a matrix one after the other.
func rowMajor(m matrix) (out []float64) {
	for _, row := range m {
		out = append(out, row...)
	}
	return out
}

// TestReferenceSpikes holds the response to a given spike train to the reference. A
// stimulus in which one neuron fires alone makes a spike there for certain.
func TestReferenceSpikes(t *testing.T) {
	for _, set := range referenceSets {
		ref := readReference(t, set)
		type course struct {
			After1   struct{ H []float64 } `json:"after_1"`
			After10  struct{ H []float64 } `json:"after_10"`
			After100 struct{ H []float64 } `json:"after_100"`
		}
		var raw struct {
			Online struct {
				Sbs struct {
					Spikes   []int
					W        matrix
					Constant course `json:"eps_const_0.1"`
					Falling  course `json:"eps_t_invsqrt"`
				}
			}
		}
		readRaw(t, set, &raw)
		sbs, n := raw.Online.Sbs, len(ref.V)
		for name, tt := range map[string]struct {
			epsilon func(spike int) float64
			want    course
		}{
			"constant": {func(int) float64 { return 0.1 }, sbs.Constant},
			"falling":  {func(t int) float64 { return math.Pow(float64(t), -0.5) }, sbs.Falling},
		} {
			c := network.NewSpikeBySpike[float64]()
			net := netOf(t, ref.R, n, sbs.W.transposed(), c, 1)
			h := neuron.NewRates[float64](1, ref.R)
			h.Fill(1 / float64(ref.R))
			for k, s := range sbs.Spikes {
				v := neuron.NewRates[float64](1, n)
				v.Of(0)[s] = 1
				c.Epsilon = tt.epsilon(k + 1)
				net.Recognise(v, h, 1)
				for at, want := range map[int][]float64{1: tt.want.After1.H, 10: tt.want.After10.H, 100: tt.want.After100.H} {
					if k+1 == at {
						compare(t, fmt.Sprintf("%s/%s: h after %d spikes", set, name, at), h.Of(0), want, 1e-10, 1e-12)
					}
				}
			}
		}
	}
}
