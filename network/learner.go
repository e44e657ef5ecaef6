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
type Learner[T neuron.Float] struct {
	net  *Network[T]
	rule learning.Rule[T]
	plan Plan

	stimuli     Stimuli[T]
	v           source[T] // stimuli, as the network reads them
	pass        pass[T]
	h           *neuron.Rates[T]
	part        partition // of all stimuli
	groups      []*learning.Accumulator[T]
	total       *learning.Accumulator[T] // the sum of the groups
	memory      *learning.Accumulator[T] // of a rule that remembers; or nil
	proposed    [][]T                    // weights proposed for each projection of the network; nil for derived ones
	accelerator accelerator[T]
	pending     []synapse.Pending[T] // all proposals
	ownChange   OwnChange[T]
	gramNorm    float64 // ‖V Vᵀ‖², computed at first use; or 0
	size        float64 // of the terms of the objective, computed at first use; or 0

	online, eachStep bool // what the rule declares
	apart            []T  // given to blocks as [learning.Block.Coincidence] where the pass gathers coincidences; or nil

	events  timeline[T]
	now     *moment[T] // what is done in the present epoch; or nil
	entered int        // epoch, from 1, for which now was found

	presented presented
	changes   [proposalJobs]learning.Change[T] // one a job

	phase int // index into phases of the order
	epoch int // epochs completed

	phases []Phase
	// Jobs of the pool, made once so that an epoch allocates nothing.
	present, sum, propose, turn func(worker, item int)
	columns                     *learning.Columns[T] // of a rule that reads stimuli so; or nil
	shown                       []T                  // m×n, the stimuli that it reads, where they are not held in one piece or not as they are presented; or nil
}

// NewLearner returns a learner for stimuli v (m×n), which starts from the hidden rates h
// (m×r) and changes them in place. It returns an error if circuit, rule and plan cannot be
// combined (see [Pair]), if one of them cannot take these stimuli, or if shapes do not fit.
func NewLearner[T neuron.Float](net *Network[T], rule learning.Rule[T], plan Plan, v Stimuli[T], h *neuron.Rates[T]) (*Learner[T], error) {
	if plan.Untied != (net.forward != nil) {
		return nil, errors.New("network: plan and network must agree on untied feedforward weights: see Plan.Untied and NewUntied")
	}
	if err := Pair(net.circuit, rule, plan); err != nil {
		return nil, err
	}
	if plan.Epochs < 0 || !(plan.Tolerance >= 0) {
		return nil, fmt.Errorf("network: a plan of %d epochs with a tolerance of %v; neither may be negative", plan.Epochs, plan.Tolerance)
	}
	if v.Stimuli() == 0 {
		return nil, errors.New("network: there are no stimuli to learn from")
	}
	if !net.fits(v, h) {
		return nil, fmt.Errorf("network: stimuli are %d×%d and hidden rates %d×%d; for %d visible and %d hidden neurons allowed are m×%d and m×%d",
			v.Stimuli(), v.Neurons(), h.Stimuli(), h.Neurons(), net.Visible.Size, net.Hidden.Size, net.Visible.Size, net.Hidden.Size)
	}
	if err := accepts(net.circuit, rule, v, plan); err != nil {
		return nil, err
	}
	r, n := net.Hidden.Size, net.Visible.Size
	l := &Learner[T]{
		net: net, rule: rule, plan: plan, stimuli: v, v: net.source(v), h: h,
		part:   partition{v.Stimuli()},
		online: learning.Has[learning.Online](rule), eachStep: learning.Has[learning.EachStep](rule),
	}
	var err error
	if l.accelerator, err = newAccelerator[T](plan, net.pool.Workers(), net.Hidden.Size); err != nil {
		return nil, err
	}
	if l.pass, err = l.v.pass(l); err != nil {
		return nil, err
	}
	if err = CheckEvents(net.circuit, plan, true, net.Hidden.Size, net.Visible.Size); err != nil {
		return nil, err
	}
	l.events = newTimeline[T](plan.Events, net.Hidden.Size)
	net.allowCuts(plan.Events)
	l.proposed = make([][]T, len(net.projections))
	for k, p := range net.projections {
		if !p.Derived {
			l.proposed[k] = make([]T, p.Pre()*p.Post())
			l.pending = append(l.pending, synapse.Pending[T]{Projection: p.Projection, Weights: &l.proposed[k]})
		}
	}
	kernel.HugePages(l.proposed[0])
	kernel.HugePages(net.synapses.Weights())
	kernel.HugePages(h.Rows(0, h.Stimuli()))
	for range l.batchPartition(plan.Batch).groups() {
		l.groups = append(l.groups, rule.NewAccumulator(r, l.pass.columns()))
	}
	sends := l.v.mask() != nil && learning.Has[learning.ReadsSent](rule)
	for _, acc := range l.groups {
		if sends {
			acc.Sent = make([]T, r*n)
		}
	}
	l.phases, l.total = l.pass.begin()
	if m, ok := rule.(learning.Remembering[T]); ok {
		l.memory = m.NewMemory(r, n)
		if l.memory != nil && sends {
			l.memory.Sent = make([]T, r*n)
		}
	}
	l.present, l.sum, l.propose, l.turn = l.passGroup, l.sumSlice, l.proposeSlice, l.turnRates
	l.readColumns()
	return l, nil
}

// Epoch runs the remaining phases of the present epoch.
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

// Step runs the next phase and returns which it was. Between two steps rates
// ([Learner.Rates]), proposed weights ([Learner.Proposal]) and the synapses of the network
// can be read. An error means that a proposed weight was refused; the synapses are then as
// before the phase.
func (l *Learner[T]) Step() (Phase, error) {
	if l.events != nil && l.phase == 0 && l.entered != l.epoch+1 {
		if err := l.enter(); err != nil {
			return l.phases[0], err
		}
	}
	if l.phase == 0 && l.plan.Batch > 0 {
		l.nextBatch()
	}
	phase := l.phases[l.phase]
	// Phases of few stimuli are as short as the wake-up of another worker: run them serially.
	l.net.pool.Serial = l.plan.Batch > 0 && l.plan.Batch < blockRows
	err := l.run(phase)
	l.net.pool.Serial = false
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
	return phase, nil
}

func (l *Learner[T]) run(phase Phase) error {
	switch phase {
	case Recognise, Accumulate, RecogniseAccumulate:
		if err := l.net.refresh(); err != nil {
			return fmt.Errorf("network: epoch %d: %w", l.epoch+1, err)
		}
		l.pass.pack()
		l.net.pool.Run(l.batchPartition(l.presented.size()).groups(), l.present)
		if phase == Accumulate {
			l.pass.gather()
		}
		for _, acc := range l.groups[l.batchPartition(l.presented.size()).groups():] {
			acc.Clear() // the last batch of an epoch may be smaller
		}
	case Propose:
		if len(l.groups) > 1 {
			l.net.pool.Run(proposalJobs, l.sum)
		}
		l.total.Stimuli = l.part.stimuli
		if l.plan.Batch > 0 {
			l.total.Stimuli = l.presented.size()
		}
		if l.columns != nil {
			l.net.pool.Run(proposalJobs, l.turn)
		}
		l.net.pool.Run(l.proposals(), l.propose)
		if c, ok := l.net.circuit.(Plastic[T]); ok && !l.now.holdsAll() {
			l.ownChange = OwnChange[T]{Next: l.proposed[l.net.own:], Rule: l.rule, Sum: l.total, Memory: l.memory, Block: l.net.workerBlocks[0]}
			c.ProposeOwn(&l.ownChange)
		}
		l.keepOwn()
	case Commit:
		return l.commit()
	}
	return nil
}

// Rule returns the plasticity rule by which the synapses learn.
func (l *Learner[T]) Rule() learning.Rule[T] { return l.rule }

// Epochs returns the number of epochs completed.
func (l *Learner[T]) Epochs() int { return l.epoch }

// Rates returns the hidden rates to all stimuli (m×r).
func (l *Learner[T]) Rates() *neuron.Rates[T] { return l.h }

// Proposal returns the weights (r×n) that the rule proposes, valid between the
// phases Propose and Commit. The slice is a view for reading.
func (l *Learner[T]) Proposal() []T { return l.proposed[0] }

// Release frees the memory that only learning needs. Hidden rates and synapses remain
// valid; a further epoch panics.
func (l *Learner[T]) Release() {
	l.pass.release()
	clear(l.proposed)
	l.groups, l.total, l.accelerator, l.columns, l.shown = nil, nil, nil, nil, nil
	clear(l.changes[:])
}
