package kernel

import (
	"syscall"
	"unsafe"
)

// hugeBytes is the size of a huge page.
const hugeBytes = 2 << 20

// HugePages asks the system to hold x in pages of 2 MiB, as far as whole ones fit:
// rows of large arrays that are read in no order then cost fewer walks through
// the page tables. It is a wish and changes no value.
func HugePages[T Float](x []T) {
	if len(x) == 0 {
		return
	}
	start := uintptr(unsafe.Pointer(&x[0]))
	bytes := uintptr(len(x)) * unsafe.Sizeof(x[0])
	skip := -start % hugeBytes
	if bytes < skip+hugeBytes {
		return
	}
	whole := (bytes - skip) / hugeBytes * hugeBytes
	inside := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(&x[0]), skip)), whole)
	_ = syscall.Madvise(inside, syscall.MADV_HUGEPAGE) // a system without them has pages of its own
}
