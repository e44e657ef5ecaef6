package network

import (
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// AsynchronousInhibition is recognition by competition without a common clock,
// "asynchronous-inhibition". As in [LateralInhibition] the stimulus excites the hidden neurons, and they
// inhibit each other as much as their parts overlap; but a neuron answers at once, and the next
// one feels what it has become:
//
//	b_a = Σ_j w_aj v_j
//	g_ab = Σ_j w_aj w_bj
//	h_a ← [ h_a + ( b_a − Σ_b g_ab h_b − Cost ) / g_aa ]₊        for one a after the other
//
// A turn takes the rate to where E + Cost Σ_a h_a is least while all others stand still, so that
// it never rises, and the rates settle at the one best answer, as those of [LateralInhibition] do:
// coordinate descent. They are there in tens of steps where multiplicative steps need thousands, and
// exactly zero where they should be. A silent neuron comes back when its excitation exceeds its inhibition,
// which under a multiplicative circuit it never does. A neuron without synapses falls silent.
//
// A recognition step is one turn of every neuron. The excitation is computed once for a presentation,
// so that several steps cost little more than one.
//
// Where entries are missing both sums run over what is seen, Σ_j M_j w_aj v_j and Σ_j M_j w_aj w_bj, M_j = 1
// where the rate of visible neuron j is known and 0 where it is missing.
//
// Source: Cichocki & Phan 2009; several steps: Gillis & Glineur 2012.
type AsynchronousInhibition[T neuron.Float] struct {
	// Cost of a firing rate, in units of b, ≥ 0, default 0: the larger, the
	// sparser the encoding.
	Cost float64
	learning.Turns

	gramInhibition[T]
	weights *learning.Weights[T]
	gain    []T // r, −1/g_aa with the weights −g of the inhibition; 0 for a neuron without synapses
}

var (
	_ Circuit[float64]          = (*AsynchronousInhibition[float64])(nil)
	_ SparsityPenalty           = (*AsynchronousInhibition[float64])(nil)
	_ LateralInhibitor[float64] = (*AsynchronousInhibition[float64])(nil)
)

func (*AsynchronousInhibition[T]) Name() string { return "asynchronous-inhibition" }

func (*AsynchronousInhibition[T]) Objective() learning.Objective { return learning.SquaredError }

func (c *AsynchronousInhibition[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by competition, one hidden neuron after the other (Cichocki & Phan 2009).",
		Sources: []string{
			"Cichocki A, Phan AH (2009). Fast local algorithms for large scale nonnegative matrix and tensor factorizations. IEICE Transactions on Fundamentals of Electronics, Communications and Computer Sciences E92-A:708–721.",
			"Gillis N, Glineur F (2012). Accelerated multiplicative updates and hierarchical ALS algorithms for nonnegative matrix factorization. Neural Computation 24:1085–1105.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		WorkerMemory: func(hidden, _ int, _ bool) float64 {
			// What inhibits the neurons of a turn, and the weights in the order of the turns.
			return float64(16*blockRows + c.Drawn*hidden*hidden)
		},
		Example: learning.Example{
			Text: `Neurons have no common clock: each answers at once, given the inhibition by what all others do
at that moment. Rates settle where those of lateral-inhibition do, at non-negative least squares, in
tens of steps, and many are exactly zero.

Look at figures/time-course.png beside that of circuits/lateral-inhibition: the neurons of bars that
are not shown fall silent in the first steps.`,
			Partner:  "asynchronous-gaussian",
			Learning: "epochs = 100",
		},
	}
}

// Draws names the order of the turns.
func (*AsynchronousInhibition[T]) Draws() string { return "turns of recognition" }

func (c *AsynchronousInhibition[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{cost(&c.Cost, "the excitation of a neuron"), c.Parameter()}
}

// SparsityPenalty returns Cost.
func (c *AsynchronousInhibition[T]) SparsityPenalty() float64 { return c.Cost }

// Prepare sets the inhibitory synapses to −W Wᵀ.
func (c *AsynchronousInhibition[T]) Prepare(w *learning.Weights[T]) error {
	c.weights = w
	if err := c.gramInhibition.prepare(w); err != nil {
		return err
	}
	r := w.Pre()
	for a := range learning.Buffer(&c.gain, r) {
		c.gain[a] = 0
		if g := c.lateral.Weights()[a*r+a]; g != 0 {
			c.gain[a] = -1 / g
		}
	}
	return nil
}

// turns is what an asynchronous circuit keeps with a block: the order of a step, what the neurons send in
// it, Rows×r, and what its kernels need.
type turns[T neuron.Float] struct {
	order     []int32
	sent      []T
	predicted []T // Rows×n, of stimuli with missing entries
	room      kernel.Turns[T]
}

// send keeps what the neurons of a block send.
func (t *turns[T]) send(b *learning.Block[T]) {
	copy(learning.Buffer(&t.sent, b.Rows*b.Hidden), b.H)
}

// moving returns the rates of the stimuli [from, to) as they move in one step.
func (t *turns[T]) moving(b *learning.Block[T], by *learning.Turns, from, to int) kernel.Moving[T] {
	r := b.Hidden
	order := learning.Buffer(&t.order, r)
	by.Order(order, b.Epoch, b.Step)
	m := kernel.Moving[T]{Rates: b.H[from*r : to*r], Fixed: b.Fixed, Order: order}
	if sent := t.sent[from*r : to*r]; !slices.Equal(sent, m.Rates) {
		m.Sent = sent
	}
	return m
}

// Begin computes the excitation V Wᵀ.
func (c *AsynchronousInhibition[T]) Begin(b *learning.Block[T]) { excite(b) }

// Drive keeps what the neurons send. What inhibits a neuron is known at its turn.
func (c *AsynchronousInhibition[T]) Drive(b *learning.Block[T]) {
	learning.StateOf[turns[T]](b).send(b)
}

// Update lets every neuron take its turn.
func (c *AsynchronousInhibition[T]) Update(b *learning.Block[T]) {
	t, r, n := learning.StateOf[turns[T]](b), b.Hidden, b.Visible
	whole := func(from, to int) {
		if from < to {
			kernel.TakeTurns(t.moving(b, &c.Turns, from, to), b.Inhibition[from*r:to*r], b.Drive[from*r:to*r], to-from, c.lateral.Weights(), c.gain, T(c.Cost), &t.room)
		}
	}
	done := 0
	for from, to := b.NextLacking(0); from < b.Rows; from, to = b.NextLacking(to) {
		whole(done, from)
		p := learning.Buffer(&t.predicted, b.Rows*n)[from*n : to*n]
		kernel.Predict(p, t.sent[from*r:to*r], to-from, b.Synapses)
		for i := from; i < to; i++ {
			kernel.SeenTakeTurns(t.moving(b, &c.Turns, i, i+1), b.Inhibition[i*r:(i+1)*r], b.Drive[i*r:(i+1)*r],
				p[(i-from)*n:(i-from+1)*n], b.Shown()[i*n:(i+1)*n], c.weights.Weights(), T(c.Cost))
		}
		done = to
	}
	whole(done, b.Rows)
}
