package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// AsynchronousError is recognition by error units without a common clock, "asynchronous-error". As in
// [DivisiveError] the prediction divides the stimulus at every error unit, but one hidden neuron moves after
// the other, and the error units follow before the next one does. With what drives a neuron against what it
// sends, and how fast that changes,
//
//	e_j = v_j / Σ_b h_b w_bj
//	g = Σ_j w_aj + Cost − Σ_j w_aj e_j        c = Σ_j w_aj² e_j² / v_j
//	h_a ← h_a − g/c                     where g ≤ 0
//	h_a ← h_a · h_a c/( g + h_a c )       where g > 0
//
// The first line is Newton's step for D + Cost Σ_a h_a in one rate. Its gradient is a concave function of
// the rate, so that the step upwards stops short of the least D, and lowers it (Hien & Gillis 2021). Downwards that
// step could pass it; there the second line is Newton's step for h_a g, which is convex, and stops short
// too. So D never rises, and the rates settle at the one best answer, as those of [DivisiveError] do, near which a
// step squares the distance that is left. A silent neuron comes back when it hears more than it sends, which under
// a multiplicative circuit it never does. A neuron without synapses, or to whose inputs nothing is shown, falls silent.
//
// A recognition step is one turn of every neuron. Where entries are missing, sums run over what is seen.
//
// Source: cyclic coordinate descent by Newton's steps: Hsieh & Dhillon 2011.
type AsynchronousError[T neuron.Float] struct {
	// Cost of a firing rate, in units of the summed synapses of a neuron, ≥ 0.
	Cost float64
	learning.Turns

	weights *learning.Weights[T]
	sums    []T // r, Σ_j w_aj
}

var (
	_ Circuit[float64] = (*AsynchronousError[float64])(nil)
	_ SparsityPenalty  = (*AsynchronousError[float64])(nil)
)

func (*AsynchronousError[T]) Name() string { return "asynchronous-error" }

func (*AsynchronousError[T]) Objective() learning.Objective { return learning.KL }

func (*AsynchronousError[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by error units, one hidden neuron after the other (Hsieh & Dhillon 2011).",
		Sources: []string{
			"Hsieh CJ, Dhillon IS (2011). Fast coordinate descent methods with variable selection for non-negative matrix factorization. Proceedings of the 17th ACM SIGKDD International Conference on Knowledge Discovery and Data Mining, 1064–1072.",
			"Hien LTK, Gillis N (2021). Algorithms for nonnegative matrix factorization with the Kullback–Leibler divergence. Journal of Scientific Computing 87:93.",
		},
		Unit:  learning.StepUnit,
		Steps: 20,
		// What is shown and predicted and, of counts, the parts onto those of one stimulus.
		WorkerMemory: func(hidden, visible int, dense bool) float64 {
			if dense {
				return float64(3 * visible)
			}
			return float64((hidden + 3) * visible)
		},
		Example: learning.Example{
			Text: `Neurons have no common clock: each moves by what the error units say at that moment, and they
follow before the next one moves. Rates settle where those of divisive-error do, in a few steps.

Look at figures/time-course.png beside that of circuits/divisive-error.`,
			Partner:  "asynchronous-poisson",
			Learning: "epochs = 100",
		},
	}
}

// Draws names the order of the turns.
func (*AsynchronousError[T]) Draws() string { return "turns of recognition" }

// DriveIsFactor declares [DriveFactor]: what reaches a neuron is compared with what it sends.
func (*AsynchronousError[T]) DriveIsFactor() {}

// TakesMissing declares [learning.Missing].
func (*AsynchronousError[T]) TakesMissing() {}

func (c *AsynchronousError[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{cost(&c.Cost, "the summed synapses of a neuron"), c.Parameter()}
}

// SparsityPenalty returns Cost.
func (c *AsynchronousError[T]) SparsityPenalty() float64 { return c.Cost }

// Prepare sums the synapses of each hidden neuron, in float64.
func (c *AsynchronousError[T]) Prepare(w *learning.Weights[T]) error {
	c.weights = w
	for a := range learning.Buffer(&c.sums, w.Pre()) {
		c.sums[a] = T(kernel.Sum(w.Of(a)))
	}
	return nil
}

// heard is what the circuit keeps with a block: the sums of the synapses onto what is seen, Rows×r, the
// predictions, Rows×n, and of one stimulus of counts the predictions, the parts and the counts, (r+2)×n.
type heard[T neuron.Float] struct{ sums, predicted, parts, counts []T }

// Begin sums the synapses onto what is seen, where something is missing.
func (c *AsynchronousError[T]) Begin(b *learning.Block[T]) {
	if b.Seen != nil {
		sums := learning.Buffer(&learning.StateOf[heard[T]](b).sums, b.Rows*b.Hidden)
		kernel.GaussianDrive(sums, b.Shown(), b.Rows, b.Synapses)
	}
}

// Drive keeps what the neurons send. What reaches a neuron is known at its turn.
func (c *AsynchronousError[T]) Drive(b *learning.Block[T]) {
	learning.StateOf[turns[T]](b).send(b)
	clear(b.Drive)
}

// Update lets every neuron take its turn.
func (c *AsynchronousError[T]) Update(b *learning.Block[T]) {
	t, s, r, n := learning.StateOf[turns[T]](b), learning.StateOf[heard[T]](b), b.Hidden, b.Visible
	var p []T
	if b.Counts == nil {
		p = learning.Buffer(&s.predicted, b.Rows*n)
		kernel.Predict(p, t.sent[:b.Rows*r], b.Rows, b.Synapses)
	}
	for i := range b.Rows {
		sums := c.sums
		if b.Seen != nil && b.Lacks[i] {
			sums = s.sums[i*r : (i+1)*r]
		}
		if b.Counts == nil {
			kernel.NewtonTurns(t.moving(b, &c.Turns, i, i+1), p[i*n:(i+1)*n], b.V[i*n:(i+1)*n], c.weights.Weights(), n, sums, b.Drive[i*r:(i+1)*r], T(c.Cost), false)
			continue
		}
		from, to := b.Counts.Start[b.RowOffset+i], b.Counts.Start[b.RowOffset+i+1]
		some, parts, counts := learning.Buffer(&s.predicted, n)[:to-from], learning.Buffer(&s.parts, r*n)[:r*(to-from)], learning.Buffer(&s.counts, n)[:to-from]
		for k := range counts {
			counts[k] = b.Counts.At(from + k)
		}
		b.Synapses.PartsOnto(parts, b.Counts.Index[from:to])
		kernel.PredictSome(some, t.sent[i*r:(i+1)*r], parts)
		kernel.NewtonTurns(t.moving(b, &c.Turns, i, i+1), some, counts, parts, to-from, sums, b.Drive[i*r:(i+1)*r], T(c.Cost), false)
	}
}
