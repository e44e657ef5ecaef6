package learning

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// HoyerProjection keeps the sparseness of every part where it is wanted,
// "hoyer-projection": after a step down the gradient of E each part is replaced by the
// nearest one of length one whose sparseness (measure Hoyer) is Sparseness,
//
//	w_a ← P( w_a − ( HᵀH W − HᵀV )_a / λ )
//	Σ_j w_aj = √n − (√n − 1) Sparseness,   Σ_j w_aj² = 1,   w_aj ≥ 0
//
// with λ the largest eigenvalue of HᵀH. Because 1/λ is the step whose bound touches E,
// the projection of what it leads to cannot raise E once the parts are of that
// sparseness: no search for a step is needed.
//
// The rule is not local: a projection looks at all synapses of a neuron and moves
// each by what it finds.
//
// Source: Hoyer 2004, for the projection; the step is that of projected gradients.
type HoyerProjection[T neuron.Float] struct {
	Sparseness float64
}

var _ Rule[float64] = (*HoyerProjection[float64])(nil)

// NewHoyerProjection returns the rule with Sparseness 0.8.
func NewHoyerProjection[T neuron.Float]() *HoyerProjection[T] {
	return &HoyerProjection[T]{Sparseness: 0.8}
}

func (*HoyerProjection[T]) Name() string { return "hoyer-projection" }

func (*HoyerProjection[T]) Objective() Objective { return SquaredError }

func (*HoyerProjection[T]) Describe() Description {
	return Description{
		Doc: "Parts of a sparseness that is asked for (Hoyer 2004).",
		Sources: []string{
			"Hoyer PO (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning Research 5:1457–1469.",
		},
		Example: Example{
			Text: `After each step a part is replaced by the nearest one of length one and the sparseness
learning.sparseness, whatever the data want. A bar of 8 of 64 pixels has 0.74.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Partner: "lateral-inhibition",
			Learning: `sparseness = 0.74
epochs = 1000`,
		},
	}
}

// Keeps says that each part has the length 1.
func (*HoyerProjection[T]) Keeps() synapse.Normalisation { return synapse.UnitLength }

func (r *HoyerProjection[T]) Parameters() []Parameter {
	return []Parameter{{Name: "sparseness", Doc: "Hoyer sparseness of every part, 0 for all synapses alike, 1 for one synapse alone", Value: &r.Sparseness, Low: 0, High: 1}}
}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*HoyerProjection[T]) TakesMissing() {}
func (*HoyerProjection[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*HoyerProjection[T]) NewAccumulator(r, n int) *Accumulator[T] { return newGaussianSums[T](r, n) }

// Accumulate adds HᵀV and HᵀH of the block.
func (*HoyerProjection[T]) Accumulate(acc *Accumulator[T], b *Block[T]) { addGaussianSums(acc, b) }

// Propose steps and projects.
func (r *HoyerProjection[T]) Propose(c *Change[T]) {
	descend(c, safeStep(c.Sum))
	n := c.Sum.Visible
	root := math.Sqrt(float64(n))
	for a := c.From; a < c.To; a++ {
		project(c.Next[a*n:(a+1)*n], root-float64((root-1)*r.Sparseness))
	}
}

// project replaces x by the nearest vector without negative entries whose entries sum
// to sum and whose length is 1, for a sum from 1 to √n:
//
//	x ← x + (sum − Σ x)/N                              to the plane of that sum
//	x ← m + α (x − m),  |x| = 1                        from its middle m to the sphere
//	x_j ← 0 where x_j ≤ 0, again without those
//
// Source: Hoyer 2004.
func project[T neuron.Float](x []T, sum float64) {
	free := len(x)
	shift := T((sum - kernel.Sum(x)) / float64(free))
	for j := range x {
		x[j] += shift
		if x[j] == 0 {
			x[j] = math.SmallestNonzeroFloat32 // zero marks an entry that is no longer free
		}
	}
	for free > 0 {
		middle := sum / float64(free)
		// α is the positive root of a α² + 2 b α + c = 0.
		var a, b, c float64
		for _, y := range x {
			if y != 0 {
				d := float64(y) - middle
				a += float64(d * d)
				b += float64(d * middle)
				c += float64(middle * middle)
			}
		}
		c--
		alpha, alike := 0.0, 1e-12*float64(free)*middle*middle
		if a <= alike && c < -1e-6 && free > 1 {
			// All free entries are alike, to six digits, and too short: every direction is as near as the
			// next. Take that of the first.
			raise(x, middle, free)
			continue
		}
		if a > alike {
			alpha = (-b + math.Sqrt(max(0, float64(b*b)-float64(a*c)))) / a
		}
		negative, left := false, 0
		for j, y := range x {
			if y == 0 {
				continue
			}
			z := middle + float64(alpha*(float64(y)-middle))
			x[j] = T(z)
			if z < 0 {
				negative = true
			}
			if z > 0 {
				left++
			}
		}
		if !negative {
			return
		}
		free = left
		total := 0.0
		for j, y := range x {
			if y <= 0 {
				x[j] = 0
			} else {
				total += float64(y)
			}
		}
		shift := T((sum - total) / float64(free))
		for j, y := range x {
			if y != 0 {
				x[j] = y + shift
			}
		}
	}
}

// raise lets the first free entry of x stand out from free ones that are all alike, with
// the same sum.
func raise[T neuron.Float](x []T, middle float64, free int) {
	first := true
	for j, y := range x {
		switch {
		case y == 0:
		case first:
			x[j], first = T(middle+float64(middle/2)), false
		default:
			x[j] = T(middle - float64(middle/2)/float64(free-1))
		}
	}
}
