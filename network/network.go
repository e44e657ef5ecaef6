package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/internal/pool"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Network is a visible and a hidden layer, the generative projection between
// them, and the circuit by which the hidden layer recognises, with the populations and
// projections that the circuit adds.
type Network[T neuron.Float] struct {
	Visible, Hidden neuron.Layer
	Floor           T // below which a rate or a weight becomes zero; see [Floor]

	populations []Population
	projections []Projection[T]
	own         int        // index of the first projection of the circuit
	variables   []Array[T] // of the circuit that change but are not weights
	cut         [][]T      // of each projection, 1 where a synapse was cut, nil where none can be; see [Network.allowCuts]
	versions    []uint64   // of the projections when they were last passed to circuit and kernels

	synapses     *synapse.Projection[T] // the first of projections
	forward      *synapse.Projection[T] // visible→hidden, as r×n; nil unless untied
	circuit      Circuit[T]
	packed       *kernel.Synapses[T]  // of synapses
	weights      *learning.Weights[T] // that Circuit.Prepare is given: feedforward
	packedF      *kernel.Synapses[T]  // of forward, or the same
	pool         *pool.Pool
	workerBlocks []*learning.Block[T] // one a worker
}

// New returns a network. The projection runs from the hidden to the visible layer and must
// be excitatory: generation needs excitation only. New returns an error if sizes or signs do
// not fit. Workers is the number of goroutines that process blocks; 0 means one for each
// processor. It changes the speed only, not a bit of any result.
func New[T neuron.Float](visible, hidden neuron.Layer, w *synapse.Projection[T], c Circuit[T], workers int) (*Network[T], error) {
	return NewUntied(visible, hidden, w, nil, c, workers)
}

// NewUntied returns a network whose feedforward weights are not tied to the generative
// ones: error units compare stimulus and prediction by w, and hidden neurons hear them
// through feedforward, which is held in the same shape, one hidden neuron a row. It
// returns an error if the circuit has no error units or the shape does not fit. Feedforward
// nil means tied weights, as with [New].
func NewUntied[T neuron.Float](visible, hidden neuron.Layer, w, feedforward *synapse.Projection[T], c Circuit[T], workers int) (*Network[T], error) {
	for _, l := range []neuron.Layer{visible, hidden} {
		if err := l.Validate(); err != nil {
			return nil, err
		}
	}
	if w.Pre() != hidden.Size || w.Post() != visible.Size {
		return nil, fmt.Errorf("network: projection %s joins %d to %d neurons, but layer %q has %d and layer %q has %d",
			w.Name(), w.Pre(), w.Post(), hidden.Name, hidden.Size, visible.Name, visible.Size)
	}
	if w.Sign() != synapse.Excitatory {
		return nil, fmt.Errorf("network: projection %s is %s; a generative projection is excitatory", w.Name(), w.Sign())
	}
	if feedforward != nil && !learning.Has[ErrorUnits](c) {
		return nil, fmt.Errorf("network: circuit %q cannot have untied feedforward weights; allowed is %s", c.Name(), withErrorUnits[T]())
	}
	if feedforward != nil && (feedforward.Pre() != hidden.Size || feedforward.Post() != visible.Size || feedforward.Sign() != synapse.Excitatory) {
		return nil, fmt.Errorf("network: feedforward projection %s must be excitatory and have the shape of %s", feedforward.Name(), w.Name())
	}
	n := &Network[T]{
		Visible: visible, Hidden: hidden, Floor: Floor[T](),
		populations: []Population{{visible, VisibleLayer}, {hidden, HiddenLayer}},
		projections: []Projection[T]{{Projection: w, Role: Generative}},
		synapses:    w, forward: feedforward, circuit: c,
		pool: pool.New(workers),
	}
	n.packed = kernel.NewSynapses[T](hidden.Size, visible.Size, n.pool.Run)
	n.packedF = n.packed
	if feedforward != nil {
		n.projections = append(n.projections, Projection[T]{Projection: feedforward, Role: Recognition})
		n.packedF = kernel.NewSynapses[T](hidden.Size, visible.Size, n.pool.Run)
	}
	n.weights = learning.NewWeights(n.Feedforward(), n.packedF)
	n.extend()
	for range n.pool.Workers() {
		n.workerBlocks = append(n.workerBlocks, n.newBlock())
	}
	return n, n.refresh()
}

// newBlock returns a block without stimuli.
func (n *Network[T]) newBlock() *learning.Block[T] {
	return &learning.Block[T]{
		Hidden: n.Hidden.Size, Visible: n.Visible.Size,
		Drive:      make([]T, blockRows*n.Hidden.Size),
		Inhibition: make([]T, blockRows*n.Hidden.Size),
		Synapses:   n.packed,
		Forward:    n.packedF,
		Scratch:    kernel.NewScratch[T](),
	}
}

// Synapses returns the generative projection. The network notices when its weights
// change.
func (n *Network[T]) Synapses() *synapse.Projection[T] { return n.synapses }

// Circuit returns the recognition circuit.
func (n *Network[T]) Circuit() Circuit[T] { return n.circuit }

// Feedforward returns the projection by which the hidden layer hears the error units: the
// generative one unless [NewUntied] was given another.
func (n *Network[T]) Feedforward() *synapse.Projection[T] {
	if n.forward != nil {
		return n.forward
	}
	return n.synapses
}

// Start sets the hidden rates from which recognition of v starts: every neuron has the
// same share of the total of the stimulus,
//
//	h_a = Σ_j v_j / r
//
// A start of zero would stay zero under a multiplicative circuit. Circuits that begin at
// rest begin with zero.
func (n *Network[T]) Start(v Stimuli[T], h *neuron.Rates[T]) {
	n.checkShapes(v, h)
	if learning.Has[Resting](n.circuit) {
		clear(h.Rows(0, h.Stimuli()))
		return
	}
	for i := range v.Stimuli() {
		sum := 0.0
		v.Each(i, func(_ int, x T) { sum += float64(x) })
		shareOut(h.Of(i), sum)
	}
}

// shareOut gives every hidden neuron the same share of the total of a stimulus.
func shareOut[T neuron.Float](h []T, total float64) {
	share := T(total / float64(len(h)))
	for a := range h {
		h[a] = share
	}
}

// Recognise moves the hidden rates h (m×r) through steps of recognition of the
// stimuli v (m×n); synapses do not change. It panics if the shapes do not fit.
func (n *Network[T]) Recognise(v Stimuli[T], h *neuron.Rates[T], steps int) {
	n.recognise(v, h, steps, nil)
}

// recognise is Recognise while events are done to the network.
func (n *Network[T]) recognise(v Stimuli[T], h *neuron.Rates[T], steps int, m *moment[T]) {
	n.checkShapes(v, h)
	p, s := partition{v.Stimuli()}, n.source(v)
	s.pack(n)
	n.pool.Run(p.blocks(), func(worker, block int) {
		b := n.workerBlock(worker, p, block, s, h)
		b.PresentationID |= outside
		n.open(b, m)
		for range steps {
			n.step(b, m)
		}
	})
}

// outside marks presentations outside of learning, so that stochastic circuits draw other
// random numbers for them than during learning.
const outside = 1 << 63

// Predict computes the prediction of the hidden rates to one stimulus:
//
//	p_j = Σ_a h_a w_aj      p n, h r
//
// If the last stimuli were counts, it uses the weights as packed for counts and needs no
// further memory. It panics if p or h is not of the size of its layer.
func (n *Network[T]) Predict(p, h []T) {
	if len(p) != n.Visible.Size || len(h) != n.Hidden.Size {
		panic(fmt.Sprintf("network: Predict: a prediction of %d and hidden rates of %d neurons; allowed are %d and %d", len(p), len(h), n.Visible.Size, n.Hidden.Size))
	}
	n.mustRefresh()
	if n.packed.OnlyRows() {
		kernel.PredictByRows(p, h, n.packed)
		return
	}
	n.packed.PackPanels()
	kernel.Predict(p, h, 1, n.packed)
}

// packPanels makes the synapses ready for the kernels that read dense blocks.
func (n *Network[T]) packPanels() {
	n.mustRefresh()
	n.packed.PackPanels()
	if n.packedF != n.packed {
		n.packedF.PackPanels()
	}
}

// workerBlock fills the block of a worker with the stimuli of one block of the partition.
func (n *Network[T]) workerBlock(worker int, p partition, block int, v source[T], h *neuron.Rates[T]) *learning.Block[T] {
	from, to := p.block(block)
	return n.carry(worker, from, to, v, h)
}

// carry fills the block of the worker with the stimuli [from, to), at most blockRows.
func (n *Network[T]) carry(worker, from, to int, v source[T], h *neuron.Rates[T]) *learning.Block[T] {
	return n.fill(n.workerBlocks[worker], from, to, v, h)
}

// fill fills a block with the stimuli [from, to), at most blockRows.
func (n *Network[T]) fill(b *learning.Block[T], from, to int, v source[T], h *neuron.Rates[T]) *learning.Block[T] {
	b.Rows, b.RowOffset, b.PresentationID, b.Epoch = to-from, from, uint64(from), 0
	b.First, b.Order = from, nil
	b.H = h.Rows(from, to)
	b.See(nil, nil)
	v.carry(b, from, to)
	b.Drive = b.Drive[:b.Rows*n.Hidden.Size]
	b.Inhibition = b.Inhibition[:b.Rows*n.Hidden.Size]
	return b
}

// fits reports whether stimuli and hidden rates have the shapes of the network.
func (n *Network[T]) fits(v Stimuli[T], h *neuron.Rates[T]) bool {
	return v.Neurons() == n.Visible.Size && h.Neurons() == n.Hidden.Size && v.Stimuli() == h.Stimuli()
}

func (n *Network[T]) checkShapes(v Stimuli[T], h *neuron.Rates[T]) {
	if !n.fits(v, h) {
		panic(fmt.Sprintf("network: stimuli %d×%d and hidden rates %d×%d do not fit the network; allowed are m×%d and m×%d",
			v.Stimuli(), v.Neurons(), h.Stimuli(), h.Neurons(), n.Visible.Size, n.Hidden.Size))
	}
}
