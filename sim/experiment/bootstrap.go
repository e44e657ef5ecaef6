package experiment

import (
	"cmp"
	"fmt"
)

// usualLevel is the usual level of intervals.
const usualLevel = 0.95

// leastRepeats is the smallest number of repeats of a bootstrap: the spread of fewer says little.
const leastRepeats = 20

// checkBootstrap checks the keys of the bootstrap.
func (x *Experiment) checkBootstrap() error {
	b := x.Bootstrap
	if b.Repeats == 0 {
		key := ""
		for _, s := range []struct {
			key   string
			given bool
		}{
			{fmt.Sprintf("bootstrap.over = %q", b.Over), b.Over != AutoOver},
			{fmt.Sprintf("bootstrap.block = %d", b.Block), b.Block != 1},
			{fmt.Sprintf("bootstrap.epochs = %d", b.Epochs), b.Epochs != 0},
			{fmt.Sprintf("bootstrap.level = %v", b.Level), b.Level != usualLevel},
		} {
			if s.given {
				key = cmp.Or(key, s.key)
			}
		}
		if key != "" {
			return fmt.Errorf("%s with bootstrap.repeats = 0, which makes no bootstrap; allowed is bootstrap.repeats from %d", key, leastRepeats)
		}
		return nil
	}
	switch {
	case b.Repeats < leastRepeats:
		return fmt.Errorf("bootstrap.repeats = %d; allowed is 0, or from %d", b.Repeats, leastRepeats)
	case b.Block > 1 && b.Over == OverRecordings:
		return fmt.Errorf("bootstrap.block = %d with bootstrap.over = %q, which draws whole recordings; allowed is bootstrap.block = 1", b.Block, b.Over)
	case x.Stimulus.Average && b.Over == OverStimuli:
		return fmt.Errorf("bootstrap.over = %q with stimulus.average = true; allowed is %q: the means depend on all recordings", b.Over, OverRecordings)
	case len(x.Stack.Hidden) > 0:
		return fmt.Errorf("bootstrap.repeats = %d with stack.hidden = %v; allowed is bootstrap.repeats = 0, or one layer", b.Repeats, x.Stack.Hidden)
	}
	return nil
}
