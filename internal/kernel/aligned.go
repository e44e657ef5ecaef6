package kernel

import "unsafe"

// lineBytes is the size of a cache line, and of the widest vectors.
const lineBytes = 64

// aligned returns n zeros that begin at a cache line, so that no vector of a
// panel lies across two.
func aligned[T Float](n int) []T {
	size := int(unsafe.Sizeof(T(0)))
	x := make([]T, n+lineBytes/size)
	skip := 0
	for uintptr(unsafe.Pointer(&x[skip]))%lineBytes != 0 {
		skip++
	}
	x = x[skip : skip+n : skip+n]
	HugePages(x)
	return x
}
