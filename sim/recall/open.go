package recall

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
)

// Opened is a finished run with stimuli that its network is to be shown.
type Opened struct {
	Saved      *rundir.Saved
	Known      *outcome.Outcome       // what the run has kept
	Experiment *experiment.Experiment // of the run, for these stimuli
	In         *inputs.Inputs         // the caller releases them
	Dropped    []string               // settings of the run that do not apply to the stimuli, in phrases
	Looked     int                    // number of the stimulus that figures show
}

// Open opens a finished run to show its network stimuli, those of the run unless settings name others,
// and to write what it answers into dir. It returns an error if the run or the stimuli cannot be read
// or do not match; the context ends it early with an [*outcome.Interrupted].
func Open(ctx context.Context, run string, settings []string, dir string) (o *Opened, err error) {
	s, err := rundir.Open(run)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	known, err := s.Outcome()
	if err == nil && known.Stimuli.Texts {
		err = s.ReadRates(known)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	x, dropped, err := inherit(ctx, s, known, settings)
	if interrupted := new(*outcome.Interrupted); errors.As(err, interrupted) {
		return nil, err
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	if err := cmp.Or(rundir.InRun(dir), rundir.AmongStimuli(x, dir)); err != nil {
		return nil, err
	}
	learned, err := learnedBy(s, known, settings)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	in, err := inputs.Show(ctx, x, learned)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Release())
		}
	}()
	if in.Neurons() != known.Stimuli.Size {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s has stimuli of %d values; the network of %s has %d visible neurons", in.Set.Source, in.Neurons(), s.Dir, known.Stimuli.Size)}
	}
	shown, err := looked(x, in, settings)
	if err != nil {
		return nil, err
	}
	return &Opened{s, known, x, in, dropped, shown}, nil
}

// Load returns the network of the run with all its learned arrays, a new one at each call.
func (o *Opened) Load() (network.Trained, error) {
	return Network(o.Saved, o.Experiment, o.In.Neurons())
}
