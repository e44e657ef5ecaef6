package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// DivisiveError is recognition by error units, "divisive-error". Beside every
// visible neuron stands an error unit which the stimulus excites and the
// prediction, fed back from the hidden layer, inhibits by division:
//
//	e_j = v_j / Σ_b h_b w_bj
//	h_a ← h_a Σ_j w_aj e_j / Σ_j w_aj
//
// An error unit at 1 says "explained", above 1 "more than predicted", below 1
// "less". A hidden neuron hears the error units through its own synapses. A
// step lowers D or leaves it (Lee & Seung 1999, Fig. 2; 2001, theorem 2), and
// because D is convex in h the rates settle at the one best answer from any
// positive start. Where the prediction is zero so is the error unit.
//
// # A law
//
// After every step the hidden rates, weighted by the total synapse of their
// neuron, carry exactly the total of the stimulus:
//
//	Σ_a h_a Σ_j w_aj = Σ_j v_j
//
// as far as a positive prediction reaches the inputs. With synapses that sum to
// one for each neuron, the hidden layer fires as much as the visible layer.
//
// # A cost of firing
//
// With a Cost c each neuron has to earn it: h_a ← h_a Σ_j w_aj e_j / (Σ_j w_aj + c),
// which lowers D + c Σ_a h_a. The law then reads Σ_a h_a (Σ_j w_aj + c) = Σ_j v_j.
//
// # Missing entries
//
// The error unit of a visible neuron whose rate is missing is silent, and the synapses to it
// count for nothing: h_a ← h_a Σ_j M_j w_aj e_j / (Σ_j M_j w_aj + c), with M_j = 1 where the rate
// is known and 0 where it is missing. The law then reads Σ_a h_a (Σ_j M_j w_aj + c) = Σ_j M_j v_j. A
// neuron that has synapses onto missing neurons alone falls silent.
//
// # Two copies
//
// If the synapses from the visible to the hidden layer are learned apart from those
// that predict (network.Forward), the error units use the latter and the drive and
// Σ_j w_aj the former.
type DivisiveError[T neuron.Float] struct {
	// Cost of a firing rate, in units of the summed synapses of a neuron, ≥ 0.
	Cost float64

	against []T // blockRows×r, −Σ_j w_aj of each hidden neuron a, a row for each stimulus of a block
}

var (
	_ Circuit[float64] = (*DivisiveError[float64])(nil)
	_ SparsityPenalty  = (*DivisiveError[float64])(nil)
)

func (*DivisiveError[T]) Name() string { return "divisive-error" }

func (*DivisiveError[T]) Objective() learning.Objective { return learning.KL }

func (*DivisiveError[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by error units that the prediction divides (Lee & Seung 1999).",
		Sources: []string{
			"Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		Example: learning.Example{
			Text: `Beside each visible neuron stands an error unit: the stimulus excites it, and the
prediction of the hidden layer divides it. At 1 it says "explained". Every hidden neuron
multiplies its rate by what it hears through its synapses.

Look at figures/time-course.png: at the start all hidden neurons fire alike and predict a
grey square; within ten steps only those of the bars that are shown are left, and the
error has faded. All 16 bars are found.`,
			Partner: "poisson-online",
			Learning: `rate = 0.05
epochs = 20`,
		},
	}
}

// Multiplies declares [learning.Multiplicative].
func (*DivisiveError[T]) Multiplies() {}

// HasErrorUnits declares [ErrorUnits].
func (*DivisiveError[T]) HasErrorUnits() {}

// DriveIsFactor declares [DriveFactor].
func (*DivisiveError[T]) DriveIsFactor() {}

func (c *DivisiveError[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{cost(&c.Cost, "the summed synapses of a neuron")}
}

// SparsityPenalty returns Cost.
func (c *DivisiveError[T]) SparsityPenalty() float64 { return c.Cost }

// Conserves reports whether the law holds, for parts that sum to 1 and without a cost.
func (c *DivisiveError[T]) Conserves(kept synapse.Normalisation) bool {
	return kept == synapse.UnitSum && c.Cost == 0
}

// TakesMissing declares [learning.Missing].
func (*DivisiveError[T]) TakesMissing() {}

// seenSynapses is what the circuit keeps with a block: −Σ_j M_ij w_aj, Rows×r.
type seenSynapses[T neuron.Float] struct{ against []T }

// Begin sums the synapses of each hidden neuron onto what is seen of each stimulus, where
// something is missing.
func (c *DivisiveError[T]) Begin(b *learning.Block[T]) {
	if b.Seen == nil {
		return
	}
	r, words := b.Hidden, kernel.Words(b.Visible)
	against := learning.Buffer(&learning.StateOf[seenSynapses[T]](b).against, b.Rows*r)
	copy(against, c.against)
	for from, to := b.NextLacking(0); from < b.Rows; from, to = b.NextLacking(to) {
		some := against[from*r : to*r]
		kernel.SeenDrive(some, b.Seen[from*words:to*words], to-from, b.Forward, b.Scratch)
		for i, sum := range some {
			some[i] = -sum
		}
	}
}

// Prepare sums the synapses of each hidden neuron, in float64.
func (c *DivisiveError[T]) Prepare(w *learning.Weights[T]) error {
	r := w.Pre()
	if len(c.against) != blockRows*r {
		c.against = make([]T, blockRows*r)
	}
	for a := range r {
		c.against[a] = -T(kernel.Sum(w.Of(a)))
	}
	for i := r; i < len(c.against); i += r {
		copy(c.against[i:i+r], c.against)
	}
	return nil
}

// Drive computes Σ_j w_aj e_j and, where the block asks for them, adds the
// coincidences h_a e_j of the same error units.
func (c *DivisiveError[T]) Drive(b *learning.Block[T]) {
	switch {
	case b.Forward != b.Synapses:
		e := b.Errors()
		kernel.Quotient(e, b.V, b.H, b.Rows, b.Synapses)
		kernel.GaussianDrive(b.Drive, e, b.Rows, b.Forward)
	case b.Counts != nil:
		kernel.DriveCounts(b.Drive, b.Counts, b.RowOffset, b.RowOffset+b.Rows, b.H, b.Synapses)
	case b.Coincidence != nil:
		kernel.PoissonDriveCorrelate(b.Drive, b.Coincidence, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	default:
		kernel.PoissonDrive(b.Drive, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
}

// Update multiplies each rate by its drive. A neuron without synapses falls
// silent.
func (c *DivisiveError[T]) Update(b *learning.Block[T]) {
	against := c.against[:len(b.H)]
	if b.Seen != nil {
		against = learning.StateOf[seenSynapses[T]](b).against[:len(b.H)]
	}
	kernel.Update(b.H, b.Drive, against, T(c.Cost))
}
