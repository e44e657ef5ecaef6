package network

import (
	"slices"
	"sync"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// trained is [Trained] in a precision.
type trained[T neuron.Float] struct {
	net *Network[T]
	mu  *sync.Mutex // of Predict, which makes the synapses ready for a kernel

	wide []float64 // of Synapses, where that is not the precision
}

// newTrained returns a network as a spec has it: its synapses are those that start holds,
// and where the feedforward synapses are learned apart, forward.
func newTrained[T neuron.Float](s Spec, start func(name string, r, n int) *synapse.Projection[T]) (*trained[T], error) {
	circuit, err := CircuitNamed[T](s.Circuit.Name)
	if err != nil {
		return nil, err
	}
	learning.Assign(circuit, s.Circuit.Parameters)
	if c, ok := circuit.(learning.Drawing); ok {
		c.Seed(s.Seed(c.Draws()))
	}
	w := start(s.Hidden.Name+"→"+s.Visible.Name, s.Hidden.Size, s.Visible.Size)
	var feedforward *synapse.Projection[T]
	if s.Plan.Untied {
		feedforward = start(s.Visible.Name+"→"+s.Hidden.Name, s.Hidden.Size, s.Visible.Size)
	}
	net, err := NewUntied(s.Visible, s.Hidden, w, feedforward, circuit, s.Workers)
	if err != nil {
		return nil, err
	}
	net.Floor = T(s.Floor)
	return &trained[T]{net: net, mu: new(sync.Mutex)}, nil
}

func (engine[T]) Trained(s Spec) (Trained, error) {
	return newTrained(s, func(name string, r, n int) *synapse.Projection[T] {
		return synapse.New[T](name, r, n, synapse.Excitatory)
	})
}

func (t *trained[T]) Circuit() learning.Mechanism { return t.net.circuit }

func (t *trained[T]) Synapses() []float64 {
	w := t.net.synapses.Weights()
	if same, ok := any(w).([]float64); ok {
		return same
	}
	kernel.Widen(learning.Buffer(&t.wide, len(w)), w)
	return t.wide
}

func (t *trained[T]) Readables() []Readable { return t.net.readables() }

func (t *trained[T]) Overlap() []float64 {
	t.net.mustRefresh()
	return slices.Clone(t.net.packed.Gram())
}

func (t *trained[T]) StepTaken() float64 {
	if c, ok := t.net.circuit.(interface{ StepTaken() float64 }); ok {
		return c.StepTaken()
	}
	return 1
}

func (t *trained[T]) Random() bool {
	_, ok := t.net.circuit.(Stochastic)
	return ok
}

func (t *trained[T]) Competes() bool {
	_, ok := t.net.circuit.(LateralInhibitor[T])
	return ok
}

func (t *trained[T]) Arrays() (all []Numbers) {
	for _, a := range t.net.Arrays() {
		numbers := Numbers{Name: a.Name, Rows: a.Rows}
		if a.Name == SynapsesArray {
			numbers.Numbers = t.Synapses()
		} else {
			numbers.Numbers = kernel.Wide(a.Numbers)
		}
		all = append(all, numbers)
	}
	return all
}

func (t *trained[T]) Restore(arrays []Numbers) error {
	var all []Array[T]
	for _, a := range arrays {
		all = append(all, Array[T]{a.Name, a.Rows, narrow[T](a.Numbers)})
	}
	return t.net.Restore(all)
}

func (t *trained[T]) Predict(h []float64) []float64 {
	p := make([]T, t.net.Visible.Size)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.net.Predict(p, narrow[T](h))
	return kernel.Wide(p)
}

// start returns hidden rates from which recognition of v sets out.
func (t *trained[T]) start(v *data[T]) *neuron.Rates[T] {
	h := neuron.NewRates[T](v.Stimuli(), t.net.Hidden.Size)
	t.net.Start(v.stimuli, h)
	return h
}

func (t *trained[T]) Recognise(v Data, steps int) Hidden {
	d := in[T](v)
	h := t.start(d)
	t.net.Recognise(d.stimuli, h, steps)
	return hidden[T]{h}
}

func (t *trained[T]) RecogniseApart(v Data, steps int) Hidden {
	d := in[T](v)
	h := t.start(d)
	t.net.RecogniseApart(d.stimuli, h, steps)
	return hidden[T]{h}
}

func (t *trained[T]) Settle(v Data, steps int, tolerance float64) (Hidden, Settling) {
	d := in[T](v)
	h := t.start(d)
	ends := t.net.Settle(d.stimuli, h, steps, tolerance)
	return hidden[T]{h}, ends
}

func (t *trained[T]) Present(v Data, events []Event) (Presented, error) {
	d := in[T](v)
	p, err := t.net.Present(d.stimuli, t.start(d), events)
	return presented64[T]{p}, err
}

// presented64 is [Presented] in a precision.
type presented64[T neuron.Float] struct{ *Presentation[T] }

func (p presented64[T]) Show(v Data) error { return p.Presentation.Show(in[T](v).stimuli) }
func (p presented64[T]) Rates() Hidden     { return hidden[T]{p.Presentation.h} }
func (p presented64[T]) Fixed() []float64  { return kernel.Wide(p.Presentation.Fixed()) }

func (t *trained[T]) Trace(v Data, stimulus, steps int) (*Course[float64], error) {
	one, err := in[T](v).alone(stimulus)
	if err != nil {
		return nil, err
	}
	start := neuron.NewRates[T](1, t.net.Hidden.Size)
	t.net.Start(one, start)
	c, err := t.net.Trace(one, start.Of(0), steps)
	if err != nil {
		return nil, err
	}
	rates, err := neuron.RatesOf(steps+1, t.net.Hidden.Size, kernel.Wide(c.Rates.Rows(0, steps+1)))
	return &Course[float64]{Rates: rates, Spikes: c.Spikes}, err
}

func (t *trained[T]) Objective(v Data, h Hidden) float64 {
	return t.net.Objective(in[T](v).stimuli, h.(hidden[T]).rates)
}

func (t *trained[T]) Losses(o learning.Objective, v Data, h Hidden) []float64 {
	return t.net.Losses(o, in[T](v).stimuli, h.(hidden[T]).rates)
}

func (t *trained[T]) Staged() ([][]float64, error) {
	c, ok := t.net.circuit.(interface {
		Stages() (up, down *synapse.Projection[T])
	})
	if !ok {
		return nil, nil
	}
	up, _ := c.Stages()
	// The upper stage predicts responses, and a response is a rate times the peak of its
	// part.
	r, n := t.net.Hidden.Size, t.net.Visible.Size
	first := synapse.New[T]("layer 1→visible", r, n, synapse.Excitatory)
	w := append([]T(nil), t.net.synapses.Weights()...)
	for a := range r {
		if peak := kernel.Max(t.net.synapses.Of(a)); peak > 0 {
			kernel.Divide(w[a*n:(a+1)*n], peak)
		}
	}
	if err := first.Set(w); err != nil {
		return nil, err
	}
	stack := &Stack[T]{Layers: []*synapse.Projection[T]{first, up}}
	return [][]float64{kernel.Wide(stack.Parts(0)), kernel.Wide(stack.Parts(1))}, nil
}
