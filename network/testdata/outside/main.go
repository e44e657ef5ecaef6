// Outside is a program of another module with a circuit and a plasticity rule of its own.
// It is compiled and run by a test of package network.
package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"

	"gonum.org/v1/gonum/mat"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// feedback is a circuit in which the prediction is fed back to the visible layer and
// compared there, h_a ← h_a Σ_j w_aj v_j / Σ_j w_aj p_j, through one interneuron for each
// visible neuron, which carries the prediction.
type feedback[T neuron.Float] struct {
	inter *synapse.Projection[T]
	p     []T
}

func (*feedback[T]) Name() string                  { return "feedback" }
func (*feedback[T]) Objective() learning.Objective { return learning.SquaredError }
func (*feedback[T]) NeedsDense()                   {}
func (*feedback[T]) Describe() learning.Description {
	return learning.Description{Doc: "feedback through interneurons", Unit: learning.StepUnit, Steps: 50}
}

// Extend adds the interneurons and their inhibition, of which the weights never change.
func (c *feedback[T]) Extend(visible, _ neuron.Layer) network.Extension[T] {
	c.inter = synapse.New[T]("interneurons→visible", visible.Size, visible.Size, synapse.Inhibitory)
	w := make([]T, visible.Size*visible.Size)
	for j := range visible.Size {
		w[j*visible.Size+j] = -1
	}
	if err := c.inter.Set(w); err != nil {
		panic(err)
	}
	return network.Extension[T]{
		Populations: []network.Population{{Layer: neuron.Layer{Name: "interneurons", Size: visible.Size}, Role: network.Interneurons}},
		Projections: []network.Projection[T]{{Projection: c.inter, Role: network.Interneuron, Derived: true}},
	}
}

func (c *feedback[T]) Prepare(w *learning.Weights[T]) error {
	if w.Pre() == 0 {
		return fmt.Errorf("no hidden neurons")
	}
	return nil
}

func (c *feedback[T]) Begin(*learning.Block[T]) {}

func (c *feedback[T]) Drive(b *learning.Block[T]) {
	b.Ascend(b.Drive, b.V)
	p := make([]T, b.Rows*b.Visible)
	b.Predict(p)
	b.Ascend(b.Inhibition, p)
}

func (c *feedback[T]) Update(b *learning.Block[T]) {
	for i, d := range b.Drive {
		if b.Inhibition[i] > 0 {
			b.H[i] *= d / b.Inhibition[i]
		}
	}
}

// hebb is the plasticity rule w_aj ← w_aj Σ_i h_ia v_ij / Σ_i h_ia p_ij.
type hebb[T neuron.Float] struct{}

func (hebb[T]) Name() string                  { return "hebb" }
func (hebb[T]) Objective() learning.Objective { return learning.SquaredError }
func (hebb[T]) Describe() learning.Description {
	return learning.Description{Doc: "multiplicative, for the squared error", Local: true, Monotone: true}
}

func (hebb[T]) NewAccumulator(r, n int) *learning.Accumulator[T] {
	return &learning.Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Overlap: make([]T, r*r)}
}

func (hebb[T]) Accumulate(acc *learning.Accumulator[T], b *learning.Block[T]) {
	b.AddCoincidences(acc.Coincidence, b.V)
	b.AddOverlaps(acc.Overlap)
}

func (hebb[T]) Propose(c *learning.Change[T]) {
	r, n := c.Sum.Hidden, c.Sum.Visible
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j := range n {
			predicted := T(0)
			for b := range r {
				predicted += c.Sum.Overlap[a*r+b] * c.Now[b*n+j]
			}
			next[j] = 0
			if predicted > 0 {
				next[j] = now[j] * met[j] / predicted
			}
		}
	}
}

func main() {
	const m, n, r = 80, 10, 3
	rng := rand.New(rand.NewPCG(1, 2))
	v := mat.NewDense(m, n, nil)
	for i := range m {
		for j := range n {
			v.Set(i, j, rng.Float64())
		}
	}
	before := math.Inf(1)
	mine, err := network.Learn(v, r, network.Options{
		Circuit: &feedback[float64]{}, Rule: hebb[float64]{}, Plan: network.Plan{Epochs: 60}, Seed: 1,
		Observe: func(epoch int, l *network.Learner[float64]) error {
			now := l.Objective()
			if now > before*(1+1e-12) {
				return fmt.Errorf("the objective has risen from %v to %v in epoch %d", before, now, epoch)
			}
			before = now
			return nil
		},
	})
	check(err)
	theirs, err := network.Learn(v, r, network.Options{
		Circuit: &network.LateralInhibition[float64]{}, Rule: &learning.Gaussian[float64]{Forgetting: 1}, Plan: network.Plan{Epochs: 60}, Seed: 1,
	})
	check(err)
	if !mat.EqualApprox(mine.Synapses, theirs.Synapses, 1e-9) || !mat.EqualApprox(mine.Rates, theirs.Rates, 1e-9) {
		check(fmt.Errorf("parts\n%v\ndiffer from those of the circuit and the rule of the simulator\n%v",
			mat.Formatted(mine.Synapses), mat.Formatted(theirs.Synapses)))
	}
	roles := fmt.Sprint(len(mine.Network.Populations()), len(mine.Network.Projections()))
	if roles != "3 2" {
		check(fmt.Errorf("populations and projections: %s, want 3 2", roles))
	}
	fmt.Println("ok")
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
