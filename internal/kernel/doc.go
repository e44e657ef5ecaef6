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
// For counts, matrices most of whose entries are zero, [DriveCounts] and
// [CorrelateCounts] go from count to count instead: a product of two rows, one
// division, a multiple of a row added. Counts that are small whole numbers take two
// bytes each where they are held a second time, by visible neuron.
//
// Which entries of a block are seen is given by bits: [SeenDrive] and [SeenCorrelate] add up
// what belongs to them without a product.
//
// # The quotient
//
// Where the prediction H W is exactly zero the quotient is zero: the factors
// it would multiply are zero too, and a division would only turn them into
// NaN. Where V is zero the quotient is zero as well. Every kernel has this one
// meaning. Neither the prediction nor the quotient is ever stored whole: the
// kernels keep one tile at a time.
//
// # Levels
//
// A kernel is a few calls of two loops, [product] and [quotient], on panels of
// columns. There is one assembly of them for AVX-512 and one for AVX2, written by
// the generator in avogen, one for NEON on arm64, written by neongen, and a portable Go version, [panelProduct] and
// [panelQuotient], which documents them and is their oracle in tests. The fastest
// that the processor has is chosen at the start; the environment variable
// PARTSNET_KERNEL forces "avx512", "avx2", "neon" or "portable", and the build tag noasm
// leaves the last alone. All other kernels have an assembly for AVX-512 and AVX2, and are
// portable Go with NEON.
//
// The assembly holds up to 8×3 vectors of sums in registers and goes through the
// whole depth of a product with them: one load of a row of a panel and one
// broadcast a stimulus for three fused products, so that arithmetic is the
// limit. A chunk of the quotient stays in cache from where it is made to where it
// is used.
//
// # Rounding
//
// The order of every sum is fixed by the sizes alone, and a drive adds its terms
// in the order of the visible neurons: it has the same bits whether a stimulus
// is shown alone or among others. The vector levels round once a term, the
// portable one twice: each product is written T(a*b) before it is added, since the
// conversion forbids the compiler to fuse the two (Go specification,
// "Floating-point operators"), so that every machine computes the same bits. Between
// the portable level and the others a run differs by rounding; AVX2 and AVX-512 give
// the same bits, and NEON the same products and quotients.
package kernel
