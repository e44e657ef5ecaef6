package experiment

import (
	"errors"
	"fmt"
	"slices"

	"partsnet/sim/config"
)

// Assignment gives a key of an experiment a value.
type Assignment struct {
	Where string // file and line, or --set, for errors
	Key   string
	Value any
}

// Assign returns an experiment with the given values, of which later ones override earlier
// ones. Keys that apply to other stimuli are ignored, because a comparison assigns the same
// keys to experiments with different stimuli. Call [Experiment.Complete] after further
// changes. Assign asks texts whether a path names documents.
func Assign(assignments []Assignment, texts Texts) (*Experiment, error) {
	x := Default()
	x.unsetDerived()
	table := x.fields(true)
	var wrong []error
	for _, a := range assignments {
		if err := config.Set(table, a.Key, a.Value); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", a.Where, err))
		}
	}
	for k, a := range assignments {
		if slices.ContainsFunc(assignments[k+1:], func(b Assignment) bool { return b.Key == a.Key }) {
			continue // only the last value counts
		}
		x.reset(table, a.Key, texts)
		if err := x.wrongParameter(a.Key); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", a.Where, err))
		}
	}
	return x, errors.Join(wrong...)
}

// Complete fills in the defaults that follow from other keys, and checks what depends on
// several keys.
func (x *Experiment) Complete() error {
	if err := x.resolve(); err != nil {
		return err
	}
	return x.check()
}
