//go:build !amd64 || noasm

package kernel

// vectorNewton computes what its twin does: there is no assembly of Newton's steps for this processor.
func vectorNewton[T Float](p, v, y []T, x T, z []T) (reached, curved float64) {
	return portableNewton(p, v, y, x, z)
}
