//go:build !noasm

package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vectorLevels returns the levels of assembly that this processor runs.
func vectorLevels() (names []string) {
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ {
		names = append(names, avx512)
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		names = append(names, avx2)
	}
	return names
}

// tile is the argument of the assembly. Its fields are read by offset: the
// generator lists them in the same order. Strides are in bytes.
type tile struct {
	c, v, a, b                     unsafe.Pointer
	rows, depth                    int
	aRow, aStep, bStep, cRow, vRow int
	vectors                        int // whole vectors of columns, 1 to 3; 0 for one that mask cuts
	mask                           unsafe.Pointer
	add                            int // 1 to add to c
}

// Generated from avogen. Each computes what [panelProduct] or [panelQuotient]
// does, the terms of a sum fused (one rounding a term).

//go:generate go run -C avogen . -out ../vector_amd64.s

//go:noescape
func productF32AVX512(t *tile)

//go:noescape
func productF64AVX512(t *tile)

//go:noescape
func productF32AVX2(t *tile)

//go:noescape
func productF64AVX2(t *tile)

//go:noescape
func quotientF32AVX512(t *tile)

//go:noescape
func quotientF64AVX512(t *tile)

//go:noescape
func quotientF32AVX2(t *tile)

//go:noescape
func quotientF64AVX2(t *tile)

// The terms of objectives, as [portableTerms] adds them up; n is a multiple of
// eight.

//go:noescape
func poissonTermsF32AVX512(v, p *float32, n int) float64

//go:noescape
func poissonTermsF64AVX512(v, p *float64, n int) float64

//go:noescape
func poissonTermsF32AVX2(v, p *float32, n int) float64

//go:noescape
func poissonTermsF64AVX2(v, p *float64, n int) float64

//go:noescape
func gaussianTermsF32AVX512(v, p *float32, n int) float64

//go:noescape
func gaussianTermsF64AVX512(v, p *float64, n int) float64

//go:noescape
func gaussianTermsF32AVX2(v, p *float32, n int) float64

//go:noescape
func gaussianTermsF64AVX2(v, p *float64, n int) float64

// vectorTerms adds up terms in assembly; v and p have the same length, a multiple
// of eight and not zero.
func vectorTerms[T Float](o Objective, v, p []T) float64 {
	n := len(p)
	if unsafe.Sizeof(T(0)) == 4 {
		v, p := (*float32)(unsafe.Pointer(&v[0])), (*float32)(unsafe.Pointer(&p[0]))
		switch {
		case o == Poisson && level == avx512:
			return poissonTermsF32AVX512(v, p, n)
		case o == Poisson:
			return poissonTermsF32AVX2(v, p, n)
		case level == avx512:
			return gaussianTermsF32AVX512(v, p, n)
		}
		return gaussianTermsF32AVX2(v, p, n)
	}
	w, q := (*float64)(unsafe.Pointer(&v[0])), (*float64)(unsafe.Pointer(&p[0]))
	switch {
	case o == Poisson && level == avx512:
		return poissonTermsF64AVX512(w, q, n)
	case o == Poisson:
		return poissonTermsF64AVX2(w, q, n)
	case level == avx512:
		return gaussianTermsF64AVX512(w, q, n)
	}
	return gaussianTermsF64AVX2(w, q, n)
}

// gathering is the argument of the assembly for counts, read by offset like
// [tile].
type gathering struct {
	out, x, y, index, value unsafe.Pointer
	count, vectors, tail    int // counts; whole vectors of a row; 1 if more lanes follow
	mask                    unsafe.Pointer
	row, predict            int // bytes between rows of y; 1 for predictions alone
}

//go:noescape
func gatherF32AVX512(t *gathering)

//go:noescape
func gatherF64AVX512(t *gathering)

//go:noescape
func gatherF32AVX2(t *gathering)

//go:noescape
func gatherF64AVX2(t *gathering)

// vectorGather does in assembly what [gatherRow] says; there is at least one
// count, and none outside y.
func vectorGather[T Float](out, x []T, row Counts[T], y []T, pitch int, predict bool) {
	size, width := int(unsafe.Sizeof(T(0))), lanes[T]()
	g := gathering{
		out: unsafe.Pointer(&out[0]), x: unsafe.Pointer(&x[0]), y: unsafe.Pointer(&y[0]),
		index: unsafe.Pointer(&row.Index[0]), value: unsafe.Pointer(&row.Value[0]), count: len(row.Index),
		vectors: len(x) / width, row: pitch * size,
	}
	if rest := len(x) % width; rest > 0 {
		g.tail, g.mask = 1, laneMask[T](level, rest)
	}
	if predict {
		g.predict = 1
	}
	switch {
	case level == avx512 && size == 4:
		gatherF32AVX512(&g)
	case level == avx512:
		gatherF64AVX512(&g)
	case size == 4:
		gatherF32AVX2(&g)
	default:
		gatherF64AVX2(&g)
	}
}

// vectorsOfPanel is the number of vectors in a row of a panel.
const vectorsOfPanel = 3

// panelWidth returns the number of columns of a panel.
func panelWidth[T Float](cols int) int {
	if level == portable {
		return max(1, cols)
	}
	return vectorsOfPanel * lanes[T]()
}

// lanes returns the number of elements of a vector.
func lanes[T Float]() int {
	size := int(unsafe.Sizeof(T(0)))
	if level == avx512 {
		return 64 / size
	}
	return 32 / size
}

// laneMasks holds, at [0], bits for AVX-512, of which the lowest count lanes,
// and, at [1:], a vector of all ones then zeros for AVX2: read from offset
// lanes − count it has count lanes.
var (
	bitMasks = [17]uint16{}
	maskF32  [16]int32
	maskF64  [8]int64
)

func init() {
	for k := range bitMasks {
		bitMasks[k] = uint16(1<<k - 1)
	}
	for k := range 8 {
		maskF32[k] = -1
	}
	for k := range 4 {
		maskF64[k] = -1
	}
}

// laneMask returns what the assembly of a level reads to know the lanes of a
// vector of which count exist.
func laneMask[T Float](level string, count int) unsafe.Pointer {
	switch {
	case level == avx512:
		return unsafe.Pointer(&bitMasks[count])
	case unsafe.Sizeof(T(0)) == 4:
		return unsafe.Pointer(&maskF32[8-count])
	default:
		return unsafe.Pointer(&maskF64[4-count])
	}
}

// vectorProduct computes C = [C +] A B or, to divide, C = V/(A B), panel by panel in
// assembly. V is fetched into the cache where it is not nil. The shapes have been checked
// and are not empty.
func vectorProduct[T Float](c []T, cRow int, v []T, vRow int, a coefficients[T], b columns[T], rows, depth, cols int, add, divide bool) {
	size, width := int(unsafe.Sizeof(T(0))), lanes[T]()
	t := tile{
		a: unsafe.Pointer(&a.x[0]), rows: rows, depth: depth,
		aRow: a.row * size, aStep: a.step * size, bStep: b.step * size, cRow: cRow * size, vRow: vRow * size,
	}
	if add {
		t.add = 1
	}
	for col := 0; col < cols; {
		inPanel := col % (vectorsOfPanel * width)
		t.vectors = min(vectorsOfPanel-inPanel/width, (cols-col)/width)
		done, with := t.vectors*width, level
		if t.vectors == 0 {
			done = cols - col
			if done <= width/2 && level == avx512 {
				with = avx2 // half a vector is enough, and half the work
			}
			t.mask = laneMask[T](with, done)
			if with == avx2 && done*size == 32 {
				t.vectors = 1
			}
		}
		first := col/(vectorsOfPanel*width)*b.panel + inPanel
		bounds("product", len(b.x), first+(depth-1)*b.step+done, len(c), (rows-1)*cRow+col+done)
		t.b, t.c = unsafe.Pointer(&b.x[first]), unsafe.Pointer(&c[col])
		if v != nil {
			t.v = unsafe.Pointer(&v[col])
		}
		t.run(with, size, divide)
		col += done
	}
}

// run calls the assembly of a level for numbers of that size.
func (t *tile) run(level string, size int, divide bool) {
	switch {
	case level == avx512 && size == 4 && divide:
		quotientF32AVX512(t)
	case level == avx512 && size == 4:
		productF32AVX512(t)
	case level == avx512 && divide:
		quotientF64AVX512(t)
	case level == avx512:
		productF64AVX512(t)
	case size == 4 && divide:
		quotientF32AVX2(t)
	case size == 4:
		productF32AVX2(t)
	case divide:
		quotientF64AVX2(t)
	default:
		productF64AVX2(t)
	}
}
