package train

import (
	"context"
	"errors"
	"fmt"
	"math"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
)

// stackUp learns the layers above the first, one after the other, each from the rates of
// the one below by the circuit and the rule of the experiment, and then fine-tunes all of
// them together, as far as the experiment asks for it. A run that ends on the way learns
// the upper layers anew when it is continued.
func (r *run) stackUp(ctx context.Context, o *outcome.Outcome) error {
	if len(r.x.Stack.Hidden) == 0 {
		return nil
	}
	layers := r.in.Engine.Layers(r.in.Data, r.Workers)
	if err := layers.Add(r.best.model, true); err != nil {
		return err
	}
	o.Layers = []outcome.Layer{{Layer: 1, Hidden: r.x.Hidden, Symbol: o.Symbol, Objective: o.Objective, Through: o.Objective}}
	for k, hidden := range r.x.Stack.Hidden {
		layer, err := r.addLayer(ctx, layers, k+2, hidden)
		if err != nil {
			return err
		}
		layer.Symbol = o.Symbol
		o.Layers = append(o.Layers, layer)
	}
	if r.x.Stack.Joint > 0 {
		joint, err := layers.Joint()
		if err != nil {
			return &experiment.RequestError{Err: err}
		}
		if _, interrupted, err := loop(ctx, joint, r.x.Stack.Joint, false); err != nil {
			return err
		} else if interrupted {
			return r.stopped()
		}
		o.Joint = joint.Reached()
	}
	o.Staged = nil
	for k := range o.Layers {
		o.Layers[k].Synapses = layers.Synapses(k)
		if len(r.x.Figures) > 0 && r.in.Set.Height > 0 {
			o.Staged = append(o.Staged, layers.Parts(k))
		}
	}
	o.Top = ratesOf(layers.Rates())
	return nil
}

// addLayer learns one layer from the rates of the top of the stack and puts it on top.
func (r *run) addLayer(ctx context.Context, layers network.Layers, number, hidden int) (outcome.Layer, error) {
	found := outcome.Layer{Layer: number, Hidden: hidden}
	below := layers.Top()
	spec, err := upperSpec(r.x, number, below.Neurons(), hidden, r.best.start, r.Workers)
	if err != nil {
		return found, err
	}
	m, err := r.in.Engine.Model(below, spec)
	if err != nil {
		return found, &experiment.RequestError{Err: fmt.Errorf("stack.hidden: %w", err)}
	}
	_, interrupted, err := loop(ctx, m, r.x.Learning.Epochs, false, &settling{r.best.rec, newPlateau(r.x)})
	if err != nil {
		return found, fmt.Errorf("%s: %w", layerName(number), err)
	}
	if interrupted {
		return found, r.stopped()
	}
	if r.x.Recognition.Report > 0 {
		m.RecogniseAll(r.x.Recognition.Report)
	}
	found.Objective = m.Reached()
	if _, err := m.Invariants(); err != nil || math.IsNaN(found.Objective) || math.IsInf(found.Objective, 0) {
		return found, errors.Join(&outcome.Diverged{Reason: fmt.Sprintf("the objective of %s is %v: its rates or synapses have left the range of %s, or nothing predicts what a neuron below does", layerName(number), found.Objective, r.x.Precision)}, err)
	}
	if err := layers.Add(m, false); err != nil {
		return found, err
	}
	objective := m.Circuit().Objective()
	if _, predicts := objective.(learning.Predictive); !predicts {
		objective = learning.KL
	}
	found.Through, err = layers.Through(objective)
	return found, err
}

// settling ends the learning of an upper layer where its objective no longer falls. It looks
// at it at the epochs that are recorded of the first layer.
type settling struct {
	first   *recorder
	plateau learning.Plateau
}

func (s *settling) epoch(m network.Model, epoch int) (reached bool, err error) {
	x := s.first.x
	if x.Learning.Tolerance == 0 || !s.first.due(epoch) {
		return false, nil
	}
	if x.Recognition.Report > 0 {
		m.RecogniseAll(x.Recognition.Steps)
	}
	return s.plateau.Reached(epoch, m.Reached()), nil
}
