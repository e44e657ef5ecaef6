package network

import (
	"errors"
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Learner lets a network learn from stimuli. An epoch is a sequence of phases, once
// for all stimuli or once for each batch of them; [Learner.Epoch] runs them all,
// [Learner.Step] one at a time.
type Learner[T kernel.Float] struct {
	net  *Network[T]
	rule learning.Rule[T]
	plan Plan

	stimuli   Stimuli[T]
	v         shown[T] // the stimuli
	h         *neuron.Rates[T]
	part      partition // of all stimuli
	groups    []*learning.Accumulator[T]
	total     *learning.Accumulator[T] // the sum of the groups
	memory    *learning.Accumulator[T] // of a rule that remembers; or nil
	byVisible *byVisible[T]            // nil where stimuli are not read as counts
	next      []T                      // the proposal
	nextF     []T                      // that for the synapses up, where these are learned apart
	halvings  int                      // of the relaxation, 0 for none
	before    [][]T                    // BlockRows×r rates before a step, one a worker
	losses    []float64                // one a block
	lossOf    *losses[T]
	likeness  float64 // ‖V Vᵀ‖², once it was asked for

	presented presented
	changes   [slices]learning.Change[T] // one a job

	phase     int // index into phases of the order
	epoch     int // epochs completed
	observers []Observer[T]

	phases []Phase
	// Jobs of the pool, made once.
	pass, sum, propose, measure func(worker, item int)
}

// NewLearner returns a learner for stimuli v (m×n), which starts from the
// hidden rates h (m×r) and moves them. It returns an error when the pairing has no
// meaning: see [Pair].
func NewLearner[T kernel.Float](net *Network[T], rule learning.Rule[T], plan Plan, v Stimuli[T], h *neuron.Rates[T]) (*Learner[T], error) {
	plan.Separate = net.forward != nil
	if err := Pair(net.circuit, rule, plan); err != nil {
		return nil, err
	}
	if v.Stimuli() == 0 {
		return nil, errors.New("network: there are no stimuli to learn from")
	}
	net.checkShapes(v, h)
	r, n := net.Hidden.Size, net.Visible.Size
	l := &Learner[T]{
		net: net, rule: rule, plan: plan, stimuli: v, v: show(v), h: h,
		part: partition{v.Stimuli()}, phases: phases[plan.Order],
		next: make([]T, r*n),
	}
	if rule.Nature().Online && l.v.counts != nil && plan.Batch == 0 {
		return nil, fmt.Errorf("network: rule %q reads counts batch by batch; set a batch of at least 1", rule.Name())
	}
	if net.forward != nil {
		l.nextF = make([]T, r*n)
	}
	l.losses = make([]float64, l.part.blocks())
	kernel.HugePages(l.next)
	kernel.HugePages(net.synapses.Weights())
	kernel.HugePages(h.Rows(0, h.Stimuli()))
	if l.v.dense != nil {
		kernel.HugePages(l.v.dense.Rows(0, v.Stimuli()))
	}
	inGroup := n
	if l.v.counts != nil && plan.Batch == 0 && !net.dense() {
		l.byVisible, l.phases, inGroup = newByVisible(l.v.counts, r, n, net.pool.workers), phasesOfCounts[plan.Order], 0
		l.byVisible.gatherBlock, l.byVisible.turnBlock = l.gatherBlock, l.turnBlock
		rows, coincidence := l.lends()
		if !coincidence {
			l.byVisible.coincidence = make([]T, r*n)
		}
		if rows {
			net.packed.RowsIn(l.next)
		}
	}
	for range l.batchPartition(plan.Batch).groups() {
		l.groups = append(l.groups, rule.NewAccumulator(r, inGroup))
	}
	l.total = l.groups[0]
	if l.byVisible != nil {
		sums := *l.groups[0]
		sums.Visible = n
		l.total = &sums
	}
	if m, ok := rule.(learning.Remembering[T]); ok {
		l.memory = m.NewMemory(r, n)
	}
	l.pass, l.sum, l.propose, l.measure = l.passGroup, l.sumSlice, l.proposeSlice, l.measureBlock
	return l, nil
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
	for epoch := l.epoch; ; {
		if _, err := l.Step(); err != nil {
			return err
		}
		if l.epoch != epoch {
			return nil
		}
	}
}

// Step runs the next phase and returns which it was. Between two steps
// everything can be looked at: [Learner.Rates], [Learner.Proposal], the
// synapses of the network. An error means that a proposed weight was refused;
// the synapses are then as before the phase.
func (l *Learner[T]) Step() (Phase, error) {
	if l.phase == 0 && l.plan.Batch > 0 {
		l.nextBatch()
	}
	phase := l.phases[l.phase]
	// The phases of a few stimuli take no longer than to wake another worker.
	l.net.pool.alone = l.plan.Batch > 0 && l.plan.Batch < BlockRows
	err := l.run(phase)
	l.net.pool.alone = false
	if err != nil {
		return phase, err
	}
	l.phase++
	if l.phase == len(l.phases) {
		l.phase = 0
		if l.plan.Batch == 0 || l.presented.to == len(l.presented.order) {
			l.epoch++
			l.presented.from, l.presented.to = 0, 0
		}
	}
	return phase, l.notify(phase)
}

func (l *Learner[T]) run(phase Phase) error {
	switch phase {
	case Recognise, Accumulate, RecogniseAccumulate:
		if l.byVisible != nil {
			l.net.packed.PackRows()
		} else {
			l.net.pack(shown[T]{})
		}
		l.net.pool.run(l.batchPartition(l.presented.size()).groups(), l.pass)
		if phase == Accumulate && l.byVisible != nil {
			l.gather()
		}
		for _, acc := range l.groups[l.batchPartition(l.presented.size()).groups():] {
			acc.Clear() // the last batch of an epoch may be smaller
		}
	case Propose:
		if len(l.groups) > 1 {
			l.net.pool.run(slices, l.sum)
		}
		l.total.Stimuli = l.part.stimuli
		if l.plan.Batch > 0 {
			l.total.Stimuli = l.presented.size()
		}
		l.net.pool.run(l.proposals(), l.propose)
		if rule, ok := l.rule.(learning.LateralRule[T]); ok {
			l.net.circuit.(*PlasticInhibition[T]).propose(rule, l.total, l.memory)
		}
	case Commit:
		return l.commit()
	}
	return nil
}

// commit lets the projections take what was proposed for them.
func (l *Learner[T]) commit() (err error) {
	if l.next, err = l.net.synapses.Commit(l.next); err == nil && l.net.forward != nil {
		l.nextF, err = l.net.forward.Commit(l.nextF)
	}
	if c, ok := l.net.circuit.(plastic[T]); ok && err == nil {
		err = c.commit(l.net.carriers[0])
	}
	if err != nil {
		return fmt.Errorf("network: epoch %d, rule %q: %w", l.epoch+1, l.rule.Name(), err)
	}
	if l.byVisible != nil {
		if rows, _ := l.lends(); rows {
			l.net.packed.RowsIn(l.next)
		}
	}
	if err := l.net.SynapsesChanged(); err != nil {
		return fmt.Errorf("network: epoch %d: %w", l.epoch+1, err)
	}
	return nil
}

// passGroup takes the blocks of one group through the present phase.
func (l *Learner[T]) passGroup(worker, group int) {
	phase, acc := l.phases[l.phase], l.groups[group]
	if phase != Recognise {
		acc.Clear()
	}
	from, to := l.batchPartition(l.presented.size()).group(group)
	for block := from; block < to; block++ {
		b := l.carrier(worker, block)
		if b.Rows == 0 {
			continue
		}
		switch {
		case phase == Accumulate:
			l.rule.Accumulate(acc, b)
		case phase == Recognise:
			l.settle(worker, b, nil)
		case phase == RecogniseAccumulate && l.plan.Order == Simultaneous:
			b.Coincide = acc.Coincidence // one look at the error units serves both
			l.net.circuit.Drive(b)
			l.rule.Accumulate(acc, b)
			b.Coincide = nil
			l.update(worker, b)
		default:
			l.settle(worker, b, acc)
			l.rule.Accumulate(acc, b)
		}
		l.scatter(b, block)
	}
}

// settle takes a block through the steps of recognition. A rule that reads error units
// step by step finds their coincidences in the accumulator.
func (l *Learner[T]) settle(worker int, b *learning.Block[T], acc *learning.Accumulator[T]) {
	nature := l.rule.Nature()
	if nature.Online {
		l.net.begin(b)
	}
	l.net.circuit.Begin(b)
	silent := l.plan.Steps / 2
	for step := range l.plan.Steps {
		if nature.Stepwise && acc != nil && step == silent {
			b.Coincide, b.Credit = acc.Coincidence, 1/T(l.plan.Steps-silent)
		}
		l.net.circuit.Drive(b)
		l.update(worker, b)
	}
	b.Coincide = nil
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

// proposals returns the number of jobs in which weights are proposed.
func (l *Learner[T]) proposals() int {
	if l.rule.Nature().Whole {
		return 1
	}
	return slices
}

// proposeSlice lets the rule propose the weights of some hidden neurons.
func (l *Learner[T]) proposeSlice(_, slice int) {
	r := l.net.Hidden.Size
	from, to := slice*r/l.proposals(), (slice+1)*r/l.proposals()
	if from == to {
		return
	}
	c := &l.changes[slice]
	*c = learning.Change[T]{From: from, To: to, Sum: l.total, Memory: l.memory}
	l.proposeFor(c, l.net.synapses, l.next)
	if l.net.forward != nil {
		l.proposeFor(c, l.net.forward, l.nextF)
	}
}

func (l *Learner[T]) proposeFor(c *learning.Change[T], p *synapse.Projection[T], next []T) {
	n, from, to, w := l.net.Visible.Size, c.From, c.To, p.Weights()
	c.Next, c.Now = next, w
	l.rule.Propose(c)
	if l.halvings > 0 {
		kernel.Relax(next[from*n:to*n], w[from*n:to*n], l.halvings)
		synapse.Rescale(l.rule.Nature().Normalisation, next[from*n:to*n], n)
	}
	kernel.Flush(next[from*n:to*n], l.net.Floor)
}

// Objective returns what the run lowers, for the present rates and synapses: the
// objective of the rule and, where firing costs something, the cost of all rates.
func (l *Learner[T]) Objective() float64 {
	loss := l.Loss(l.rule.Nature().Objective)
	if c, ok := l.net.circuit.(Costly); ok && c.FiringCost() > 0 {
		loss += float64(c.FiringCost() * kernel.Sum(l.h.Rows(0, l.h.Stimuli())))
	}
	return loss
}

// Loss returns an objective for the present rates and synapses, also one that
// the rule does not lower, summed in float64: D in nats, E in squared rates, S in
// rates to the fourth.
func (l *Learner[T]) Loss(o learning.Objective) float64 {
	if o == learning.Similarity {
		return l.similarity()
	}
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
