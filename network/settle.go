package network

import (
	"math"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// settleLook is the number of steps between two looks of [Network.Settle] at the
// objective.
const settleLook = 10

// Settling says how the recognition of each stimulus ended.
type Settling struct {
	Steps   []int  // steps that were taken
	Settled []bool // whether the objective had settled, not the limit of steps been reached
}

// Most returns the largest number of steps of a stimulus.
func (s Settling) Most() int {
	most := 0
	for _, steps := range s.Steps {
		most = max(most, steps)
	}
	return most
}

// All reports whether the objective of every stimulus had settled.
func (s Settling) All() bool { return !slices.Contains(s.Settled, false) }

// Settle moves the hidden rates h (m×r) as [Network.Recognise] does. The steps of a stimulus end
// when its objective, the cost of rates included, has changed over ten of them by no more than the
// share tolerance or than rounding explains, up or down, or when the limit of steps is reached.
// What other stimuli do, and how many there are, changes no bit of its rates. Settle panics if the
// shapes do not fit or the objective of the circuit is not a sum over stimuli.
//
// Stimuli move together, as many as a kernel takes at once; the rates of one that has settled are
// kept, and its row goes on until the others of its tile have settled too.
func (n *Network[T]) Settle(v Stimuli[T], h *neuron.Rates[T], steps int, tolerance float64) Settling {
	n.checkShapes(v, h)
	p, s := partition{v.Stimuli()}, n.source(v)
	o := additive[T](n.circuit.Objective())
	loss := n.losses([]learning.Additive[T]{o}, s)
	_, noise := rounding[T]()
	out := Settling{make([]int, v.Stimuli()), make([]bool, v.Stimuli())}
	n.pool.Run(p.tiles(), func(worker, tile int) {
		from := tile * tileRows
		to := min(from+tileRows, v.Stimuli())
		b := n.carry(worker, from, to, s, h)
		b.PresentationID |= outside
		n.open(b, nil)
		r, last := n.Hidden.Size, make([]looked, b.Rows)
		for k := range last {
			last[k] = looked{math.Inf(1), float64(noise * terms(o, v, from+k, from+k+1))}
		}
		objective := make([]float64, 1)
		kept := make([]T, len(b.H)) // the rates of stimuli that have settled
		taken, settled := out.Steps[from:to], out.Settled[from:to]
		for step := 1; step <= steps && slices.Contains(settled, false); step++ {
			n.step(b, nil)
			for k := range b.Rows {
				if settled[k] {
					continue
				}
				if taken[k] = step; step%settleLook != 0 {
					continue
				}
				one := row(b, k)
				loss(objective, one)
				now := objective[0] + n.firingCost(one.H)
				if settled[k] = math.Abs(last[k].objective-now) <= float64(tolerance*math.Abs(now))+last[k].rounding; settled[k] {
					copy(kept[k*r:(k+1)*r], one.H)
				}
				last[k].objective = now
			}
		}
		for k, done := range settled {
			if done {
				copy(b.H[k*r:(k+1)*r], kept[k*r:(k+1)*r])
			}
		}
	})
	return out
}

// looked is what the last look at a stimulus has found.
type looked struct {
	objective float64
	rounding  float64 // by how much rounding may change it
}

// row returns a block of one row of a block, for a measure of its rates. It shares the memory of
// the block and has none of the state that a circuit keeps.
func row[T neuron.Float](b *learning.Block[T], k int) *learning.Block[T] {
	one := &learning.Block[T]{
		Hidden: b.Hidden, Visible: b.Visible, Rows: 1,
		Counts: b.Counts, RowOffset: b.RowOffset + k, H: b.H[k*b.Hidden : (k+1)*b.Hidden],
		Synapses: b.Synapses, Forward: b.Forward, Scratch: b.Scratch,
	}
	if b.V != nil {
		one.V = b.V[k*b.Visible : (k+1)*b.Visible]
	}
	if b.Seen != nil {
		words := kernel.Words(b.Visible)
		one.See(b.Seen[k*words:(k+1)*words], b.Lacks[k:k+1])
	}
	return one
}
