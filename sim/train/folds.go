package train

import (
	"context"
	"fmt"
	"math"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/stream"
)

// folded returns the number of folds that have learned.
func folded(held []float64) (n int) {
	for _, share := range held {
		if !math.IsNaN(share) {
			n++
		}
	}
	return n
}

// hide returns the entries that are seen in a fold, the same for every number of hidden neurons: each
// is hidden with the probability that the experiment says, but for the last that would be seen of a
// stimulus or of a visible neuron.
func (r *run) hide(fold int) *neuron.Mask {
	rng := stream.New(r.x.Seed, fmt.Sprintf("entries held out of fold %d", fold))
	m, n := r.in.Stimuli(), r.in.Neurons()
	seen, left := neuron.NewMask(m, n), make([]int, n)
	for j := range left {
		left[j] = m
	}
	for i := range m {
		row := n
		for j := range n {
			if rng.Float64() < r.x.Choose.Hidden && row > 1 && left[j] > 1 {
				seen.Hide(i, j)
				row--
				left[j]--
			}
		}
	}
	return seen
}

// foldModel makes the network of a fold ready for the first epoch, from a random start of the number of
// the fold. It returns an error where the circuit or the rule cannot learn from a part of the entries.
func (r *run) foldModel(at attempt, workers int) (m network.Model, seen *neuron.Mask, err error) {
	if r.in.Data.Seen() != nil {
		return nil, nil, &experiment.RequestError{Err: fmt.Errorf("network.folds = %d with stimuli of which entries are missing; allowed is 0", r.x.Choose.Folds)}
	}
	seen = r.hide(at.start)
	partial, err := r.in.Engine.Partial(r.in.Data, seen)
	if err != nil {
		return nil, nil, &experiment.RequestError{Err: fmt.Errorf("network.folds: %w", err)}
	}
	spec, err := Spec(at.x, r.in.Neurons(), at.start, workers)
	if err != nil {
		return nil, nil, err
	}
	if m, err = r.in.Engine.Model(partial, spec); err != nil {
		return nil, nil, &experiment.RequestError{Err: fmt.Errorf("network.folds: %w", err)}
	}
	return m, seen, nil
}

// learnFold learns from the entries that are seen in a fold, as the run learns, and notes how well the
// others are predicted,
//
//	1 − Σ ( v − p )² / Σ ( v − v̿ )²        over hidden entries, v̿ the mean of those that are seen
//
// Source: Wold (1978, Technometrics 20:397–405), with random entries in place of diagonals.
func (r *run) learnFold(ctx context.Context, at attempt, workers int, tell func() error) error {
	m, seen, err := r.foldModel(at, workers)
	if err != nil {
		return err
	}
	end := &settling{&recorder{x: at.x}, newPlateau(at.x)}
	_, interrupted, err := loop(ctx, m, at.x.Learning.Epochs, false, end, watcherFunc(func(int) error { return tell() }))
	if err != nil {
		return err
	}
	if interrupted {
		return &outcome.Interrupted{}
	}
	if report := at.x.Recognition.Report; report > 0 {
		m.RecogniseAll(report)
	}
	mean, known := 0.0, 0
	for i := range r.in.Stimuli() {
		for j, v := range r.in.Row(i) {
			if seen.Seen(i, j) {
				mean += v
				known++
			}
		}
	}
	mean /= float64(known)
	missed, deviation := 0.0, 0.0
	for i := range r.in.Stimuli() {
		if seen.MissingOf(i) == 0 {
			continue
		}
		p := m.Predict(m.Rates().Of(i))
		for j, v := range r.in.Row(i) {
			if !seen.Seen(i, j) {
				missed += float64((v - p[j]) * (v - p[j]))
				deviation += float64((v - mean) * (v - mean))
			}
		}
	}
	share := 1 - missed/deviation
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return &outcome.Diverged{Reason: fmt.Sprintf("with %d hidden neurons, hidden entries are predicted with a squared error of %v, and deviate by %v", at.x.Hidden, missed, deviation)}
	}
	at.held[at.start] = share
	return nil
}
