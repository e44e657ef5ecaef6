//go:build !noasm

package kernel

import "unsafe"

// Elementwise kernels in assembly, for numbers of elements that are a multiple of
// the lanes (sum: of eight). Each does what its portable twin in elementwise.go
// does, with the same bits.

//go:noescape
func updateF32AVX512(h, drive, against *float32, n int, cost float32)

//go:noescape
func updateF64AVX512(h, drive, against *float64, n int, cost float64)

//go:noescape
func updateF32AVX2(h, drive, against *float32, n int, cost float32)

//go:noescape
func updateF64AVX2(h, drive, against *float64, n int, cost float64)

//go:noescape
func relax1F32AVX512(x, old *float32, n int)

//go:noescape
func relax2F32AVX512(x, old *float32, n int)

//go:noescape
func relax3F32AVX512(x, old *float32, n int)

//go:noescape
func relax1F32AVX2(x, old *float32, n int)

//go:noescape
func relax2F32AVX2(x, old *float32, n int)

//go:noescape
func relax3F32AVX2(x, old *float32, n int)

//go:noescape
func relax1F64AVX512(x, old *float64, n int)

//go:noescape
func relax2F64AVX512(x, old *float64, n int)

//go:noescape
func relax3F64AVX512(x, old *float64, n int)

//go:noescape
func relax1F64AVX2(x, old *float64, n int)

//go:noescape
func relax2F64AVX2(x, old *float64, n int)

//go:noescape
func relax3F64AVX2(x, old *float64, n int)

//go:noescape
func multiplyF32AVX512(out, a, b *float32, n int)

//go:noescape
func multiplyF64AVX512(out, a, b *float64, n int)

//go:noescape
func multiplyF32AVX2(out, a, b *float32, n int)

//go:noescape
func multiplyF64AVX2(out, a, b *float64, n int)

//go:noescape
func divideF32AVX512(x *float32, n int, by float32)

//go:noescape
func divideF64AVX512(x *float64, n int, by float64)

//go:noescape
func divideF32AVX2(x *float32, n int, by float32)

//go:noescape
func divideF64AVX2(x *float64, n int, by float64)

//go:noescape
func addF32AVX512(to, x *float32, n int)

//go:noescape
func addF64AVX512(to, x *float64, n int)

//go:noescape
func addF32AVX2(to, x *float32, n int)

//go:noescape
func addF64AVX2(to, x *float64, n int)

//go:noescape
func flushF32AVX512(x *float32, n int, floor float32)

//go:noescape
func flushF64AVX512(x *float64, n int, floor float64)

//go:noescape
func flushF32AVX2(x *float32, n int, floor float32)

//go:noescape
func flushF64AVX2(x *float64, n int, floor float64)

//go:noescape
func sumF32AVX512(x *float32, n int) float64

//go:noescape
func sumF64AVX512(x *float64, n int) float64

//go:noescape
func sumF32AVX2(x *float32, n int) float64

//go:noescape
func sumF64AVX2(x *float64, n int) float64

//go:noescape
func widenF32AVX512(to *float64, x *float32, n int)

//go:noescape
func widenF32AVX2(to *float64, x *float32, n int)

// vectorWiden does a multiple of eight elements and returns how many that was.
func vectorWiden(to []float64, x []float32) int {
	n := len(x) &^ 7
	switch {
	case n == 0 || level == portable:
		return 0
	case level == avx512:
		widenF32AVX512(&to[0], &x[0], n)
	default:
		widenF32AVX2(&to[0], &x[0], n)
	}
	return n
}

// vectorUpdate does the whole vectors and returns how many elements that was.
func vectorUpdate[T Float](h, drive, against []T, cost T) int {
	n := whole[T](len(h))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		updateF32AVX512(f32(h), f32(drive), f32(against), n, float32(cost))
	case unsafe.Sizeof(T(0)) == 4:
		updateF32AVX2(f32(h), f32(drive), f32(against), n, float32(cost))
	case level == avx512:
		updateF64AVX512(f64(h), f64(drive), f64(against), n, float64(cost))
	default:
		updateF64AVX2(f64(h), f64(drive), f64(against), n, float64(cost))
	}
	return n
}

// Functions of the numbers of halvings.
var (
	relaxF32AVX512 = [...]func(x, old *float32, n int){1: relax1F32AVX512, 2: relax2F32AVX512, 3: relax3F32AVX512}
	relaxF64AVX512 = [...]func(x, old *float64, n int){1: relax1F64AVX512, 2: relax2F64AVX512, 3: relax3F64AVX512}
	relaxF32AVX2   = [...]func(x, old *float32, n int){1: relax1F32AVX2, 2: relax2F32AVX2, 3: relax3F32AVX2}
	relaxF64AVX2   = [...]func(x, old *float64, n int){1: relax1F64AVX2, 2: relax2F64AVX2, 3: relax3F64AVX2}
)

// vectorRelax does the whole vectors and returns how many elements that was.
func vectorRelax[T Float](x, old []T, halvings int) int {
	n := whole[T](len(x))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		relaxF32AVX512[halvings](f32(x), f32(old), n)
	case unsafe.Sizeof(T(0)) == 4:
		relaxF32AVX2[halvings](f32(x), f32(old), n)
	case level == avx512:
		relaxF64AVX512[halvings](f64(x), f64(old), n)
	default:
		relaxF64AVX2[halvings](f64(x), f64(old), n)
	}
	return n
}

// vectorMultiply does the whole vectors and returns how many elements that was.
func vectorMultiply[T Float](out, a, b []T) int {
	n := whole[T](len(out))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		multiplyF32AVX512(f32(out), f32(a), f32(b), n)
	case unsafe.Sizeof(T(0)) == 4:
		multiplyF32AVX2(f32(out), f32(a), f32(b), n)
	case level == avx512:
		multiplyF64AVX512(f64(out), f64(a), f64(b), n)
	default:
		multiplyF64AVX2(f64(out), f64(a), f64(b), n)
	}
	return n
}

// vectorDivide does the whole vectors and returns how many elements that was.
func vectorDivide[T Float](x []T, by T) int {
	n := whole[T](len(x))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		divideF32AVX512(f32(x), n, float32(by))
	case unsafe.Sizeof(T(0)) == 4:
		divideF32AVX2(f32(x), n, float32(by))
	case level == avx512:
		divideF64AVX512(f64(x), n, float64(by))
	default:
		divideF64AVX2(f64(x), n, float64(by))
	}
	return n
}

// vectorAdd does the whole vectors and returns how many elements that was.
func vectorAdd[T Float](to, x []T) int {
	n := whole[T](len(to))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		addF32AVX512(f32(to), f32(x), n)
	case unsafe.Sizeof(T(0)) == 4:
		addF32AVX2(f32(to), f32(x), n)
	case level == avx512:
		addF64AVX512(f64(to), f64(x), n)
	default:
		addF64AVX2(f64(to), f64(x), n)
	}
	return n
}

// vectorFlush does the whole vectors and returns how many elements that was.
func vectorFlush[T Float](x []T, floor T) int {
	n := whole[T](len(x))
	switch {
	case n == 0 || level == portable:
		return 0
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		flushF32AVX512(f32(x), n, float32(floor))
	case unsafe.Sizeof(T(0)) == 4:
		flushF32AVX2(f32(x), n, float32(floor))
	case level == avx512:
		flushF64AVX512(f64(x), n, float64(floor))
	default:
		flushF64AVX2(f64(x), n, float64(floor))
	}
	return n
}

// vectorSum sums the first n numbers, a multiple of eight.
func vectorSum[T Float](x []T, n int) float64 {
	switch {
	case unsafe.Sizeof(T(0)) == 4 && level == avx512:
		return sumF32AVX512(f32(x), n)
	case unsafe.Sizeof(T(0)) == 4:
		return sumF32AVX2(f32(x), n)
	case level == avx512:
		return sumF64AVX512(f64(x), n)
	default:
		return sumF64AVX2(f64(x), n)
	}
}

// whole returns the largest multiple of the lanes in n.
func whole[T Float](n int) int { return n - n%lanes[T]() }

// f32 and f64 return the address of the first element.
func f32[T Float](x []T) *float32 { return (*float32)(unsafe.Pointer(unsafe.SliceData(x))) }
func f64[T Float](x []T) *float64 { return (*float64)(unsafe.Pointer(unsafe.SliceData(x))) }
