package network

import (
	"fmt"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// Relaxations are the exponents ω there are: those that square roots alone make, so
// that every processor computes the same bits.
func Relaxations() []float64 { return []float64{1, 1.5, 1.75, 1.875} }

// accelerator lengthens the steps of recognition and learning. It owns what it needs for
// that; what must outlive an epoch is part of the state of a run.
type accelerator[T neuron.Float] interface {
	// update moves the rates of a block by what was driven.
	update(worker int, c Circuit[T], b *learning.Block[T])
	// propose lengthens the step from the present weights to those proposed, and reports
	// whether it has.
	propose(next, now []T) bool
	// arrays returns what changes from epoch to epoch.
	arrays() []Array[T]
}

// newAccelerator returns the accelerator of a plan.
func newAccelerator[T neuron.Float](plan Plan, workers, hidden int) (accelerator[T], error) {
	if plan.Relaxation == 0 || plan.Relaxation == 1 {
		return plain[T]{}, nil
	}
	r := &relaxed[T]{halvings: slices.Index(Relaxations(), plan.Relaxation)}
	if r.halvings < 0 {
		return nil, fmt.Errorf("network: a relaxation of %v; allowed is one of %v", plan.Relaxation, Relaxations())
	}
	for range workers {
		r.before = append(r.before, make([]T, blockRows*hidden))
	}
	return r, nil
}

// plain is the step as circuit and rule make it.
type plain[T neuron.Float] struct{}

func (plain[T]) update(_ int, c Circuit[T], b *learning.Block[T]) { c.Update(b) }
func (plain[T]) propose(_, _ []T) bool                            { return false }
func (plain[T]) arrays() []Array[T]                               { return nil }

// relaxed lets every step go further in its direction: a step that multiplies a rate or a
// weight by q then multiplies it by q^ω, with ω the [Plan] Relaxation. A rule that keeps a
// normalisation has it restored.
//
// Near the optimum a plain step of expectation maximisation closes only part of the
// distance that is left, and ω in (1, 2) closes ω times as much: the same objective
// in two to three times fewer epochs. The price is the guarantee. A plain step
// never raises the objective; a relaxed one may.
//
// Source: Salakhutdinov & Roweis 2003, "Adaptive overrelaxed bound optimization
// methods", eq. 8.
type relaxed[T neuron.Float] struct {
	halvings int   // the factor is q^(2 − 2^−halvings)
	before   [][]T // blockRows×r rates before a step, one a worker
}

func (r *relaxed[T]) update(worker int, c Circuit[T], b *learning.Block[T]) {
	before := r.before[worker][:len(b.H)]
	copy(before, b.H)
	c.Update(b)
	kernel.Relax(b.H, before, r.halvings)
}

func (r *relaxed[T]) propose(next, now []T) bool {
	kernel.Relax(next, now, r.halvings)
	return true
}

func (*relaxed[T]) arrays() []Array[T] { return nil } // each step begins from the present rates and weights
