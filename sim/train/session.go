package train

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/synapse"
)

// session is the first layer as it learns from one of the random starts, with what is
// recorded of it.
type session struct {
	x         *experiment.Experiment
	start     int
	model     network.Model
	rec       *recorder
	film      *film
	recording *recording // nil where nothing is recorded
	reached   bool       // whether the records say that the end is reached
	stopped   string     // why learning ended
}

// allEpochs is why learning ends where nothing ends it before.
const allEpochs = "all epochs were run"

// newSession makes a session ready for its first epoch.
func newSession(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, start, workers int, sparing bool) (*session, error) {
	m, err := newModel(ctx, x, in, start, workers)
	if err != nil {
		return nil, err
	}
	frames := frameEpochs(x.Look.Frames, x.Learning.Epochs)
	rec := &recorder{x: x, in: in, also: slices.Concat(frames, x.EventEpochs()), sparing: sparing, plateau: newPlateau(x)}
	return &session{x: x, start: start, model: m, rec: rec, film: &film{rec: rec, at: frames}, stopped: allEpochs}, nil
}

// learn runs the epochs that are left. After each of them tell is called, and learned when
// all have ended.
func (s *session) learn(ctx context.Context, tell func(epoch int) error, learned func() error) (interrupted bool, err error) {
	s.film.start(s.model)
	if err := s.recording.start(s.model); err != nil {
		return false, err
	}
	reached, interrupted, err := loop(ctx, s.model, s.x.Learning.Epochs, s.reached, s.rec, s.film, s.recording, watcherFunc(tell))
	if refused := new(synapse.WeightError); errors.As(err, &refused) {
		err = fmt.Errorf("%w%s", err, blamed(s.x, s.model.Epochs()+1))
	}
	if err != nil || interrupted {
		return interrupted, err
	}
	if err := learned(); err != nil {
		return false, err
	}
	if reached {
		s.stopped = fmt.Sprintf("an epoch brought less than %v of the whole gain", s.x.Learning.Tolerance)
	}
	return false, s.rec.encode(s.model)
}

// objective returns that of the last record.
func (s *session) objective() float64 { return lastObjective(s.rec.records) }

// symbol returns that of the objective.
func (s *session) symbol() string { return symbolOf(s.model) }

// snapshot returns the state of the session.
func (s *session) snapshot() Kept {
	return Kept{
		Hidden: s.x.Hidden, Model: s.model.State(), Records: s.rec.records, Rises: s.rec.rises, Stopped: s.stopped, Frames: s.film.frames, Start: s.start,
	}
}

// restore gives a session that has just been made the state of a snapshot.
func (s *session) restore(c Kept, from Source) error {
	state := s.model.State()
	state.Epoch, state.Audits = c.Model.Epoch, c.Model.Audits
	if err := from.Model(c.Hidden, state.Arrays); err != nil {
		return err
	}
	if err := s.model.SetState(state); err != nil {
		return err
	}
	s.reached = s.rec.restore(c.Records, c.Rises)
	s.stopped, s.film.frames = c.Stopped, c.Frames
	return from.Frames(c.Hidden, s.film.frames, len(s.model.Synapses()))
}

// started returns the result of the start.
func (s *session) started() outcome.Start {
	return outcome.Start{Learned: true, Epochs: s.model.Epochs(), Objective: s.objective(), Rises: s.rec.rises}
}
