package kernel

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"partsnet/internal/suite"
)

// atEveryLevel runs the test at every level of this machine, in both
// precisions.
func atEveryLevel(t *testing.T, single func(t *testing.T), double func(t *testing.T)) {
	before := Level()
	defer Force(before)
	for _, l := range Levels() {
		if err := Force(l); err != nil {
			t.Fatal(err)
		}
		t.Run(l+"/float32", single)
		t.Run(l+"/float64", double)
	}
}

// draw returns k numbers, a quarter of them zero, exponential otherwise.
func draw[T Float](rng *rand.Rand, k int) []T {
	x := make([]T, k)
	for i := range x {
		if rng.IntN(4) > 0 {
			x[i] = T(rng.ExpFloat64())
		}
	}
	return x
}

// serially does jobs one after the other.
func serially(items int, job func(worker, item int)) {
	for i := range items {
		job(0, i)
	}
}

// epsilon returns the rounding unit of T.
func epsilon[T Float]() float64 {
	if unsafe.Sizeof(T(0)) == 4 {
		return 0x1p-24
	}
	return 0x1p-53
}

// shape is the size of a problem.
type shape struct{ rows, r, n int }

// shapes returns sizes around every edge: rows of a register tile (1, 2, 4, 8),
// lanes and panels of a vector level (4 to 48), blocks (64) and chunks (192, 384). With
// -short they are a third.
func shapes() []shape {
	edges := []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 47, 48, 49}
	var all []shape
	for _, k := range edges {
		all = append(all, shape{k, 5, 27}, shape{9, k, 53}, shape{3, 7, k})
	}
	for _, k := range []int{63, 64, 65, 127, 128, 129} {
		all = append(all, shape{k, 3, 5})
	}
	for _, k := range []int{191, 192, 193, 215, 383, 384, 385, 400} {
		all = append(all, shape{5, 49, k})
	}
	all = append(all, shape{0, 3, 4}, shape{70, 51, 391})
	if !suite.Brief() {
		return all
	}
	var some []shape
	for k := 0; k+2 < len(all); k += 3 {
		some = append(some, all[k+k/3%3]) // not always the same of the three kinds
	}
	return append(some, all[len(all)-2:]...)
}

// problem is a block of stimuli with everything the kernels compute, the plain
// way and in float64.
type problem[T Float] struct {
	shape
	v, h, w []T
	p, q    []float64 // prediction and quotient
	syn     *Synapses[T]
	scratch *Scratch[T]
}

func newProblem[T Float](rng *rand.Rand, s shape) *problem[T] {
	x := drawProblem[T](rng, s)
	x.load()
	return x
}

// drawProblem draws a block, of which nothing is computed.
func drawProblem[T Float](rng *rand.Rand, s shape) *problem[T] {
	return &problem[T]{shape: s, v: draw[T](rng, s.rows*s.n), h: draw[T](rng, s.rows*s.r), w: draw[T](rng, s.r*s.n)}
}

func (x *problem[T]) load() {
	x.syn, x.scratch = NewSynapses[T](x.r, x.n, serially), NewScratch[T]()
	x.syn.Load(x.w)
	x.syn.PackPanels()
	x.p, x.q = make([]float64, x.rows*x.n), make([]float64, x.rows*x.n)
	for i := range x.rows {
		p, q, v := x.p[i*x.n:][:x.n], x.q[i*x.n:][:x.n], x.v[i*x.n:]
		for a := range x.r {
			h, w := float64(x.h[i*x.r+a]), x.w[a*x.n:]
			for j := range p {
				p[j] += h * float64(w[j])
			}
		}
		for j, y := range p {
			if y != 0 {
				q[j] = float64(v[j]) / y
			}
		}
	}
}

// check compares with a sum of that many terms, each ≥ 0: to (terms+4)·ε
// relative, a term having at most two roundings, and the quotient two more.
func check[T Float](t *testing.T, name string, got []T, terms int, want func(i int) float64) {
	t.Helper()
	for i, x := range got {
		y := want(i)
		if math.Abs(float64(x)-y) > float64(2*terms+4)*epsilon[T]()*y {
			t.Fatalf("%s: entry %d is %v, want %v", name, i, x, y)
		}
	}
}

func sum(k int, term func(l int) float64) float64 {
	s := 0.0
	for l := range k {
		s += term(l)
	}
	return s
}

// TestKernelsAgainstFormulas compares every kernel with its formula, element by
// element, with zeros among stimuli, rates and synapses.
func TestKernelsAgainstFormulas(t *testing.T) {
	atEveryLevel(t, testFormulas[float32], testFormulas[float64])
}

func testFormulas[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, s := range shapes() {
		x := newProblem[T](rng, s)
		name := func(kernel string) string {
			return fmt.Sprintf("%s of %d rows, r = %d, n = %d", kernel, s.rows, s.r, s.n)
		}
		drive := func(i int) float64 {
			return sum(s.n, func(j int) float64 { return x.q[i/s.r*s.n+j] * float64(x.w[i%s.r*s.n+j]) })
		}
		start := draw[T](rng, s.r*s.n)
		coincidence := func(k int) float64 {
			return float64(start[k]) + sum(s.rows, func(i int) float64 { return float64(x.h[i*s.r+k/s.n]) * x.q[i*s.n+k%s.n] })
		}

		p := make([]T, s.rows*s.n)
		Predict(p, x.h, s.rows, x.syn)
		check(t, name("Predict"), p, s.r, func(i int) float64 { return x.p[i] })

		d := make([]T, s.rows*s.r)
		PoissonDrive(d, x.v, x.h, s.rows, x.syn, x.scratch)
		check(t, name("PoissonDrive"), d, s.r+s.n, drive)

		c := append([]T(nil), start...)
		PoissonCorrelate(c, x.v, x.h, s.rows, x.syn, x.scratch)
		check(t, name("PoissonCorrelate"), c, s.r+s.rows, coincidence)

		d2, c2 := make([]T, len(d)), append([]T(nil), start...)
		PoissonDriveCorrelate(d2, c2, x.v, x.h, s.rows, x.syn, x.scratch)
		same(t, name("drive of PoissonDriveCorrelate"), d2, d)
		same(t, name("coincidences of PoissonDriveCorrelate"), c2, c)

		GaussianDrive(d, x.v, s.rows, x.syn)
		check(t, name("GaussianDrive"), d, s.n, func(i int) float64 {
			return sum(s.n, func(j int) float64 { return float64(x.v[i/s.r*s.n+j]) * float64(x.w[i%s.r*s.n+j]) })
		})

		copy(c, start)
		Correlate(c, x.h, x.v, s.rows, s.r, s.n)
		check(t, name("Correlate"), c, s.rows, func(k int) float64 {
			return float64(start[k]) + sum(s.rows, func(i int) float64 { return float64(x.h[i*s.r+k/s.n]) * float64(x.v[i*s.n+k%s.n]) })
		})

		g := make([]T, s.r*s.r)
		x.syn.Overlap(g, x.w)
		check(t, name("Overlap"), g, s.n, func(k int) float64 {
			return sum(s.n, func(j int) float64 { return float64(x.w[k/s.r*s.n+j]) * float64(x.w[k%s.r*s.n+j]) })
		})

		Mul(c, g, x.w, s.r, s.r, s.n)
		check(t, name("Mul"), c, s.r, func(k int) float64 {
			return sum(s.r, func(b int) float64 { return float64(g[k/s.n*s.r+b]) * float64(x.w[b*s.n+k%s.n]) })
		})
	}
}

// same demands equal bits.
func same[T Float](t *testing.T, name string, got, want []T) {
	t.Helper()
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: entry %d is %v, want the bits of %v", name, i, got[i], want[i])
		}
	}
}

// TestDriveDoesNotDependOnGrouping demands the same bits for a stimulus alone
// and among any number of others.
func TestDriveDoesNotDependOnGrouping(t *testing.T) {
	atEveryLevel(t, testGrouping[float32], testGrouping[float64])
}

func testGrouping[T Float](t *testing.T) {
	x := newProblem[T](rand.New(rand.NewPCG(2, 2)), shape{73, 51, 391})
	together, apart := make([]T, x.rows*x.r), make([]T, x.rows*x.r)
	for _, kernel := range []struct {
		name string
		run  func(drive []T, from, to int)
	}{
		{"PoissonDrive", func(drive []T, from, to int) {
			PoissonDrive(drive, x.v[from*x.n:to*x.n], x.h[from*x.r:to*x.r], to-from, x.syn, x.scratch)
		}},
		{"GaussianDrive", func(drive []T, from, to int) { GaussianDrive(drive, x.v[from*x.n:to*x.n], to-from, x.syn) }},
	} {
		kernel.run(together, 0, x.rows)
		for group := 1; group < 12; group++ {
			for from := 0; from < x.rows; from += group {
				to := min(from+group, x.rows)
				kernel.run(apart[from*x.r:to*x.r], from, to)
			}
			same(t, fmt.Sprintf("%s in groups of %d", kernel.name, group), apart, together)
		}
	}
}

// TestExtremes gives denormal, tiny, huge and zero rates and weights, and whole
// rows and columns of zeros. Where the formula in float64 stays in the range of
// T the kernel agrees with it; a zero prediction gives no quotient, whatever the
// stimulus.
func TestExtremes(t *testing.T) {
	atEveryLevel(t, testExtremes[float32], testExtremes[float64])
}

func testExtremes[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	tiny, huge := T(1e-18), T(1e18)
	if epsilon[T]() < 1e-10 {
		tiny, huge = T(math.Pow(10, -150)), T(math.Pow(10, 150))
	}
	for _, scale := range []T{1, tiny, huge} {
		x := newProblem[T](rng, shape{11, 7, 57})
		for i := range x.h {
			x.h[i] *= scale
		}
		for i := range x.r {
			x.h[3*x.r+i] = 0 // a stimulus that nobody explains
			x.w[i*x.n+5] = 0 // a visible neuron that nobody excites
		}
		for j := range x.n {
			x.v[4*x.n+j], x.w[2*x.n+j] = 0, 0 // a blank stimulus, a dead part
		}
		x.load()
		drive := make([]T, x.rows*x.r)
		PoissonDrive(drive, x.v, x.h, x.rows, x.syn, x.scratch)
		check(t, fmt.Sprintf("rates times %v", scale), drive, x.r+x.n, func(i int) float64 {
			return sum(x.n, func(j int) float64 { return x.q[i/x.r*x.n+j] * float64(x.w[i%x.r*x.n+j]) })
		})
		for a := range x.r {
			if drive[3*x.r+a] != 0 || drive[4*x.r+a] != 0 {
				t.Errorf("neuron %d is driven by %v and %v where nothing is", a, drive[3*x.r+a], drive[4*x.r+a])
			}
		}
	}
	// Denormal products: the prediction may lose digits and may not become wrong.
	x := newProblem[T](rng, shape{9, 5, 31})
	least := T(math.SmallestNonzeroFloat32)
	if epsilon[T]() < 1e-10 {
		least = T(5e-324)
	}
	for i := range x.h {
		x.h[i] = least * T(1+i%3)
	}
	for i := range x.w {
		x.w[i] = 1
	}
	x.load()
	p := make([]T, x.rows*x.n)
	Predict(p, x.h, x.rows, x.syn)
	for i, y := range p {
		if float64(y) != x.p[i] { // sums of multiples of the least number are exact
			t.Fatalf("denormal prediction %d is %v, want %v", i, y, x.p[i])
		}
	}
}

func TestForce(t *testing.T) {
	before := Level()
	defer Force(before)
	if err := Force("sse9"); err == nil || Level() != before {
		t.Errorf("an unknown level: %v, now %s", err, Level())
	}
	if err := force("portable"); err != nil || Level() != "portable" {
		t.Errorf("got %v, %s", err, Level())
	}
	if err := force("sse9"); err == nil || !strings.Contains(err.Error(), Variable) {
		t.Errorf("an unknown level in the environment: %v", err)
	}
	if err := force(""); err != nil || Level() != "portable" {
		t.Errorf("nothing in the environment: %v, %s", err, Level())
	}
}

// TestVectorLevelsAgree demands the same bits of all levels of assembly.
func TestVectorLevelsAgree(t *testing.T) {
	before := Level()
	defer Force(before)
	if len(Levels()) < 3 {
		t.Skip("this machine has fewer than two vector levels")
	}
	losses := func(level string) (out []float64) {
		Force(level)
		x := newProblem[float64](rand.New(rand.NewPCG(6, 7)), shape{11, 5, 391})
		y := newProblem[float32](rand.New(rand.NewPCG(6, 8)), shape{11, 5, 391})
		for i := range x.w {
			x.w[i], y.w[i] = x.w[i]+0.1, y.w[i]+0.1
		}
		x.load()
		y.load()
		out = make([]float64, 4)
		Losses(out[:2], []Objective{Poisson, Gaussian}, x.v, x.h, nil, x.rows, x.syn, x.scratch)
		Losses(out[2:], []Objective{Poisson, Gaussian}, y.v, y.h, nil, y.rows, y.syn, y.scratch)
		return out
	}
	same(t, "losses", losses("avx2"), losses("avx512"))
	run := func(level string) (drive, c []float32) {
		Force(level)
		x := newProblem[float32](rand.New(rand.NewPCG(6, 6)), shape{73, 51, 391})
		drive, c = make([]float32, x.rows*x.r), make([]float32, x.r*x.n)
		PoissonDriveCorrelate(drive, c, x.v, x.h, x.rows, x.syn, x.scratch)
		return drive, c
	}
	drive, c := run("avx512")
	drive2, c2 := run("avx2")
	same(t, "drive", drive2, drive)
	same(t, "coincidences", c2, c)
}

// TestFusedBits holds products and quotients of every vector level, on every processor, to
// one checksum: each term is fused, in the same order.
func TestFusedBits(t *testing.T) {
	before := Level()
	defer Force(before)
	for _, l := range Levels() {
		if l == portable {
			continue
		}
		Force(l)
		if got := fusedBits[float32](); got != 0x191d6beb3129f02c {
			t.Errorf("%s, float32: checksum %#x", l, got)
		}
		if got := fusedBits[float64](); got != 0x4c579caca45f47fe {
			t.Errorf("%s, float64: checksum %#x", l, got)
		}
	}
}

func fusedBits[T Float]() uint64 {
	rng := rand.New(rand.NewPCG(6, 6))
	x := &problem[T]{shape: shape{73, 51, 391}}
	for _, part := range []struct {
		of   *[]T
		size int
	}{{&x.v, x.rows * x.n}, {&x.h, x.rows * x.r}, {&x.w, x.r * x.n}} {
		*part.of = make([]T, part.size)
		for i := range *part.of {
			(*part.of)[i] = T(rng.Float64())
		}
	}
	x.load()
	drive, c := make([]T, x.rows*x.r), make([]T, x.r*x.n)
	PoissonDriveCorrelate(drive, c, x.v, x.h, x.rows, x.syn, x.scratch)
	sum := fnv.New64a()
	for _, y := range append(drive, c...) {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(float64(y)))
		sum.Write(b[:])
	}
	return sum.Sum64()
}
