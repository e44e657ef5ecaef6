package sim

import (
	"context"
	"fmt"
	"io"

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
// them together, as far as the experiment asks for it.
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
	joint, err := r.stack.Joint(r.v.stimuli, 0)
	if err != nil {
		return &RequestError{err}
	}
	for range r.x.Stack.Joint {
		if err := joint.Epoch(); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted while all layers were learned together; the same command with --resume learns the upper layers anew")
		}
	}
	r.report.Joint = joint.Objective()
	return nil
}

// addLayer learns one layer from the rates of the top of the stack and puts it on top.
func (r *run[T]) addLayer(ctx context.Context, layer, hidden int) error {
	below := r.stack.Rates
	silence(below.Rows(0, r.set.Count))
	circuit, rule, plan, err := r.way()
	if err != nil {
		return err
	}
	plan.Separate = false
	name := fmt.Sprintf("layer %d", layer)
	w := synapse.New[T](fmt.Sprintf("%s→layer %d", name, layer-1), hidden, below.Neurons(), synapse.Excitatory)
	w.Randomise(stream.New(r.x.Seed, "synapses of "+name), r.x.Start.Low, r.x.Start.High)
	w.Normalise(startNorm(rule.Nature()))
	net, err := network.New(neuron.Layer{Name: fmt.Sprintf("layer %d", layer-1), Size: below.Neurons()}, neuron.Layer{Name: name, Size: hidden}, w, circuit, 0)
	if err != nil {
		return err
	}
	net.Floor = T(r.x.Floor)
	h := neuron.NewRates[T](r.set.Count, hidden)
	net.Start(below, h)
	rng := stream.New(r.x.Seed, "rates of "+name)
	for i, x := range h.Rows(0, r.set.Count) {
		h.Rows(0, r.set.Count)[i] = x * T(1+float64(r.x.Start.Spread*(float64(2*float64(rng.Float64()))-1)))
	}
	l, err := network.NewLearner(net, rule, plan, below, h)
	if err != nil {
		return &RequestError{fmt.Errorf("stack.hidden: %w", err)}
	}
	for range r.x.Learning.Epochs {
		if err := l.Epoch(); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted while %s was learned; the same command with --resume learns the upper layers anew", name)
		}
	}
	if r.x.Recognition.Report > 0 {
		l.Encode(r.x.Recognition.Report)
	}
	if err := r.stack.Add(w, h); err != nil {
		return err
	}
	through, err := r.through()
	if err != nil {
		return err
	}
	r.report.Stack = append(r.report.Stack, Stacked{layer, hidden, r.report.Symbol, l.Objective(), through})
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
	net, err := network.New(neuron.Layer{Name: "visible", Size: r.set.Size}, neuron.Layer{Name: "top", Size: w.Pre()}, w, &network.DivisiveError[T]{}, 0)
	if err != nil {
		return 0, err
	}
	o := learning.Poisson
	if r.net.Circuit().Nature().Objective == learning.Gaussian {
		o = learning.Gaussian
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
		figures[fmt.Sprintf("parts-layer-%d", k+1)] = figure.Parts(wide(stack.Parts(k)), r.set.Height, r.set.Width)
	}
	return nil
}
