package network

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
)

// Optimality says how far rates and synapses are from a point where the objective
// cannot be lowered by a small change. There, a rate or a weight x ≥ 0 with the
// gradient g satisfies the conditions of Karush, Kuhn and Tucker,
//
//	x > 0  ⇒  g = 0        x = 0  ⇒  g ≥ 0
//
// which hold exactly where min(x, g) = 0. Both are taken without a unit: x in units of
// its mean over the network, g from what reaches the neuron or the synapse and what it
// sends already, the two sums whose ratio is the factor of a plain multiplicative step:
//
//	g = (sent − reached) / max(sent, reached)
//	rates      reached Σ_j w_aj v_ij/p_ij    sent Σ_j w_aj
//	           reached Σ_j w_aj v_ij         sent Σ_j w_aj p_ij + cost
//	synapses   reached Σ_i h_ia v_ij/p_ij    sent Σ_i h_ia
//	           reached Σ_i h_ia v_ij         sent Σ_i h_ia p_ij
//
// the first of each for the Poisson objective, the second for the Gaussian. Under the
// constraint that a neuron's synapses sum to 1 the conditions are the same once rates
// have settled: the constraint has no force then.
type Optimality struct {
	// Rates and Synapses are the means of |min(x, g)|: 0 at a minimum, at the most 1. A
	// weight that is 0 but should grow counts in full, although no
	// multiplicative rule will ever move it. Synapses is NaN where what a rule keeps constant
	// holds them against the gradient.
	Rates, Synapses float64
}

// Optimality looks at the present rates and synapses between two epochs. It costs about
// one epoch. Both are NaN where the objective is no sum over stimuli, for counts that are
// learned batch by batch, and after [Learner.Release].
func (l *Learner[T]) Optimality() Optimality {
	o := l.rule.Nature().Objective
	if l.phase != 0 || l.next == nil || o == learning.Similarity || l.v.counts != nil && l.byVisible == nil {
		return Optimality{math.NaN(), math.NaN()}
	}
	q := l.newQuotients(o)
	if l.byVisible != nil {
		l.net.packed.PackRows()
	} else {
		l.net.pack(shown[T]{})
	}
	l.net.pool.Run(l.part.groups(), q.passGroup)
	sum := 0.0
	for _, x := range q.rates {
		sum += x
	}
	found := Optimality{sum / float64(len(l.h.Rows(0, l.h.Stimuli()))), math.NaN()}
	switch kept := l.rule.Nature().Normalisation; {
	case kept == synapse.Free, kept == synapse.UnitSum && o == learning.Poisson && q.cost == 0:
		found.Synapses = q.synapses()
	}
	return found
}

// quotients is a pass over all stimuli that finds what reaches rates and synapses, and
// what they send.
type quotients[T kernel.Float] struct {
	l           *Learner[T]
	objective   learning.Objective
	cost        float64
	scale       float64   // mean rate
	sums        []float64 // r, Poisson: Σ_j w_aj
	overlap     []T       // r×r, Gaussian: W Wᵀ
	rates       []float64 // distances, a sum for each block
	total       []float64 // r, Σ_i h_ia
	coincidence [][]T     // r×n, one a group; nil for counts
	together    [][]T     // r×r, Gaussian: HᵀH, one a group
}

func (l *Learner[T]) newQuotients(o learning.Objective) *quotients[T] {
	r, n, h := l.net.Hidden.Size, l.net.Visible.Size, l.h.Rows(0, l.h.Stimuli())
	q := &quotients[T]{l: l, objective: o, scale: kernel.Sum(h) / float64(len(h)), rates: make([]float64, l.part.blocks())}
	if c, ok := l.net.circuit.(Costly); ok {
		q.cost = c.FiringCost()
	}
	if o == learning.Poisson {
		q.sums, q.total = make([]float64, r), make([]float64, r)
		for a := range r {
			q.sums[a] = kernel.Sum(l.net.synapses.Of(a))
		}
		for i, x := range h {
			q.total[i%r] += float64(x)
		}
	} else {
		q.overlap = make([]T, r*r)
		l.net.packed.Overlap(q.overlap, l.net.synapses.Weights())
	}
	for g := range l.part.groups() {
		if o == learning.Gaussian {
			q.together = append(q.together, make([]T, r*r))
		}
		switch {
		case l.byVisible != nil:
		case l.plan.Batch == 0 && len(l.groups[g].Coincidence) == r*n:
			clear(l.groups[g].Coincidence)
			q.coincidence = append(q.coincidence, l.groups[g].Coincidence)
		default:
			q.coincidence = append(q.coincidence, make([]T, r*n))
		}
	}
	return q
}

// passGroup looks at the stimuli of one group.
func (q *quotients[T]) passGroup(worker, group int) {
	l, r, n := q.l, q.l.net.Hidden.Size, q.l.net.Visible.Size
	from, to := l.part.group(group)
	for block := from; block < to; block++ {
		b := l.net.carrier(worker, l.part, block, l.v, l.h)
		if b.Rows == 0 {
			continue
		}
		drive(q.objective, b)
		if q.objective == learning.Gaussian {
			kernel.Mul(b.Inhibition, b.H, q.overlap, b.Rows, r, r)
			kernel.Correlate(q.together[group], b.H, b.H, b.Rows, r, r)
		}
		for i, h := range b.H {
			sent := q.cost
			if q.objective == learning.Gaussian {
				sent += float64(b.Inhibition[i])
			} else {
				sent += q.sums[i%r]
			}
			q.rates[block] += distance(float64(h)/q.scale, float64(b.Drive[i]), sent)
		}
		switch {
		case q.coincidence == nil:
		case q.objective == learning.Gaussian:
			kernel.Correlate(q.coincidence[group], b.H, b.V, b.Rows, r, n)
		default:
			kernel.PoissonCorrelate(q.coincidence[group], b.V, b.H, b.Rows, b.Synapses, b.Scratch)
		}
	}
}

// synapses adds up what the groups found and compares the sums at each synapse.
func (q *quotients[T]) synapses() float64 {
	l, r, n := q.l, q.l.net.Hidden.Size, q.l.net.Visible.Size
	var reached []T
	if l.byVisible != nil {
		l.gather()
		reached = l.byVisible.coincidence
		if rows, _ := l.lends(); rows {
			defer func() { l.net.packed.RowsIn(l.next) }()
		}
	} else {
		reached = q.coincidence[0]
		for _, c := range q.coincidence[1:] {
			kernel.Add(reached, c)
		}
	}
	w := l.net.synapses.Weights()
	var predicted []T
	if q.objective == learning.Gaussian {
		for _, h := range q.together[1:] {
			kernel.Add(q.together[0], h)
		}
		predicted = l.next
		kernel.Mul(predicted, q.together[0], w, r, r, n)
	}
	scale, sum := kernel.Sum(w)/float64(r*n), 0.0
	for i, x := range w {
		var sent float64
		if q.objective == learning.Gaussian {
			sent = float64(predicted[i])
		} else {
			sent = q.total[i/n]
		}
		sum += distance(float64(x)/scale, float64(reached[i]), sent)
	}
	return sum / float64(r*n)
}

// drive computes what reaches the hidden neurons under an objective.
func drive[T kernel.Float](o learning.Objective, b *learning.Block[T]) {
	switch {
	case o == learning.Poisson && b.Counts != nil:
		kernel.DriveCounts(b.Drive, b.Counts, b.From, b.From+b.Rows, b.H, b.Synapses)
	case o == learning.Poisson:
		kernel.PoissonDrive(b.Drive, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	case b.Counts != nil:
		kernel.GaussianDriveCounts(b.Drive, b.Counts, b.From, b.From+b.Rows, b.Synapses)
	default:
		kernel.GaussianDrive(b.Drive, b.V, b.Rows, b.Synapses)
	}
}

// distance returns |min(x, g)|. Where nothing is sent and nothing reaches, g is 0.
func distance(x, reaches, sent float64) float64 {
	if reaches == sent {
		return math.Abs(min(x, 0))
	}
	return math.Abs(min(x, (sent-reaches)/max(sent, reaches)))
}
