package inputs

import (
	"fmt"

	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// average puts the means of recordings in the place of a set, where the experiment learns from
// these. The set stays beside them: a bootstrap draws from its recordings.
func (in *Inputs) average(x *experiment.Experiment) error {
	if !x.Stimulus.Average {
		return nil
	}
	means, err := in.Set.Averaged()
	if err != nil {
		return fmt.Errorf("stimulus.average = true: %w", err)
	}
	in.single, in.Set = in.Set, means
	return nil
}

// Averaged reports whether the stimuli are means over recordings.
func (in *Inputs) Averaged() bool { return in.single != nil }

// Recordings returns the recordings of which the stimuli are made, or of which they are means; nil
// where they are made of none.
func (in *Inputs) Recordings() []stimulus.Recording {
	if in.single != nil {
		return in.single.Recordings
	}
	return in.Set.Recordings
}
