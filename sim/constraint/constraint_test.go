package constraint_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/sim/constraint"
	"partsnet/sim/stimulus"
)

// reference is what an independent program found; it writes one stimulus a column.
type reference struct {
	N, M, R int
	V       [][]float64
	VQ      struct {
		Start  []int `json:"start_columns"`
		Labels []int
		W      [][]float64
		Error  []float64 `json:"inertia_before_each_update"`
	}
	PCA struct{ W, H [][]float64 }
}

// turned returns the transpose of a matrix, row-major.
func turned(x [][]float64) (out []float64) {
	for j := range x[0] {
		for i := range x {
			out = append(out, x[i][j])
		}
	}
	return out
}

func close(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d entries, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			t.Fatalf("%s: entry %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

func TestReference(t *testing.T) {
	for _, name := range []string{"dense-12x20", "counts-12x20", "image-30x40"} {
		text, err := os.ReadFile(shared.Path(t, "reference", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var ref reference
		if err := json.Unmarshal(text, &ref); err != nil {
			t.Fatal(err)
		}
		v := turned(ref.V)
		var start []float64
		for _, i := range ref.VQ.Start {
			start = append(start, v[i*ref.N:(i+1)*ref.N]...)
		}
		vq := oneActive(t, v, ref.N, start, 1000)
		close(t, name+": prototypes", vq.Synapses, turned(ref.VQ.W), 1e-12)
		for i, a := range ref.VQ.Labels {
			want := make([]float64, ref.R)
			want[a] = 1
			close(t, name+": rates", vq.Rates[i*ref.R:(i+1)*ref.R], want, 0)
		}
		if vq.Epochs != len(ref.VQ.Error) && vq.Epochs != len(ref.VQ.Error)-1 {
			t.Errorf("%s: %d epochs, want about %d", name, vq.Epochs, len(ref.VQ.Error))
		}
		for k, inertia := range ref.VQ.Error {
			if k < len(vq.Error) && math.Abs(2*vq.Error[k]-inertia) > 1e-10*inertia {
				t.Errorf("%s: squared error %v before change %d, want %v", name, 2*vq.Error[k], k, inertia)
			}
		}
		pca, err := constraint.Orthonormal(v, ref.N, ref.R)
		if err != nil {
			t.Fatal(err)
		}
		close(t, name+": components", pca.Synapses, turned(ref.PCA.W), 1e-9)
		close(t, name+": projections", pca.Rates, turned(ref.PCA.H), 1e-8)
	}
}

// TestOrthonormalIsTheSVD compares with the singular vectors of which the stimuli are made,
// on more stimuli than neurons and on fewer, and on so many that only the leading components
// are computed. Singular values are set apart by a quarter each, so that the vectors are well
// determined; those after the first 200 would be lost in rounding beside the first, and are
// left out.
func TestOrthonormalIsTheSVD(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, shape := range [][2]int{{60, 25}, {25, 60}, {30, 30}, {560, 520}} {
		m, n, r := shape[0], shape[1], 6
		k := min(m, n, 200)
		u, w := orthogonal(rng, m, k), orthogonal(rng, n, k)
		sigma := mat.NewDiagDense(k, nil)
		for a := range k {
			sigma.SetDiag(a, math.Pow(0.8, float64(a)))
		}
		var v mat.Dense
		v.Product(u, sigma, w.T())
		got, err := constraint.Orthonormal(slices.Clone(v.RawMatrix().Data), n, r)
		if err != nil {
			t.Fatal(err)
		}
		for a := range r {
			column := mat.Col(nil, a, w)
			sign := 1.0
			if dot := mat.Dot(mat.NewVecDense(n, column), mat.NewVecDense(n, slices.Clone(got.Synapses[a*n:(a+1)*n]))); dot < 0 {
				sign = -1
			}
			for j, x := range got.Synapses[a*n : (a+1)*n] {
				if math.Abs(x-sign*column[j]) > 1e-8 {
					t.Fatalf("%d×%d: component %d, entry %d is %v, want %v", m, n, a, j, x, sign*column[j])
				}
			}
		}
	}
}

// orthogonal returns k random columns of length m that are orthogonal, of length one.
func orthogonal(rng *rand.Rand, m, k int) mat.Matrix {
	raw := mat.NewDense(m, k, nil)
	raw.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, raw)
	var qr mat.QR
	qr.Factorize(raw)
	var q mat.Dense
	qr.QTo(&q)
	return q.Slice(0, m, 0, k)
}

// TestOneActiveNeverRises holds the two steps to what they promise, and the end to
// being a fixed point.
func TestOneActiveNeverRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, n, r := rapid.IntRange(1, 60).Draw(t, "m"), rapid.IntRange(1, 9).Draw(t, "n"), rapid.IntRange(1, 7).Draw(t, "r")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		v, start := make([]float64, m*n), make([]float64, r*n)
		for i := range v {
			v[i] = math.Floor(4 * rng.Float64())
		}
		for i := range start {
			start[i] = 4 * rng.Float64()
		}
		f := oneActive(t, v, n, start, 1000)
		for k := 1; k < len(f.Error); k++ {
			if f.Error[k] > f.Error[k-1]*(1+1e-12) {
				t.Fatalf("E rose from %v to %v", f.Error[k-1], f.Error[k])
			}
		}
		if again := oneActive(t, v, n, f.Synapses, 1000); !slices.Equal(again.Rates, f.Rates) || f.Error[len(f.Error)-1] < again.Error[len(again.Error)-1]-1e-12 {
			t.Fatal("the end is no fixed point")
		}
		for i := range m {
			sum := 0.0
			for _, h := range f.Rates[i*r : (i+1)*r] {
				sum += h
			}
			if sum != 1 {
				t.Fatalf("rates of stimulus %d sum to %v", i, sum)
			}
		}
	})
}

// kMeans is the plain algorithm: it returns the squared error Σ‖v_i − w_a‖² at which
// it ends.
func kMeans(v []float64, n int, start []float64) float64 {
	w, m, r := slices.Clone(start), len(v)/n, len(start)/n
	winner := make([]int, m)
	for again := true; again; {
		again = false
		for i := range m {
			best, least := 0, math.Inf(1)
			for a := range r {
				d := 0.0
				for j := range n {
					d += (v[i*n+j] - w[a*n+j]) * (v[i*n+j] - w[a*n+j])
				}
				if d < least {
					best, least = a, d
				}
			}
			again = again || best != winner[i]
			winner[i] = best
		}
		for a := range r {
			mean, won := make([]float64, n), 0.0
			for i := range m {
				if winner[i] == a {
					won++
					for j := range n {
						mean[j] += v[i*n+j]
					}
				}
			}
			for j := range n {
				if won > 0 {
					w[a*n+j] = mean[j] / won
				}
			}
		}
	}
	sum := 0.0
	for i, a := range winner {
		for j := range n {
			sum += (v[i*n+j] - w[a*n+j]) * (v[i*n+j] - w[a*n+j])
		}
	}
	return sum
}

// TestOneActiveIsNeverWorseThanKMeans begins both with the same prototypes, of which
// some are equal and win nothing. No neuron is idle at the end while a stimulus is
// not met exactly. Values are not whole numbers: a stimulus as far from one prototype
// as from another would go to either by rounding, and the two ends could differ.
func TestOneActiveIsNeverWorseThanKMeans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, n, r := rapid.IntRange(2, 60).Draw(t, "m"), rapid.IntRange(1, 9).Draw(t, "n"), rapid.IntRange(1, 9).Draw(t, "r")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		v := make([]float64, m*n)
		for i := range v {
			v[i] = 8 * rng.Float64()
		}
		var start []float64
		for range r {
			i := rng.IntN(max(1, m/4))
			start = append(start, v[i*n:(i+1)*n]...)
		}
		f := oneActive(t, v, n, start, 1000)
		ours, theirs := 2*f.Error[len(f.Error)-1], kMeans(v, n, start)
		if ours > theirs*(1+1e-12)+1e-12 {
			t.Fatalf("squared error %v, of k-means %v", ours, theirs)
		}
		won := make([]float64, r)
		for i, h := range f.Rates {
			won[i%r] += h
		}
		if slices.Contains(won, 0) && ours > 0 {
			t.Fatalf("a neuron is idle at a squared error of %v: %v", ours, won)
		}
	})
}

// TestRealFaces holds both constraints to the photographs of Lee & Seung (1999),
// scaled as there: components are the singular vectors, found without VᵀV, up to sign.
// Projections are of faces with a length of some 7, so they are held to 10⁻⁷. The suite takes
// the first 600 faces, campaigns all.
func TestRealFaces(t *testing.T) {
	if testing.Short() {
		t.Skip("the singular vectors of hundreds of faces")
	}
	set, err := stimulus.Load(context.Background(), shared.Path(t, "data", "mit-cbcl-faces", "faces-pgm.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Scale(stimulus.PaperScaling); err != nil {
		t.Fatal(err)
	}
	const r = 49
	set.Count = suite.Cases(600, set.Count)
	set.Rates = set.Rates[:set.Count*set.Size]
	v := mat.NewDense(set.Count, set.Size, set.Rates)
	got, err := constraint.Orthonormal(set.Rates, set.Size, r)
	if err != nil {
		t.Fatal(err)
	}
	var svd mat.SVD
	svd.Factorize(v, mat.SVDThin)
	var u, w mat.Dense
	svd.UTo(&u)
	svd.VTo(&w)
	values := svd.Values(nil)
	for a := range r {
		component, want := got.Synapses[a*set.Size:(a+1)*set.Size], mat.Col(nil, a, &w)
		sign := 1.0
		if mat.Dot(mat.NewVecDense(set.Size, component), mat.NewVecDense(set.Size, want)) < 0 {
			sign = -1
		}
		for j, x := range component {
			if math.Abs(x-sign*want[j]) > 1e-8 {
				t.Fatalf("component %d, pixel %d is %v, want %v", a, j, x, sign*want[j])
			}
		}
		for i := range set.Count {
			if x, y := got.Rates[i*r+a], sign*values[a]*u.At(i, a); math.Abs(x-y) > 1e-7 {
				t.Fatalf("rate of neuron %d to face %d is %v, want %v", a, i, x, y)
			}
		}
	}
	start := set.Rates[100*set.Size : (100+r)*set.Size]
	f := oneActive(t, set.Rates, set.Size, start, 1000)
	if ours, theirs := 2*f.Error[len(f.Error)-1], kMeans(set.Rates, set.Size, start); ours > theirs*(1+1e-9) {
		t.Errorf("squared error %v of prototypes, %v of k-means", ours, theirs)
	}
}

func TestOrthonormalRefusesTooMany(t *testing.T) {
	if _, err := constraint.Orthonormal(make([]float64, 12), 4, 4); err == nil {
		t.Error("4 components of 3 stimuli")
	}
	f, err := constraint.Orthonormal(make([]float64, 12), 4, 3)
	if err != nil || f.Error[0] != 0 {
		t.Errorf("blank stimuli: %v, %v", f, err)
	}
}

func oneActive(t interface{ Fatal(...any) }, v []float64, n int, start []float64, epochs int) *constraint.Factors {
	f, err := constraint.OneActive(context.Background(), v, n, start, epochs)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
