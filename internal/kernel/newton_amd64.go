//go:build !noasm

package kernel

import "unsafe"

// The sums of Newton's steps, as [portableNewton] adds them up; n is a multiple of eight.

//go:noescape
func newtonF32AVX512(p, v, y, z *float32, n int, x float32, sums *float64)

//go:noescape
func newtonF64AVX512(p, v, y, z *float64, n int, x float64, sums *float64)

//go:noescape
func newtonF32AVX2(p, v, y, z *float32, n int, x float32, sums *float64)

//go:noescape
func newtonF64AVX2(p, v, y, z *float64, n int, x float64, sums *float64)

// vectorNewton is [portableNewton] in assembly; the length of p is a multiple of eight and not zero, and
// the others are no shorter.
func vectorNewton[T Float](p, v, y []T, x T, z []T) (reached, curved float64) {
	n := len(p)
	bounds("newton", min(len(v), len(y)), n, len(z), n)
	var sums [2]float64
	switch {
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		newtonF32AVX512(f32(p), f32(v), f32(y), f32(z), n, float32(x), &sums[0])
	case unsafe.Sizeof(T(0)) == 4:
		newtonF32AVX2(f32(p), f32(v), f32(y), f32(z), n, float32(x), &sums[0])
	case level == avx512:
		newtonF64AVX512(f64(p), f64(v), f64(y), f64(z), n, float64(x), &sums[0])
	default:
		newtonF64AVX2(f64(p), f64(v), f64(y), f64(z), n, float64(x), &sums[0])
	}
	return sums[0], sums[1]
}
