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
