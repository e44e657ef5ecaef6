package measure_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/sim/measure"
	"partsnet/sim/stream"
)

// shufflesOf returns the streams of shuffles of a test.
func shufflesOf(name string) func(one, other, shuffle int) *rand.Rand {
	return func(one, other, shuffle int) *rand.Rand {
		return stream.New(1, fmt.Sprint(name, one, other, shuffle))
	}
}

func matched(t *testing.T, name string, size, shuffles int, parts ...[]float64) *measure.Matching {
	t.Helper()
	m, err := measure.Matched(context.Background(), parts, size, shuffles, shufflesOf(name))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// randomParts returns parts with weights between 0 and 1.
func randomParts(rng *rand.Rand, count, size int) []float64 {
	w := make([]float64, count*size)
	for k := range w {
		w[k] = rng.Float64()
	}
	return w
}

// TestPlantedPartsMatch gives three networks the same parts in another order and of other strength,
// one of them with a part more: all are found with the cosine 1, and the one more is left.
func TestPlantedPartsMatch(t *testing.T) {
	const size, count = 13, 4
	parts := randomParts(stream.New(3, "parts"), count, size)
	order := [][]int{{2, 0, 3, 1}, {0, 1, 2, 3}, {3, 2, 1, 0}}
	var networks [][]float64
	for g, o := range order {
		var w []float64
		for _, k := range o {
			for _, x := range parts[k*size : (k+1)*size] {
				w = append(w, x*float64(g+k+1))
			}
		}
		networks = append(networks, w)
	}
	networks[2] = append(networks[2], randomParts(stream.New(3, "one more"), 1, size)...)
	m := matched(t, "planted", size, 200, networks...)
	if m.Reference != 0 || len(m.Pairs) != 3 || m.Pairs[2].One != 1 || m.Pairs[2].Other != 2 {
		t.Fatalf("reference %d, %d pairs", m.Reference, len(m.Pairs))
	}
	for g, o := range order {
		for k, part := range m.Part[g] {
			if o[part] != order[0][k] || math.Abs(m.Cosine[g][k]-1) > 1e-12 || m.Missing(g, k) {
				t.Errorf("network %d: part %d is matched to %d with the cosine %v", g, k, part, m.Cosine[g][k])
			}
		}
		if want := []int{4}; g == 2 && !slices.Equal(m.Left[g], want) || g < 2 && m.Left[g] != nil {
			t.Errorf("network %d: %v are left", g, m.Left[g])
		}
		if math.Abs(m.Alike[g]-1) > 1e-12 {
			t.Errorf("network %d is alike by %v", g, m.Alike[g])
		}
	}
	for _, p := range m.Pairs {
		if math.Abs(p.Mean-1) > 1e-12 || p.P != 1.0/201 || !(p.Low < p.Shuffled && p.Shuffled < p.High && p.High < 1) {
			t.Errorf("networks %d and %d: mean %v, by chance %v (%v to %v), p %v", p.One, p.Other, p.Mean, p.Shuffled, p.Low, p.High, p.P)
		}
	}
}

// TestTheReferenceIsTheMostAlike gives a network half the parts of each of two others, which share
// none.
func TestTheReferenceIsTheMostAlike(t *testing.T) {
	unit := func(js ...int) (w []float64) {
		for _, j := range js {
			row := make([]float64, 8)
			row[j] = 1
			w = append(w, row...)
		}
		return w
	}
	m := matched(t, "middle", 8, 50, unit(0, 1), unit(1, 2), unit(2, 3))
	if m.Reference != 1 || m.Alike[1] != 0.5 || m.Alike[0] != 0.25 {
		t.Errorf("reference %d, alike %v", m.Reference, m.Alike)
	}
	if !m.Missing(0, 1) || m.Missing(0, 0) || m.Missing(1, 0) || !m.Missing(2, 0) || m.Missing(2, 1) { // a part that is the same is there, though one in eight is so by chance
		t.Errorf("cosines with the reference %v, chance %v", m.Cosine, m.Chance)
	}
}

// TestChanceIsByShuffle compares mean, range and p of a pair with a plain reference: all
// permutations of three neurons of one part, each as probable.
func TestChanceIsByShuffle(t *testing.T) {
	one, other := []float64{3, 4, 0}, []float64{0, 0.6, 0.8}
	// cosines of (3, 4, 0)/5 with the permutations of (0, 0.6, 0.8): 12/25, 16/25, 24/25 and 25/25 …
	var all []float64
	for _, p := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		sum := 0.0
		for j, from := range p {
			sum += one[j] / 5 * other[from]
		}
		all = append(all, sum)
	}
	mean, reach := 0.0, 0.0
	for _, x := range all {
		mean += x / 6
		if x >= all[0]-1e-12 {
			reach++
		}
	}
	const shuffles = 20_000
	p := matched(t, "three", 3, shuffles, one, other).Pairs[0]
	if math.Abs(p.Mean-all[0]) > 1e-12 {
		t.Errorf("the cosine is %v, want %v", p.Mean, all[0])
	}
	// Means of 20,000 draws scatter by less than 0.3/√20,000 = 0.002; five of these are allowed.
	if math.Abs(p.Shuffled-mean) > 0.01 || math.Abs(p.P-reach/6) > 0.02 {
		t.Errorf("by chance %v, want %v; p %v, want %v", p.Shuffled, mean, p.P, reach/6)
	}
	if p.Low != slices.Min(all) || math.Abs(p.High-slices.Max(all)) > 1e-12 {
		t.Errorf("from %v to %v, want %v to %v", p.Low, p.High, slices.Min(all), slices.Max(all))
	}
}

// TestUnrelatedPartsHaveAnyP demands that p of unrelated parts is spread evenly over 0 to 1: the
// largest distance of its distribution from that stays below what 1 % of samples exceed, 1.63/√n
// (Kolmogorov 1933; Smirnov 1948).
func TestUnrelatedPartsHaveAnyP(t *testing.T) {
	const size, count, pairs = 13, 4, 200
	var ps []float64
	for k := range pairs {
		rng := stream.New(int64(k), "unrelated")
		m := matched(t, fmt.Sprint("unrelated ", k), size, 99, randomParts(rng, count, size), randomParts(rng, count, size))
		ps = append(ps, m.Pairs[0].P)
	}
	slices.Sort(ps)
	farthest := 0.0
	for k, p := range ps {
		farthest = max(farthest, math.Abs(p-float64(k+1)/pairs), math.Abs(p-1.0/100-float64(k)/pairs))
	}
	if farthest > 1.63/math.Sqrt(pairs)+0.01 { // p has steps of 0.01
		t.Errorf("p is %v away from an even spread", farthest)
	}
}

// TestDegenerateMatching matches one network, networks of one part, a silent part and one neuron.
func TestDegenerateMatching(t *testing.T) {
	if m := matched(t, "one", 3, 10, []float64{1, 2, 3, 0, 0, 0}); m.Pairs != nil || m.Reference != 0 || !math.IsNaN(m.Alike[0]) || !slices.Equal(m.Part[0], []int{0, 1}) || m.Missing(0, 1) {
		t.Errorf("one network: %+v", m)
	}
	if m := matched(t, "silent", 3, 10, []float64{1, 2, 3, 0, 0, 0}, []float64{0, 0, 0, 1, 2, 3}); m.Part[1][0] != 1 || m.Part[1][1] != 0 || m.Cosine[1][1] != 0 || m.Missing(1, 1) || m.Missing(1, 0) {
		t.Errorf("a silent part: %+v", m)
	}
	p := matched(t, "neuron", 1, 10, []float64{2}, []float64{5}).Pairs[0]
	if p.Mean != 1 || p.P != 1 || p.Shuffled != 1 || p.Low != 1 || p.High != 1 {
		t.Errorf("one neuron: %+v", p)
	}
	p = matched(t, "flat", 4, 10, []float64{1, 1, 1, 1}, []float64{1, 2, 3, 4}).Pairs[0]
	if p.P != 1 {
		t.Errorf("all permutations are as alike: %+v", p)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if m, err := measure.Matched(ctx, [][]float64{{1}, {1}}, 1, 10, shufflesOf("")); err == nil {
		t.Errorf("the context had ended: %+v", m)
	}
}
