package inputs

import (
	"fmt"

	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// Learned is what is known of the stimuli that a network has learned from. New stimuli are made
// ready by it, so that the network is shown what it would have been shown then.
type Learned struct {
	Scaling stimulus.Scaling // by which they were scaled, with the constants of the training; its Name is "" where the run does not say
	Known   bool             // whether these constants are known; earlier versions did not keep them
}

// scaling returns the scaling of new stimuli: that of the training with its constants, unless
// the experiment asks for another one. What is not as in the training is said in the set.
func (l *Learned) scaling(x *experiment.Experiment, set *stimulus.Set) stimulus.Scaling {
	by := scaling(x, set)
	if x.Stimulus.Scaling == experiment.AutoScaling && l.Scaling.Name != "" {
		by.Name = l.Scaling.Name
	}
	switch {
	case l.Scaling.Name != "" && by.Name != l.Scaling.Name:
		set.Read = append(set.Read, fmt.Sprintf("scaled by %q, as asked for, where the training scaled by %q", by.Name, l.Scaling.Name))
	case l.Known:
		by.Maximum = l.Scaling.Maximum
	default:
		set.Read = append(set.Read, fmt.Sprintf("scaled by %q from these stimuli alone: the run was made by an earlier version, which did not keep the constants of its scaling; run it again, and new stimuli are scaled as those that it learned from", by.Name))
	}
	return by
}
