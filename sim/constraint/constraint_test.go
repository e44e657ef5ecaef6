package constraint_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"partsnet/internal/shared"
	"partsnet/sim/constraint"
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
		vq := constraint.OneActive(v, ref.N, start, 1000)
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

// TestOrthonormalIsTheSVD compares with the singular vectors, which are found without
// VᵀV, on more stimuli than neurons and on fewer. Singular values are set apart by a
// quarter each, so that the vectors are well determined.
func TestOrthonormalIsTheSVD(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, shape := range [][2]int{{60, 25}, {25, 60}, {30, 30}, {700, 600}} {
		m, n, r := shape[0], shape[1], 6
		raw := mat.NewDense(m, n, nil)
		raw.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, raw)
		var svd mat.SVD
		svd.Factorize(raw, mat.SVDThin)
		var u, w mat.Dense
		svd.UTo(&u)
		svd.VTo(&w)
		k, _ := w.Dims()
		k = min(k, m, n)
		sigma := mat.NewDiagDense(k, nil)
		for a := range k {
			sigma.SetDiag(a, math.Pow(0.8, float64(a)))
		}
		var v mat.Dense
		v.Product(&u, sigma, w.T())
		got, err := constraint.Orthonormal(slices.Clone(v.RawMatrix().Data), n, r)
		if err != nil {
			t.Fatal(err)
		}
		for a := range r {
			column := mat.Col(nil, a, &w)
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
		f := constraint.OneActive(v, n, start, 1000)
		for k := 1; k < len(f.Error); k++ {
			if f.Error[k] > f.Error[k-1]*(1+1e-12) {
				t.Fatalf("E rose from %v to %v", f.Error[k-1], f.Error[k])
			}
		}
		if again := constraint.OneActive(v, n, f.Synapses, 1000); !slices.Equal(again.Rates, f.Rates) || f.Error[len(f.Error)-1] < again.Error[len(again.Error)-1]-1e-12 {
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

func TestOrthonormalRefusesTooMany(t *testing.T) {
	if _, err := constraint.Orthonormal(make([]float64, 12), 4, 4); err == nil {
		t.Error("4 components of 3 stimuli")
	}
	f, err := constraint.Orthonormal(make([]float64, 12), 4, 3)
	if err != nil || f.Error[0] != 0 {
		t.Errorf("blank stimuli: %v, %v", f, err)
	}
}
