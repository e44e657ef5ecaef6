package network

import (
	"encoding/binary"
	"hash/fnv"
	"math"

	"partsnet/neuron"
)

// RecogniseApart is [Network.Recognise] in which the random numbers of a stochastic circuit depend
// on the rates of a stimulus and not on its number, so that the answer to it is the same wherever
// it stands among others. Equal stimuli have equal answers. It panics if the shapes do not fit.
func (n *Network[T]) RecogniseApart(v Stimuli[T], h *neuron.Rates[T], steps int) {
	n.checkShapes(v, h)
	s := n.source(v)
	s.pack(n)
	n.pool.Run(v.Stimuli(), func(worker, stimulus int) {
		b := n.carry(worker, stimulus, stimulus+1, s, h)
		b.PresentationID = outside | presentationOf(v, stimulus)
		n.open(b, nil)
		for range steps {
			n.step(b, nil)
		}
	})
}

// presentationOf returns a number that follows from the rates of a stimulus.
func presentationOf[T neuron.Float](v Stimuli[T], stimulus int) uint64 {
	sum := fnv.New64a()
	var entry [16]byte
	v.Each(stimulus, func(j int, x T) {
		if x == 0 {
			return // counts hold none
		}
		binary.LittleEndian.PutUint64(entry[:8], uint64(j))
		binary.LittleEndian.PutUint64(entry[8:], math.Float64bits(float64(x)))
		sum.Write(entry[:])
	})
	return sum.Sum64()
}
