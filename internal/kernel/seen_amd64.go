//go:build !noasm

package kernel

import "unsafe"

// subsetting is the argument of the assembly for masks, read by offset like [tile].
type subsetting struct {
	sums, table, bits     unsafe.Pointer
	rows, tables, vectors int // vectors of a row of sums that are used
	pitch                 int // bytes between the words of two rows
}

//go:noescape
func subsetsF32AVX512(t *subsetting)

//go:noescape
func subsetsF64AVX512(t *subsetting)

//go:noescape
func subsetsF32AVX2(t *subsetting)

//go:noescape
func subsetsF64AVX2(t *subsetting)

//go:noescape
func addSubsetsF32AVX512(t *subsetting)

//go:noescape
func addSubsetsF64AVX512(t *subsetting)

//go:noescape
func addSubsetsF32AVX2(t *subsetting)

//go:noescape
func addSubsetsF64AVX2(t *subsetting)

// vectorSubsets adds up in assembly the subsets of the single rows in tables, if there is any.
func vectorSubsets[T Float](table []T, tables, cols int) bool {
	if level == portable {
		return false
	}
	bounds("subsets", len(table), tables*subsets*tableWidth[T](), 1, 1)
	t := subsetting{table: unsafe.Pointer(&table[0]), tables: tables, vectors: (cols + lanes[T]() - 1) / lanes[T]()}
	switch single := unsafe.Sizeof(T(0)) == 4; {
	case level == avx512 && single:
		subsetsF32AVX512(&t)
	case level == avx512:
		subsetsF64AVX512(&t)
	case single:
		subsetsF32AVX2(&t)
	default:
		subsetsF64AVX2(&t)
	}
	return true
}

// vectorAddSubsets does in assembly what [addSubsets] says, whose shapes have been checked.
func vectorAddSubsets[T Float](sums, table []T, bits []uint64, pitch, shift, rows, tables, cols int) bool {
	if level == portable {
		return false
	}
	t := subsetting{
		sums: unsafe.Pointer(&sums[0]), table: unsafe.Pointer(&table[0]), bits: unsafe.Add(unsafe.Pointer(&bits[0]), shift/8),
		rows: rows, tables: tables, vectors: (cols + lanes[T]() - 1) / lanes[T](), pitch: 8 * pitch,
	}
	switch single := unsafe.Sizeof(T(0)) == 4; {
	case level == avx512 && single:
		addSubsetsF32AVX512(&t)
	case level == avx512:
		addSubsetsF64AVX512(&t)
	case single:
		addSubsetsF32AVX2(&t)
	default:
		addSubsetsF64AVX2(&t)
	}
	return true
}
