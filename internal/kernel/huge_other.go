//go:build !linux

package kernel

// HugePages does nothing: this system has no such wish.
func HugePages[T Float](_ []T) {}
