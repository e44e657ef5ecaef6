package network_test

import (
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

// settling returns a network of a circuit, stimuli for it, of more than one block, and
// rates from which recognition sets out.
func settling(t *testing.T, c network.Circuit[float64]) (*network.Network[float64], *neuron.Rates[float64], *neuron.Rates[float64]) {
	t.Helper()
	const m, n, r = 70, 12, 4
	rng := rand.New(rand.NewPCG(5, 1))
	v, h := neuron.NewRates[float64](m, n), neuron.NewRates[float64](m, r)
	for i := range v.Rows(0, m) {
		v.Rows(0, m)[i] = rng.ExpFloat64()
	}
	w := synapse.New[float64]("hidden→visible", r, n, synapse.Excitatory)
	w.Randomise(rng, 0.1, 1)
	w.Normalise(synapse.UnitSum)
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, c, 2)
	if err != nil {
		t.Fatal(err)
	}
	net.Start(v, h)
	return net, v, h
}

// TestSettle lets every circuit whose objective is a sum over stimuli settle: where it never
// may, rates are those of as many steps of one recognition; where it says that it has, more
// steps change nothing; and spikes, whose objective rises as often as it falls, and two
// stages, of which the upper keeps modulating the lower, do not settle.
func TestSettle(t *testing.T) {
	if suite.Brief() {
		t.Skip("-short: computes much")
	}
	for k, c := range network.Circuits[float64]() {
		if c.Objective() == learning.Similarity {
			continue
		}
		net, v, h := settling(t, c)
		ends := net.Settle(v, h, 35, -1)
		taken, settled := ends.Most(), ends.All()
		again, _, want := settling(t, network.Circuits[float64]()[k])
		again.Recognise(v, want, 35)
		if taken != 35 || settled || !slices.Equal(h.Rows(0, 70), want.Rows(0, 70)) {
			t.Errorf("%s: %d steps, settled %v, are not 35 steps of recognition", c.Name(), taken, settled)
		}
		net.Start(v, h)
		ends = net.Settle(v, h, 10_000, 1e-9)
		taken, settled = ends.Most(), ends.All()
		if _, random := c.(network.Stochastic); random {
			if settled || taken != 10_000 {
				t.Errorf("%s: settled after %d steps", c.Name(), taken)
			}
			continue
		}
		now := net.Objective(v, h)
		net.Settle(v, h, 400, -1)
		if later := net.Objective(v, h); !settled || taken == 10_000 || !(math.Abs(later-now) <= 1e-5*now) {
			t.Errorf("%s: settled %v after %d steps at %v, and 400 steps later it is at %v", c.Name(), settled, taken, now, later)
		}
	}
}

// TestAnswersAreIndependent shows every circuit, in both precisions, stimuli of which some are
// easy and some are hard, all at once and one by one, as rates and as counts, until they settle and
// for a number of steps: an answer has the same bits alone and among others. Circuits that draw
// random numbers take a number of steps, with random numbers that depend on the stimulus.
func TestAnswersAreIndependent(t *testing.T) {
	t.Run("float64", independent[float64])
	t.Run("float32", independent[float32])
}

func independent[T neuron.Float](t *testing.T) {
	t.Parallel()
	const m, n, r = 77, 53, 7
	rng := rand.New(rand.NewPCG(7, 1))
	v, all := make([]T, 0, m*n), neuron.NewRates[T](m, n)
	for i := range m {
		gain := math.Pow(10, float64(i%5)-3)
		for range n {
			v = append(v, T(math.Floor(rng.ExpFloat64()+0.3*float64(i%3))*gain))
		}
	}
	copy(all.Rows(0, m), v)
	counts := func(from, to int) neuron.Stimuli[T] {
		start, index, rate := []int{0}, []int32{}, []T{}
		for i := from; i < to; i++ {
			for j, x := range v[i*n : (i+1)*n] {
				if x > 0 {
					index, rate = append(index, int32(j)), append(rate, x)
				}
			}
			start = append(start, len(index))
		}
		c, err := neuron.CountsOf(n, start, index, rate)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	dense := func(from, to int) neuron.Stimuli[T] {
		some := neuron.NewRates[T](to-from, n)
		copy(some.Rows(0, to-from), v[from*n:to*n])
		return some
	}
	for _, c := range network.Circuits[T]() {
		w := synapse.New[T]("hidden→visible", r, n, synapse.Excitatory)
		w.Randomise(rng, 0.1, 1)
		w.Normalise(synapse.UnitSum)
		net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, c, 2)
		if err != nil {
			t.Fatal(err)
		}
		_, random := any(c).(network.Stochastic)
		for form, stimuli := range map[string]func(from, to int) neuron.Stimuli[T]{"rates": dense, "counts": counts} {
			for _, steps := range []int{-1, 23} {
				recognise := func(from, to int) (*neuron.Rates[T], network.Settling) {
					some, h := stimuli(from, to), neuron.NewRates[T](to-from, r)
					net.Start(some, h)
					if steps > 0 {
						if random {
							net.RecogniseApart(some, h, steps)
						} else {
							net.Recognise(some, h, steps)
						}
						return h, network.Settling{}
					}
					return h, net.Settle(some, h, 400, 1e-7)
				}
				if _, additive := learning.AdditiveIn[T](c.Objective()); (!additive || random) && steps < 0 {
					continue
				}
				together, ends := recognise(0, m)
				if _, fast := any(c).(*network.LocalNMF[T]); steps < 0 && !fast && slices.Min(ends.Steps) == slices.Max(ends.Steps) {
					t.Errorf("%s, %s: every stimulus takes %d steps, so that this proves nothing", c.Name(), form, ends.Most())
				}
				for i := range m {
					alone, end := recognise(i, i+1)
					if !slices.Equal(alone.Of(0), together.Of(i)) || steps < 0 && (end.Steps[0] != ends.Steps[i] || end.Settled[0] != ends.Settled[i]) {
						t.Errorf("%s, %s, %d steps: stimulus %d answers %v alone after %v, and %v among others after %v", c.Name(), form, steps, i, alone.Of(0), end, together.Of(i), ends)
						break
					}
				}
			}
		}
	}
}

// TestNetworkRestore gives a network what another has learned, and what none has.
func TestNetworkRestore(t *testing.T) {
	plastic := func() *network.PlasticInhibition[float64] {
		c := network.NewPlasticInhibition[float64]()
		c.Threshold = 0.3
		return c
	}
	from, v, h := settling(t, plastic())
	learned := from.Arrays()
	if len(learned) != 3 || learned[1].Name != "hidden→hidden" || learned[2].Name != "thresholds" {
		t.Fatalf("the network has %+v", learned)
	}
	for i := range learned[1].Numbers {
		learned[1].Numbers[i] = -0.1 * float64(i)
	}
	learned[2].Numbers[1] = 0.5
	from.Recognise(v, h, 20)
	to, _, g := settling(t, network.NewPlasticInhibition[float64]())
	if err := to.Restore(learned); err != nil {
		t.Fatal(err)
	}
	to.Recognise(v, g, 20)
	if !slices.Equal(h.Rows(0, 70), g.Rows(0, 70)) {
		t.Error("a network that was given what another has learned recognises otherwise")
	}
	for want, spoil := range map[string]func(a []network.Array[float64]) []network.Array[float64]{
		`no. 2 of "thresholds" is NaN; allowed are finite numbers`: func(a []network.Array[float64]) []network.Array[float64] { a[2].Numbers[2] = math.NaN(); return a },
		"a state of 2 arrays; this network has 3":                  func(a []network.Array[float64]) []network.Array[float64] { return a[:2] },
		`"thresholds" with 4 numbers in 4 rows`:                    func(a []network.Array[float64]) []network.Array[float64] { a[2].Rows = 4; return a },
		"hidden→hidden":                                            func(a []network.Array[float64]) []network.Array[float64] { a[1].Numbers[0] = 1; return a },
	} {
		other, _, _ := settling(t, plastic())
		var spoiled []network.Array[float64]
		for _, a := range learned {
			a.Numbers = slices.Clone(a.Numbers)
			spoiled = append(spoiled, a)
		}
		if err := other.Restore(spoil(spoiled)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
