package network

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
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
// the first of each for the Poisson objective, the second for the Gaussian, summed over what is
// seen. Under the
// constraint that a neuron's synapses sum to 1 the conditions are the same once rates
// have settled: the constraint has no force then.
type Optimality struct {
	// Rates and Synapses are the means of |min(x, g)|: 0 at a minimum, 1 at most. A
	// weight that is 0 but should grow counts in full, although no
	// multiplicative rule will ever move it. Synapses is NaN where what a rule keeps constant
	// holds them against the gradient.
	Rates, Synapses float64
}

// Optimality looks at the present rates and synapses between two epochs. It costs about
// one epoch. Both are NaN where the objective is not a sum over stimuli, for counts that are
// learned batch by batch, and after [Learner.Release].
func (l *Learner[T]) Optimality() Optimality {
	o, additive := learning.AdditiveIn[T](l.rule.Objective())
	if l.phase != 0 || l.proposed[0] == nil || !additive {
		return Optimality{math.NaN(), math.NaN()}
	}
	q := l.newQuotients(o)
	var ok bool
	if q.coincidence, ok = l.pass.sums(); !ok {
		return Optimality{math.NaN(), math.NaN()}
	}
	l.pass.pack()
	l.net.pool.Run(l.part.groups(), q.passGroup)
	sum := 0.0
	for _, x := range q.rates {
		sum += x
	}
	found := Optimality{sum / float64(len(l.h.Rows(0, l.h.Stimuli()))), math.NaN()}
	if o.Slack(learning.Kept(l.rule), q.cost) {
		found.Synapses = q.synapses()
	}
	return found
}

// quotients is a pass over all stimuli that finds what reaches rates and synapses, and
// what they send.
type quotients[T neuron.Float] struct {
	l           *Learner[T]
	objective   learning.Additive[T]
	balance     learning.Balance[T]
	cost        float64
	scale       float64   // mean rate
	rates       []float64 // distances, a sum for each block
	coincidence [][]T     // r×n, one a group; nil for counts
}

func (l *Learner[T]) newQuotients(o learning.Additive[T]) *quotients[T] {
	r, n, h := l.net.Hidden.Size, l.net.Visible.Size, l.h.Rows(0, l.h.Stimuli())
	w := l.net.synapses.Weights()
	q := &quotients[T]{l: l, objective: o, scale: kernel.Sum(h) / float64(len(h)), rates: make([]float64, l.part.blocks())}
	q.cost = penalty(l.net.circuit)
	q.balance = o.Balance(learning.Pass[T]{
		Missing: l.v.mask() != nil,
		Hidden:  r, Visible: n, Groups: l.part.groups(), Rates: h, Weights: w,
		Overlap: func(gram []T) { l.net.packed.Overlap(gram, w) },
	})
	return q
}

// passGroup looks at the stimuli of one group.
func (q *quotients[T]) passGroup(worker, group int) {
	l := q.l
	from, to := l.part.group(group)
	for block := from; block < to; block++ {
		b := l.net.workerBlock(worker, l.part, block, l.v, l.h)
		if b.Rows == 0 {
			continue
		}
		q.objective.Drive(b)
		q.balance.Look(group, b)
		for i, h := range b.H {
			q.rates[block] += distance(float64(h)/q.scale, float64(b.Drive[i]), q.cost+q.balance.Rate(b, i))
		}
		if q.coincidence != nil {
			q.objective.Coincide(q.coincidence[group], b)
		}
	}
}

// synapses adds up what the groups found and compares the sums at each synapse.
func (q *quotients[T]) synapses() float64 {
	l, r, n := q.l, q.l.net.Hidden.Size, q.l.net.Visible.Size
	reached := l.pass.reached(q.coincidence)
	defer l.pass.committed() // what reached has used is lent again
	w := l.net.synapses.Weights()
	sent := q.balance.Synapses(l.proposed[0])
	scale, sum := kernel.Sum(w)/float64(r*n), 0.0
	for i, x := range w {
		sum += distance(float64(x)/scale, float64(reached[i]), sent(i))
	}
	return sum / float64(r*n)
}

// distance returns |min(x, g)|. Where nothing is sent and nothing reaches, g is 0.
func distance(x, reaches, sent float64) float64 {
	if reaches == sent {
		return math.Abs(min(x, 0))
	}
	return math.Abs(min(x, (sent-reaches)/max(sent, reaches)))
}
