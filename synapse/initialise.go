package synapse

import "math/rand/v2"

// Randomise draws every weight independently and uniformly in magnitude from
// [lo, hi), with the declared sign. A multiplicative rule cannot move a weight
// from zero, so lo > 0 leaves every synapse free to grow. It panics unless
// 0 ≤ lo ≤ hi.
func (p *Projection[T]) Randomise(rng *rand.Rand, lo, hi float64) {
	if !(0 <= lo && lo <= hi) {
		panic("synapse: Randomise: needs 0 <= lo <= hi")
	}
	p.version++
	for i := range p.w {
		p.w[i] = T(float64(p.sign) * (lo + float64((hi-lo)*rng.Float64())))
	}
}
