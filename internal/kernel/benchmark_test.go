package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkKernels gives the speed of every kernel on one core, at the sizes of
// faces (n = 361, r = 49) and of a large problem (n = 4096, r = 100), for blocks of
// 64 stimuli.
func BenchmarkKernels(b *testing.B) {
	before := Level()
	defer Force(before)
	for _, l := range Levels() {
		Force(l)
		for _, s := range []shape{{64, 49, 361}, {64, 100, 4096}} {
			b.Run(fmt.Sprintf("%s/float32/n%d", l, s.n), func(b *testing.B) { benchKernels[float32](b, s) })
			b.Run(fmt.Sprintf("%s/float64/n%d", l, s.n), func(b *testing.B) { benchKernels[float64](b, s) })
		}
	}
}

func benchKernels[T Float](b *testing.B, s shape) {
	rng := rand.New(rand.NewPCG(5, 5))
	positive := func(k int) []T {
		x := make([]T, k)
		for i := range x {
			x[i] = T(0.1 + rng.Float64())
		}
		return x
	}
	v, h, w := positive(s.rows*s.n), positive(s.rows*s.r), positive(s.r*s.n)
	drive, c := make([]T, s.rows*s.r), make([]T, s.r*s.n)
	_, bits := hidden[T](rng, s.rows, s.n)
	syn, scratch := NewSynapses[T](s.r, s.n, serially), NewScratch[T]()
	syn.Load(w)
	syn.PackPanels()
	products := 2 * float64(s.rows) * float64(s.r) * float64(s.n) // operations of one product
	for _, k := range []struct {
		name       string
		operations float64
		run        func()
	}{
		{"PoissonDrive", 2 * products, func() { PoissonDrive(drive, v, h, s.rows, syn, scratch) }},
		{"PoissonCorrelate", 2 * products, func() { PoissonCorrelate(c, v, h, s.rows, syn, scratch) }},
		{"PoissonDriveCorrelate", 3 * products, func() { PoissonDriveCorrelate(drive, c, v, h, s.rows, syn, scratch) }},
		{"GaussianDrive", products, func() { GaussianDrive(drive, v, s.rows, syn) }},
		{"Correlate", products, func() { Correlate(c, h, v, s.rows, s.r, s.n) }},
		{"SeenDrive", products, func() { SeenDrive(drive, bits, s.rows, syn, scratch) }},
		{"SeenCorrelate", products, func() { SeenCorrelate(c, h, bits, s.rows, s.r, s.n, scratch) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				k.run()
			}
			b.ReportMetric(k.operations*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}

// BenchmarkCounts gives the time a count takes on one core, for counts of 4,096
// stimuli over 15,276 visible neurons, as frequent as Zipf says, and 200 hidden
// neurons.
func BenchmarkCounts(b *testing.B) {
	before := Level()
	defer Force(before)
	for _, l := range Levels() {
		Force(l)
		b.Run(l+"/float32", benchCounts[float32])
		b.Run(l+"/float64", benchCounts[float64])
	}
}

func benchCounts[T Float](b *testing.B) {
	const m, n, r, words = 4096, 15_276, 200, 97
	rng := rand.New(rand.NewPCG(6, 6))
	zipf := rand.NewZipf(rng, 1.1, 20, n-1)
	counts := &Counts[T]{Start: []int{0}}
	for i := range m {
		for range words { // a word may come twice: two counts then
			counts.Index, counts.Value = append(counts.Index, int32(zipf.Uint64())), append(counts.Value, 1)
		}
		counts.Start = append(counts.Start, (i+1)*words)
	}
	positive := func(k int) []T {
		x := aligned[T](k)
		for i := range x {
			x[i] = T(0.1 + rng.Float64())
		}
		return x
	}
	h, w, drive, c := positive(m*r), positive(r*n), make([]T, m*r), make([]T, n*r)
	syn := NewSynapses[T](r, n, serially)
	syn.Load(w)
	syn.PackRows()
	rows := make([]T, n*r)
	Rows(rows, w, r, n, 0, n)
	turned := counts.Transposed(n, 0, m)
	for name, run := range map[string]func(){
		"DriveCounts":     func() { DriveCounts(drive, counts, 0, m, h, syn) },
		"CorrelateCounts": func() { CorrelateCounts(c, rows, turned, 0, n, h, r) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(counts.Index)), "ns/count")
			b.ReportMetric(4*r*float64(len(counts.Index))*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
