//go:build !noasm

package kernel

import "unsafe"

//go:noescape
func peakF32AVX512(rounds int)

//go:noescape
func peakF64AVX512(rounds int)

//go:noescape
func peakF32AVX2(rounds int)

//go:noescape
func peakF64AVX2(rounds int)

// Peak computes fused products in registers alone and returns how many
// floating-point operations that were; 0 at the portable level. Timed, it is what
// a core can do at most.
func Peak[T Float](rounds int) float64 {
	const chains = 12
	switch {
	case rounds < 1 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		peakF32AVX512(rounds)
	case unsafe.Sizeof(T(0)) == 4:
		peakF32AVX2(rounds)
	case level == avx512:
		peakF64AVX512(rounds)
	default:
		peakF64AVX2(rounds)
	}
	return 2 * chains * float64(lanes[T]()) * float64(rounds)
}
