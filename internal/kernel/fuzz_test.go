package kernel

import (
	"math/rand/v2"
	"testing"
)

// FuzzKernels compares all vector levels with the portable one on shapes and
// numbers that the fuzzer chooses: sums of positive terms agree to the rounding of
// their number.
func FuzzKernels(f *testing.F) {
	f.Add(uint64(1), uint16(9), uint8(5), uint16(27))
	f.Add(uint64(2), uint16(65), uint8(49), uint16(193))
	f.Fuzz(func(t *testing.T, seed uint64, rows uint16, r uint8, n uint16) {
		before := Level()
		defer Force(before)
		s := shape{int(rows % 200), 1 + int(r), 1 + int(n%500)}
		var want []float64
		for i := len(Levels()) - 1; i >= 0; i-- {
			Force(Levels()[i])
			x := newProblem[float64](rand.New(rand.NewPCG(seed, 1)), s)
			drive, c := make([]float64, s.rows*s.r), make([]float64, s.r*s.n)
			PoissonDriveCorrelate(drive, c, x.v, x.h, s.rows, x.syn, x.scratch)
			got := append(drive, c...)
			if want == nil {
				want = got
				continue
			}
			check(t, Levels()[i], got, s.rows+s.r+s.n, func(k int) float64 { return want[k] })
		}
	})
}
