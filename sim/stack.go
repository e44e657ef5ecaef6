package sim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/figure"
	"partsnet/sim/record"
	"partsnet/sim/stream"
	"partsnet/synapse"
)

// Stacked is what a layer of a stack has come to.
type Stacked struct {
	Layer     int // from 1, the layer that the run is about
	Hidden    int
	Symbol    string
	Objective float64 // of its own stimuli, the rates of the layer below
	Through   float64 // of the stimuli of the run, predicted through all layers from this one down
}

// stackUp learns the layers above the first, one after the other, each from the rates of
// the one below by the circuit and the rule of the experiment, and then fine-tunes all of
// them together, as far as the experiment asks for it. A run that ends on the way learns
// the upper layers anew when it goes on.
func (r *run[T]) stackUp(ctx context.Context) error {
	if len(r.x.Stack.Hidden) == 0 {
		return nil
	}
	r.stack = &network.Stack[T]{}
	first := synapse.New[T]("layer 1→visible", r.x.Hidden, r.set.Size, synapse.Excitatory)
	if err := first.Set(r.net.Synapses().Weights()); err != nil {
		return err
	}
	h := neuron.NewRates[T](r.set.Count, r.x.Hidden)
	copy(h.Rows(0, r.set.Count), r.learner.Rates().Rows(0, r.set.Count))
	if err := r.stack.Add(first, h); err != nil {
		return err
	}
	r.report.Stack = []Stacked{{Layer: 1, Hidden: r.x.Hidden, Symbol: r.report.Symbol, Objective: r.report.Objective, Through: r.report.Objective}}
	for k, hidden := range r.x.Stack.Hidden {
		if err := r.addLayer(ctx, k+2, hidden); err != nil {
			return err
		}
	}
	if r.x.Stack.Joint == 0 {
		return nil
	}
	joint, err := r.stack.Joint(r.v.stimuli, r.workers)
	if err != nil {
		return &RequestError{Err: err}
	}
	for range r.x.Stack.Joint {
		if err := joint.Epoch(); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return r.interrupted(r.learner.Epochs())
		}
	}
	r.report.Joint = joint.Objective()
	return nil
}

// addLayer learns one layer from the rates of the top of the stack and puts it on top.
func (r *run[T]) addLayer(ctx context.Context, number, hidden int) error {
	below := r.stack.Rates
	silence(below.Rows(0, r.set.Count))
	name := func(number int) string { return fmt.Sprintf("layer %d", number) }
	net, l, err := r.grow(layer[T]{
		visible: neuron.Layer{Name: name(number - 1), Size: below.Neurons()}, hidden: neuron.Layer{Name: name(number), Size: hidden},
		stimuli: below,
		draw:    func(what string) *rand.Rand { return stream.New(r.x.Seed, what+" of "+name(number)) },
	})
	if err != nil {
		return &RequestError{Err: fmt.Errorf("stack.hidden: %w", err)}
	}
	plateau := learning.Plateau{Tolerance: r.x.Learning.Tolerance, MinEpochs: r.x.Learning.MinEpochs}
	for epoch, reached := 1, false; epoch <= r.x.Learning.Epochs && !reached; epoch++ {
		if err := l.Epoch(); err != nil {
			return fmt.Errorf("%s: %w", name(number), err)
		}
		if ctx.Err() != nil {
			return r.interrupted(r.learner.Epochs())
		}
		if r.x.Learning.Tolerance > 0 && r.recorded(epoch) {
			if r.x.Recognition.Report > 0 {
				l.Encode(r.x.Recognition.Steps)
			}
			reached = plateau.Reached(epoch, l.Objective())
		}
	}
	if r.x.Recognition.Report > 0 {
		l.Encode(r.x.Recognition.Report)
	}
	objective := l.Objective()
	if _, err := l.Check(); err != nil || math.IsNaN(objective) || math.IsInf(objective, 0) {
		return errors.Join(fmt.Errorf("the objective of %s is %v: its rates or synapses have left the range of %s, or nothing predicts what a neuron below does", name(number), objective, r.x.Precision), err)
	}
	if err := r.stack.Add(net.Synapses(), l.Rates()); err != nil {
		return err
	}
	through, err := r.through()
	if err != nil {
		return err
	}
	r.report.Stack = append(r.report.Stack, Stacked{number, hidden, r.report.Symbol, objective, through})
	return nil
}

// silence sets rates to zero that are too small for any sum with the largest to feel:
// unused neurons fall for ever, and the layer above would have to explain 10⁻¹⁴⁰.
func silence[T kernel.Float](rates []T) {
	top, eps := kernel.Max(rates), T(1)
	for 1+T(eps/2) != 1 {
		eps /= 2
	}
	kernel.Flush(rates, T(eps*top))
}

// through returns the objective of the stimuli predicted through all layers of the stack;
// S, which no prediction is part of, is that of the rates of the top.
func (r *run[T]) through() (float64, error) {
	k := len(r.stack.Layers) - 1
	w := synapse.New[T]("top→visible", r.stack.Layers[k].Pre(), r.set.Size, synapse.Excitatory)
	if err := w.Set(r.stack.Parts(k)); err != nil {
		return 0, err
	}
	net, err := network.New(neuron.Layer{Name: "visible", Size: r.set.Size}, neuron.Layer{Name: "top", Size: w.Pre()}, w, &network.DivisiveError[T]{}, r.workers)
	if err != nil {
		return 0, err
	}
	o := r.net.Circuit().Nature().Objective
	if _, predicts := o.(learning.Predictive); !predicts {
		o = learning.KL
	}
	return sum(net.Losses(o, r.v.stimuli, r.stack.Rates)), nil
}

// stages returns a network of two stages as a stack, to be written and drawn; nil for
// other circuits. The parts of the upper stage are scaled as its predictions are.
func (r *run[T]) stages() (*network.Stack[T], error) {
	c, ok := r.net.Circuit().(*network.PredictiveHierarchy[T])
	if !ok {
		return nil, nil
	}
	up, _ := c.Stages()
	// The upper stage predicts responses, and a response is a rate times the peak of its
	// part.
	first := synapse.New[T]("layer 1→visible", r.x.Hidden, r.set.Size, synapse.Excitatory)
	w := append([]T(nil), r.net.Synapses().Weights()...)
	for a := range r.x.Hidden {
		if peak := kernel.Max(r.net.Synapses().Of(a)); peak > 0 {
			kernel.Divide(w[a*r.set.Size:(a+1)*r.set.Size], peak)
		}
	}
	if err := first.Set(w); err != nil {
		return nil, err
	}
	return &network.Stack[T]{Layers: []*synapse.Projection[T]{first, up}}, nil
}

// writeStack writes the synapses of every layer, lowest first, the rates of the top, and a
// table of what each has come to.
func (r *run[T]) writeStack(out *record.Dir) error {
	if r.stack == nil {
		return nil
	}
	for k, w := range r.stack.Layers {
		if err := writeNPY(out, fmt.Sprintf("arrays/stack-W%d.npy", k+1), w.Weights(), w.Pre()); err != nil {
			return err
		}
	}
	if err := writeNPY(out, "arrays/stack-H.npy", r.stack.Rates.Rows(0, r.set.Count), r.set.Count); err != nil {
		return err
	}
	return out.Write("stack.csv", func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, "layer,hidden,%s,%s_through\n", r.report.Symbol, r.report.Symbol); err != nil {
			return err
		}
		for _, s := range r.report.Stack {
			if _, err := fmt.Fprintf(w, "%d,%d,%v,%v\n", s.Layer, s.Hidden, s.Objective, s.Through); err != nil {
				return err
			}
		}
		if r.x.Stack.Joint == 0 {
			return nil
		}
		_, err := fmt.Fprintf(w, "joint,,,%v\n", r.report.Joint)
		return err
	})
}

// stackFigures draws the parts of every layer through to the visible layer.
func (r *run[T]) stackFigures(figures map[string]*figure.Figure) error {
	stack := r.stack
	if stack == nil {
		var err error
		if stack, err = r.stages(); err != nil {
			return err
		}
	}
	if stack == nil || r.set.Height == 0 {
		return nil
	}
	for k := range stack.Layers {
		figures[fmt.Sprintf("parts-layer-%d", k+1)] = figure.Parts(kernel.Wide(stack.Parts(k)), r.set.Height, r.set.Width)
	}
	return nil
}

// stackLog is what the manifest says of the layers, lowest first. An objective through all
// layers is infinite where a visible neuron fires that they do not predict; JSON has no such
// number, and it is left out.
func (r *run[T]) stackLog() map[string]any {
	var layers []map[string]any
	for _, s := range r.report.Stack {
		layer := map[string]any{"hidden": s.Hidden, "objective": s.Objective}
		if !math.IsInf(s.Through, 1) {
			layer["through"] = s.Through
		}
		layers = append(layers, layer)
	}
	m := map[string]any{"layers": layers}
	if r.x.Stack.Joint > 0 && !math.IsInf(r.report.Joint, 1) {
		m["joint"] = r.report.Joint
	}
	return m
}
