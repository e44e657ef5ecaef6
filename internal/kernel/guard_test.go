//go:build linux

package kernel

import (
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// guarded returns room for k numbers between two pages that nobody may touch,
// at the end of the room or at its start.
func guarded[T Float](t *testing.T, k int, atEnd bool) []T {
	t.Helper()
	page := os.Getpagesize()
	bytes := k * int(unsafe.Sizeof(T(0)))
	inside := (bytes + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, inside+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(mem) })
	for _, forbidden := range [][]byte{mem[:page], mem[page+inside:]} {
		if err := syscall.Mprotect(forbidden, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	if k == 0 {
		return nil
	}
	at := page
	if atEnd {
		at += inside - bytes
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&mem[at])), k)
}

// TestNothingOutsideIsTouched runs every kernel on slices that end, or begin, at
// a page which may be neither read nor written: a step outside is a crash.
func TestNothingOutsideIsTouched(t *testing.T) {
	atEveryLevel(t, testGuards[float32], testGuards[float64])
}

func testGuards[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, s := range shapes() {
		for _, atEnd := range []bool{true, false} {
			place := func(x []T) []T {
				g := guarded[T](t, len(x), atEnd)
				copy(g, x)
				return g
			}
			x := drawProblem[T](rng, s)
			v, h, w := place(x.v), place(x.h), place(x.w)
			drive, c, p, g := place(make([]T, s.rows*s.r)), place(make([]T, s.r*s.n)), place(make([]T, s.rows*s.n)), place(make([]T, s.r*s.r))
			x.syn, x.scratch = NewSynapses[T](s.r, s.n, serially), NewScratch[T]()
			x.syn.Load(w)
			x.syn.PackPanels()
			Predict(p, h, s.rows, x.syn)
			PoissonDrive(drive, v, h, s.rows, x.syn, x.scratch)
			PoissonCorrelate(c, v, h, s.rows, x.syn, x.scratch)
			PoissonDriveCorrelate(drive, c, v, h, s.rows, x.syn, x.scratch)
			GaussianDrive(drive, v, s.rows, x.syn)
			Correlate(c, h, v, s.rows, s.r, s.n)
			Correlate(g, h, h, s.rows, s.r, s.r)
			Mul(c, g, w, s.r, s.r, s.n)
			x.syn.Overlap(g, w)
			mask, bits := hidden[T](rng, s.rows, s.n)
			mask = place(mask)
			PredictDrive(drive, h, mask, s.rows, x.syn, x.scratch)
			PredictCorrelate(c, h, mask, s.rows, x.syn, x.scratch)
			SeenDrive(drive, bits, s.rows, x.syn, x.scratch)
			SeenCorrelate(c, h, bits, s.rows, s.r, s.n, x.scratch)
		}
	}
}

// TestCountsTouchNothingOutside does the same for the kernels for counts.
func TestCountsTouchNothingOutside(t *testing.T) {
	atEveryLevel(t, testGuardedCounts[float32], testGuardedCounts[float64])
}

func testGuardedCounts[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 11))
	for _, r := range []int{1, 3, 4, 7, 8, 9, 16, 17, 33, 50} {
		for _, atEnd := range []bool{true, false} {
			c := randomCounts[T](rng, 6, 13)
			index, value := guarded[int32Float](t, len(c.Index), atEnd), guarded[T](t, len(c.Value), atEnd)
			copy(value, c.Value)
			c.Value = value
			if len(index) > 0 {
				in := unsafe.Slice((*int32)(unsafe.Pointer(&index[0])), len(index))
				copy(in, c.Index)
				c.Index = in
			}
			x, y, out := guarded[T](t, 6*r, atEnd), guarded[T](t, 13*r, atEnd), guarded[T](t, 6*r, atEnd)
			for i := range y {
				y[i] = 1
			}
			for i := range x {
				x[i] = 1
			}
			explain(out, x, c, 0, 6, y, r)
			syn := &Synapses[T]{r: r, n: 13, byVisible: y}
			both := make([]float64, 4)
			CountsLosses(both[:2], both[2:], []Objective{Poisson, Gaussian}, c, 0, 6, x, syn)
			g := make([]float64, r*r)
			Gram(g, y, 13, r, serially)
			HalfForm(x, 6, g, r)
		}
	}
}

// int32Float has the size of an int32, for rooms of indices.
type int32Float = float32
