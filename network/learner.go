package network

import (
	"errors"
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Learner lets a network learn from stimuli. An epoch is a sequence of phases;
// [Learner.Epoch] runs them all, [Learner.Step] one at a time.
type Learner[T kernel.Float] struct {
	net   *Network[T]
	rule  learning.Rule[T]
	order Order
	steps int // recognition steps an epoch

	stimuli   Stimuli[T]
	v         shown[T] // the stimuli
	h         *neuron.Rates[T]
	part      partition
	groups    []*learning.Accumulator[T]
	total     *learning.Accumulator[T] // the sum of the groups
	byVisible *byVisible[T]            // nil where stimuli are not counts
	next      []T                      // the proposal
	halvings  int                      // of the relaxation, 0 for none
	before    [][]T                    // BlockRows×r rates before a step, one a worker
	losses    []float64                // one a block
	lossOf    *losses[T]

	phase     int // index into phases of the order
	epoch     int // epochs completed
	observers []Observer[T]

	phases []Phase
	// Jobs of the pool, made once.
	pass, sum, propose, measure func(worker, item int)
}

// NewLearner returns a learner for stimuli v (m×n), which starts from the
// hidden rates h (m×r) and moves them. Steps is the number of recognition
// steps in an epoch. It returns an error when the pairing has no meaning:
// circuit and rule lower different objectives, or the order asks for a
// simultaneous update that the rule does not allow or that has more than one
// step.
func NewLearner[T kernel.Float](net *Network[T], rule learning.Rule[T], order Order, steps int, v Stimuli[T], h *neuron.Rates[T]) (*Learner[T], error) {
	if err := Pair(net.circuit, rule, order, steps); err != nil {
		return nil, err
	}
	if v.Stimuli() == 0 {
		return nil, errors.New("network: there are no stimuli to learn from")
	}
	net.checkShapes(v, h)
	r, n := net.Hidden.Size, net.Visible.Size
	l := &Learner[T]{
		net: net, rule: rule, order: order, steps: steps, stimuli: v, v: show(v), h: h,
		part: partition{v.Stimuli()}, phases: phases[order],
		next: make([]T, r*n),
	}
	l.losses = make([]float64, l.part.blocks())
	kernel.HugePages(l.next)
	kernel.HugePages(net.synapses.Weights())
	kernel.HugePages(h.Rows(0, h.Stimuli()))
	if l.v.dense != nil {
		kernel.HugePages(l.v.dense.Rows(0, v.Stimuli()))
	}
	inGroup := n
	if l.v.counts != nil {
		l.byVisible, l.phases, inGroup = newByVisible(l.v.counts, r, n, net.pool.workers), phasesOfCounts[order], 0
		l.byVisible.gatherBlock = l.gatherBlock
		rows, coincidence := l.lends()
		if !coincidence {
			l.byVisible.coincidence = make([]T, r*n)
		}
		if rows {
			net.packed.RowsIn(l.next)
		}
	}
	for range l.part.groups() {
		l.groups = append(l.groups, rule.NewAccumulator(r, inGroup))
	}
	l.total = l.groups[0]
	if l.byVisible != nil {
		sums := *l.groups[0]
		sums.Visible = n
		l.total = &sums
	}
	l.pass, l.sum, l.propose, l.measure = l.passGroup, l.sumSlice, l.proposeSlice, l.measureBlock
	return l, nil
}

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
		for range l.net.pool.workers {
			l.before = append(l.before, make([]T, BlockRows*l.net.Hidden.Size))
		}
	}
}

// Relaxations are the exponents ω there are: those that square roots alone make, so
// that every processor computes the same bits.
var Relaxations = []float64{1, 1.5, 1.75, 1.875}

// Pair reports why a circuit, a rule and an order cannot learn together, or
// nil.
func Pair[T kernel.Float](c Circuit[T], rule learning.Rule[T], order Order, steps int) error {
	if c.Objective() != rule.Objective() {
		return fmt.Errorf("network: circuit %q lowers the %s objective and rule %q the %s objective: "+
			"rates and synapses would work against each other; choose a pair that shares one",
			c.Name(), c.Objective(), rule.Name(), rule.Objective())
	}
	if steps < 1 {
		return fmt.Errorf("network: %d recognition steps an epoch; at least 1 is needed", steps)
	}
	if order == Simultaneous && !rule.Simultaneous() {
		return fmt.Errorf("network: rule %q cannot update rates and synapses from one state (it would oscillate or is not known to converge); choose order %q or %q",
			rule.Name(), LearnRecognise, RecogniseLearn)
	}
	if order == Simultaneous && steps != 1 {
		return fmt.Errorf("network: order %q has exactly 1 recognition step an epoch, not %d", order, steps)
	}
	return nil
}

// Phase is a part of an epoch.
type Phase int

// The phases. The first three are passes over all stimuli, in which they are
// recognised, or presented to the plasticity rule, or both, as the order
// says.
const (
	Recognise           Phase = iota // hidden rates move
	Accumulate                       // the rule looks at all stimuli
	RecogniseAccumulate              // both, block by block
	Propose                          // the rule proposes new weights
	Commit                           // the projection takes them
)

// String returns the name of the phase.
func (p Phase) String() string {
	return [...]string{"recognise", "accumulate", "recognise and accumulate", "propose", "commit"}[p]
}

var phases = [...][]Phase{
	LearnRecognise: {Accumulate, Propose, Commit, Recognise},
	RecogniseLearn: {RecogniseAccumulate, Propose, Commit},
	Simultaneous:   {RecogniseAccumulate, Propose, Commit},
}

// Counts are accumulated by visible neuron and recognised by stimulus, so the two
// are phases of their own.
var phasesOfCounts = [...][]Phase{
	LearnRecognise: {Accumulate, Propose, Commit, Recognise},
	RecogniseLearn: {Recognise, Accumulate, Propose, Commit},
	Simultaneous:   {Accumulate, Recognise, Propose, Commit},
}

// Epoch runs the phases that are left of the present epoch.
func (l *Learner[T]) Epoch() error {
	for {
		if _, err := l.Step(); err != nil {
			return err
		}
		if l.phase == 0 {
			return nil
		}
	}
}

// Step runs the next phase and returns which it was. Between two steps
// everything can be looked at: [Learner.Rates], [Learner.Proposal], the
// synapses of the network. An error means that a proposed weight was refused;
// the synapses are then as before the phase.
func (l *Learner[T]) Step() (Phase, error) {
	phase := l.phases[l.phase]
	switch phase {
	case Recognise, Accumulate, RecogniseAccumulate:
		l.net.pack(l.v)
		l.net.pool.run(len(l.groups), l.pass)
		if phase == Accumulate && l.byVisible != nil {
			l.gather()
		}
	case Propose:
		l.net.pool.run(slices, l.sum)
		l.net.pool.run(slices, l.propose)
	case Commit:
		var err error
		if l.next, err = l.net.synapses.Commit(l.next); err != nil {
			return phase, fmt.Errorf("network: epoch %d, rule %q: %w", l.epoch+1, l.rule.Name(), err)
		}
		if l.byVisible != nil {
			if rows, _ := l.lends(); rows {
				l.net.packed.RowsIn(l.next)
			}
		}
		if err := l.net.SynapsesChanged(); err != nil {
			return phase, fmt.Errorf("network: epoch %d: %w", l.epoch+1, err)
		}
	}
	l.phase++
	if l.phase == len(l.phases) {
		l.phase = 0
		l.epoch++
	}
	return phase, l.notify(phase)
}

// passGroup takes the blocks of one group through the present phase.
func (l *Learner[T]) passGroup(worker, group int) {
	phase, acc := l.phases[l.phase], l.groups[group]
	if phase != Recognise {
		acc.Clear()
	}
	from, to := l.part.group(group)
	for block := from; block < to; block++ {
		b := l.net.carrier(worker, l.part, block, l.v, l.h)
		switch {
		case phase == Accumulate:
			l.rule.Accumulate(acc, b)
		case phase == Recognise:
			l.settle(worker, b)
		case phase == RecogniseAccumulate && l.order == Simultaneous:
			b.Coincide = acc.Coincidence // one look at the error units serves both
			l.net.circuit.Drive(b)
			l.rule.Accumulate(acc, b)
			b.Coincide = nil
			l.update(worker, b)
		default:
			l.settle(worker, b)
			l.rule.Accumulate(acc, b)
		}
	}
}

func (l *Learner[T]) settle(worker int, b *learning.Block[T]) {
	for range l.steps {
		l.net.circuit.Drive(b)
		l.update(worker, b)
	}
}

// update moves the rates of a block by what was driven, and further where the
// steps are relaxed.
func (l *Learner[T]) update(worker int, b *learning.Block[T]) {
	if l.halvings == 0 {
		l.net.circuit.Update(b)
	} else {
		before := l.before[worker][:len(b.H)]
		copy(before, b.H)
		l.net.circuit.Update(b)
		kernel.Relax(b.H, before, l.halvings)
	}
	kernel.Flush(b.H, l.net.Floor)
}

// slices is the number of jobs in which accumulators are added up and weights
// proposed.
const slices = 8

// sumSlice adds one slice of the accumulators of all groups into the first,
// in the tree that the package text describes.
func (l *Learner[T]) sumSlice(_, slice int) {
	for stride := 1; stride < len(l.groups); stride *= 2 {
		for g := 0; g+stride < len(l.groups); g += 2 * stride {
			from := l.groups[g+stride].Fields()
			for i, to := range l.groups[g].Fields() {
				lo, hi := slice*len(to)/slices, (slice+1)*len(to)/slices
				kernel.Add(to[lo:hi], from[i][lo:hi])
			}
		}
	}
}

// proposeSlice lets the rule propose the weights of some hidden neurons.
func (l *Learner[T]) proposeSlice(_, slice int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	from, to := slice*r/slices, (slice+1)*r/slices
	w := l.net.synapses.Weights()
	l.rule.Propose(l.next, w, l.total, from, to)
	if l.halvings > 0 {
		kernel.Relax(l.next[from*n:to*n], w[from*n:to*n], l.halvings)
		synapse.Rescale(l.rule.Normalisation(), l.next[from*n:to*n], n)
	}
	kernel.Flush(l.next[from*n:to*n], l.net.Floor)
}

// Objective returns the objective of the rule for the present rates and
// synapses.
func (l *Learner[T]) Objective() float64 { return l.Loss(l.rule.Objective()) }

// Loss returns an objective for the present rates and synapses, also one that
// the rule does not lower, summed in float64: D in nats or E in squared rates.
func (l *Learner[T]) Loss(o learning.Objective) float64 {
	l.lossOf = l.net.losses(o, l.v)
	l.net.pool.run(len(l.losses), l.measure)
	sum := 0.0
	for _, x := range l.losses {
		sum += x
	}
	return sum
}

func (l *Learner[T]) measureBlock(worker, block int) {
	l.losses[block] = l.lossOf.of(l.net.carrier(worker, l.part, block, l.v, l.h))
}

// Epochs returns the number of epochs completed.
func (l *Learner[T]) Epochs() int { return l.epoch }

// Rates returns the hidden rates to all stimuli (m×r).
func (l *Learner[T]) Rates() *neuron.Rates[T] { return l.h }

// Proposal returns the weights (r×n) that the rule proposes, valid between the
// phases Propose and Commit. The slice is a view for reading.
func (l *Learner[T]) Proposal() []T { return l.next }
