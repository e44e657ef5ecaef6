//go:build !amd64 || noasm

package kernel

// There is no assembly for what is seen: portable code does it all.
func vectorSubsets[T Float](_ []T, _, _ int) bool                            { return false }
func vectorAddSubsets[T Float](_, _ []T, _ []uint64, _, _, _, _, _ int) bool { return false }
