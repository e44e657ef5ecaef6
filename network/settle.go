package network

import (
	"math"

	"partsnet/neuron"
)

// settleLook is the number of steps between two looks of [Network.Settle] at the
// objective.
const settleLook = 10

// Settle moves the hidden rates h (m×r) as [Network.Recognise] does. The steps of a block
// of stimuli end when its objective, the cost of rates included, has changed over ten of them
// by no more than the share tolerance or than rounding explains, up or down, or when the
// limit of steps is reached. It returns the largest number of steps of a block and whether
// the objective of every block settled. It panics if the shapes do not fit or the objective of
// the circuit is not a sum over stimuli.
func (n *Network[T]) Settle(v Stimuli[T], h *neuron.Rates[T], steps int, tolerance float64) (taken int, settled bool) {
	n.checkShapes(v, h)
	p, s := partition{v.Stimuli()}, n.source(v)
	o := additive[T](n.circuit.Objective())
	loss := n.losses(o, s)
	_, noise := rounding[T]()
	ends, still := make([]int, p.blocks()), make([]bool, p.blocks())
	n.pool.Run(p.blocks(), func(worker, block int) {
		b := n.workerBlock(worker, p, block, s, h)
		b.PresentationID |= outside
		n.circuit.Begin(b)
		from, to := p.block(block)
		before, least := math.Inf(1), float64(noise*terms(o, v, from, to))
		for ends[block] < steps && !still[block] {
			n.step(b)
			if ends[block]++; ends[block]%settleLook != 0 {
				continue
			}
			now := loss(b) + n.firingCost(b.H)
			still[block] = math.Abs(before-now) <= float64(tolerance*math.Abs(now))+least
			before = now
		}
	})
	settled = true
	for block, end := range ends {
		taken, settled = max(taken, end), settled && still[block]
	}
	return taken, settled
}
