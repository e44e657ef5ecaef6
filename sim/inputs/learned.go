package inputs

import (
	"context"
	"fmt"
	"strings"

	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// Learned is what is known of the stimuli that a network has learned from. New stimuli are made
// ready by it, so that the network is shown what it would have been shown then.
type Learned struct {
	Scaling stimulus.Scaling // by which they were scaled, with the constants of the training; its Name is "" where the run does not say
	Known   bool             // whether these constants are known; earlier versions did not keep them
	Neurons []string         // one a visible neuron; or nil
	Texts   bool             // they were documents
	Images  bool             // they came from image files
	Equal   bool             // each group of them was divided by the root mean square of its rates
	Shaped  bool             // they had the shape of images before the experiment gave them one

	// Given reports whether a key was set for the new stimuli. Others are those of the run.
	Given func(key string) bool
}

// orient drops settings of the run that say how its stimuli lay in their file, where the new
// stimuli know better, and says so in the set.
func (l *Learned) orient(x *experiment.Experiment, set *stimulus.Set) {
	s, images := &x.Stimulus, set.Height > 0 && set.Names != nil
	if l.Texts && !set.Texts && !l.Given("stimulus.words") {
		set.Read = append(set.Read, "the words are taken to be those of the run in their order; if these documents have a vocabulary of their own, name it with --set stimulus.words=FILE")
	}
	if images && s.Transpose && !l.Given("stimulus.transpose") {
		s.Transpose = false
		set.Read = append(set.Read, "each image is a stimulus: stimulus.transpose = true of the run does not apply to images")
	}
	switch {
	case set.Counts != nil && (s.Height > 0 || s.Width > 0 || s.Pixels == experiment.Columns):
		if !l.Given("stimulus.height") && !l.Given("stimulus.width") && !l.Given("stimulus.pixels") {
			s.Height, s.Width, s.Pixels = 0, 0, experiment.Rows
			set.Read = append(set.Read, "counts are no images: stimulus.height, stimulus.width and stimulus.pixels of the run do not apply to them")
		}
		return
	case set.Height == 0:
		return
	}
	if !l.Given("stimulus.height") && !l.Given("stimulus.width") {
		s.Height, s.Width = 0, 0 // the images have their own
	}
	if s.Pixels == experiment.Columns && !l.Given("stimulus.pixels") && !(l.Shaped && l.Images == images) {
		s.Pixels = experiment.Rows
		set.Read = append(set.Read, `these images know their rows and are not turned: stimulus.pixels = "columns" of the run does not apply to them`)
	}
}

// unscaled returns new stimuli as they are stored. A table that cannot be read by the settings of
// the run, such as one without the column of its time, is read without them, which is said.
func (l *Learned) unscaled(ctx context.Context, x *experiment.Experiment) (*stimulus.Set, error) {
	set, err := unscaled(ctx, x)
	if err == nil || ctx.Err() != nil {
		return set, err
	}
	own, usual := x.Stimulus.Table, experiment.Default().Stimulus.Table
	var left []string
	without := func(key string, value, otherwise *string) {
		if *value != *otherwise && !l.Given(key) {
			*value, left = *otherwise, append(left, key)
		}
	}
	t := &x.Stimulus.Table
	without("stimulus.header", &t.Header, &usual.Header)
	without("stimulus.names", &t.Names, &usual.Names)
	without("stimulus.time", &t.Time, &usual.Time)
	without("stimulus.decimal", &t.Decimal, &usual.Decimal)
	without("groups.condition", &t.Condition, &usual.Condition)
	without("groups.trial", &t.Trial, &usual.Trial)
	without("stimulus.thousands", &t.Thousands, &usual.Thousands)
	if t.FirstLine != usual.FirstLine && !l.Given("stimulus.first-line") {
		t.FirstLine, left = usual.FirstLine, append(left, "stimulus.first-line")
	}
	if len(t.Columns) > 0 && !l.Given("stimulus.columns") {
		t.Columns, left = usual.Columns, append(left, "stimulus.columns")
	}
	if left == nil {
		return nil, err
	}
	again, failed := unscaled(ctx, x)
	if failed != nil {
		x.Stimulus.Table = own
		return nil, err
	}
	again.Read = append(again.Read, "read without "+strings.Join(left, ", ")+" of the run, with which this table cannot be read")
	return again, nil
}

// scaling returns the scaling of new stimuli: that of the training with its constants, unless
// the experiment asks for another one. What is not as in the training is said in the set.
func (l *Learned) scaling(x *experiment.Experiment, set *stimulus.Set) stimulus.Scaling {
	by := scaling(x, set)
	if x.Stimulus.Scaling == experiment.AutoScaling && l.Scaling.Name != "" {
		by.Name = l.Scaling.Name
	}
	if l.Equal {
		set.Read = append(set.Read, "the run divided each of its groups by the root mean square of the rates: these stimuli, and with them the hidden rates, keep their own unit")
	}
	switch {
	case l.Scaling.Name != "" && by.Name != l.Scaling.Name:
		set.Read = append(set.Read, fmt.Sprintf("scaled by %q, as asked for, where the training scaled by %q", by.Name, l.Scaling.Name))
	case l.Known && l.Scaling.Constants() != nil:
		by.Maximum = l.Scaling.Maximum
		set.Read = append(set.Read, fmt.Sprintf("scaled by %q with the maximum of the training, %.6g", by.Name, by.Maximum))
	case l.Known:
	default:
		set.Read = append(set.Read, fmt.Sprintf("scaled by %q from these stimuli alone: the run was made by an earlier version, which did not keep the constants of its scaling; run it again, and new stimuli are scaled as those that it learned from", by.Name))
	}
	return by
}
