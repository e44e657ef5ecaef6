package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// AsynchronousGaussian lowers the squared error synapse by synapse, "asynchronous-gaussian":
//
//	w_aj ← [ w_aj + ( Σ_i h_ia v_ij − Σ_b ( Σ_i h_ia h_ib ) w_bj ) / Σ_i h_ia² ]₊
//
// one hidden neuron after the other, each with what the synapses of those before it have become. A
// synapse moves at once to where E is least while all others stand still: hierarchical alternating
// least squares. What it reads is what [Gaussian] reads, and several sweeps over the neurons cost
// little, because HᵀV, which takes longest, is summed up once for all of them.
//
// E never rises, with any number of sweeps and any circuit whose E does not rise. Synapses are not
// normalised: to rescale a part without its rates would raise E. A synapse at zero is not locked there, as
// it is under a multiplicative rule: it grows again as soon as E falls by it. The synapses of a neuron
// that no stimulus has made fire stay as they are.
//
// Source: Cichocki & Phan 2009; several sweeps: Gillis & Glineur 2012.
type AsynchronousGaussian[T neuron.Float] struct {
	// Sweeps over all hidden neurons after each pass over the stimuli, ≥ 1.
	Sweeps int
	Turns
}

var _ Rule[float64] = (*AsynchronousGaussian[float64])(nil)

// NewAsynchronousGaussian returns the rule with one sweep, in the order of the neurons.
func NewAsynchronousGaussian[T neuron.Float]() *AsynchronousGaussian[T] {
	return &AsynchronousGaussian[T]{Sweeps: 1}
}

func (*AsynchronousGaussian[T]) Name() string { return "asynchronous-gaussian" }

func (*AsynchronousGaussian[T]) Objective() Objective { return SquaredError }

func (r *AsynchronousGaussian[T]) Describe() Description {
	return Description{
		Doc:      "The rule for squared error, one synapse of a visible neuron after the other (Cichocki & Phan 2009).",
		Sources:  alternatingLeastSquares(r.Sweeps),
		Local:    true,
		Monotone: true,
		Memory:   func(hidden, visible int) float64 { return float64(16*visible + 8*hidden*hidden) },
		Example: Example{
			Text: `Neurons have no common clock: each changes its synapses by what the synapses of all others
are at that moment. The squared error falls in tens of epochs as far as the multiplicative rule
gaussian takes it in thousands.

Look at figures/objective.png beside that of rules/gaussian.`,
			Partner:  "asynchronous-inhibition",
			Learning: "epochs = 100",
		},
	}
}

// alternatingLeastSquares returns the sources of the rule with a number of sweeps.
func alternatingLeastSquares(sweeps int) []string {
	sources := []string{"Cichocki A, Phan AH (2009). Fast local algorithms for large scale nonnegative matrix and tensor factorizations. IEICE Transactions on Fundamentals of Electronics, Communications and Computer Sciences E92-A:708–721."}
	if sweeps > 1 {
		sources = append(sources, "Gillis N, Glineur F (2012). Accelerated multiplicative updates and hierarchical ALS algorithms for nonnegative matrix factorization. Neural Computation 24:1085–1105.")
	}
	return sources
}

// Starts says that the synapses of each hidden neuron sum to 1 at first, so that the rates from which
// recognition starts predict as much as the stimuli show: the first turns of larger synapses would take all
// others to zero.
func (*AsynchronousGaussian[T]) Starts() synapse.Normalisation { return synapse.UnitSum }

// ProposesOnto declares [VisibleWise].
func (*AsynchronousGaussian[T]) ProposesOnto() {}

// Draws names the order of the turns.
func (*AsynchronousGaussian[T]) Draws() string { return "turns of learning" }

func (r *AsynchronousGaussian[T]) Parameters() []Parameter {
	return []Parameter{sweeps(&r.Sweeps), r.Parameter()}
}

// sweeps is the parameter of the asynchronous rules.
func sweeps(value *int) Parameter {
	return Parameter{Name: "sweeps", Doc: "number of times that all hidden neurons take their turns to change their synapses, in each epoch", Count: value, Low: 1, High: 1000}
}

// WhyAll completes the sentence of [NeedsAll].
func (*AsynchronousGaussian[T]) WhyAll() string {
	return "the overlaps of hidden rates would differ from one visible neuron to the next, r² sums for each"
}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*AsynchronousGaussian[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return newGaussianSums[T](r, n)
}

// Accumulate adds HᵀV and HᵀH of the block.
func (*AsynchronousGaussian[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	addGaussianSums(acc, b)
}

// Propose lets the hidden neurons take their turns.
func (r *AsynchronousGaussian[T]) Propose(c *Change[T]) {
	n, hidden := c.Sum.Visible, c.Sum.Hidden
	for a := range hidden {
		copy(c.Next[a*n+c.Left:a*n+c.Right], c.Now[a*n+c.Left:a*n+c.Right])
	}
	order := Buffer(&c.order, hidden)
	for sweep := range r.Sweeps {
		r.Order(order, c.Epoch, sweep)
		kernel.SynapsesTakeTurns(c.Next, c.Sum.Coincidence, c.Sum.Overlap, c.Held, c.Cut, n, c.Left, c.Right, order, &c.turns)
	}
}
