package network

// Relax lets every step of recognition and learning go further in its direction,
// from the next phase on: a step that multiplies a rate or a weight by q then
// multiplies it by q^ω, with ω the [Relaxations] at the index; 0 is the plain step.
// A rule that keeps a normalisation has it restored.
//
// Near the optimum a plain step of expectation maximisation closes only part of the
// distance that is left, and ω in (1, 2) closes ω times as much: the same objective
// in two to three times fewer epochs. The price is the guarantee. A plain step
// never raises the objective; a relaxed one may.
//
// Source: Salakhutdinov & Roweis 2003, "Adaptive overrelaxed bound optimization
// methods", eq. 8.
func (l *Learner[T]) Relax(index int) {
	l.halvings = index
	if l.before == nil && index > 0 {
		for range l.net.pool.Workers() {
			l.before = append(l.before, make([]T, BlockRows*l.net.Hidden.Size))
		}
	}
}

// Relaxations are the exponents ω there are: those that square roots alone make, so
// that every processor computes the same bits.
var Relaxations = []float64{1, 1.5, 1.75, 1.875}
