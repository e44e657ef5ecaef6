// Package kernel holds the inner loops of partsnet: the few products and
// quotients on which an epoch spends its time.
//
// A kernel works on a block of stimuli, a run of rows of V and H that fits
// in cache, and on the synapses in the form that [Synapses] prepares. All
// matrices are plain row-major slices:
//
//	V  rows×n  stimuli            W  r×n  synapses, one part a row
//	H  rows×r  hidden rates       Q = V/(H W), element by element, rows×n
//
// # The quotient
//
// Where the prediction H W is exactly zero the quotient is zero: the factors
// it would multiply are zero too, and a division would only turn them into
// NaN. Where V is zero the quotient is zero as well. Every kernel has this one
// meaning. Neither the prediction nor the quotient is ever stored whole: the
// kernels keep one tile at a time.
//
// # Rounding
//
// The portable loops write each product as T(a*b) before it is added: the
// conversion forbids the compiler to fuse the two (Go specification,
// "Floating-point operators"), so that every machine computes the same bits.
// The order of every sum is fixed by the sizes alone.
package kernel
