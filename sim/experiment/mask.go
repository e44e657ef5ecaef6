package experiment

import (
	"errors"
	"fmt"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Hides reports whether something of the stimuli is hidden.
func (x *Experiment) Hides() bool {
	return x.Mask.Path != "" || x.Mask.Fraction > 0 || len(x.Mask.Rectangle) > 0
}

// Masks reports whether rates may be missing: hidden, or not in the data.
func (x *Experiment) Masks() bool { return x.Hides() || x.Stimulus.Table.Missing == stimulus.Masked }

// checkMask checks what does not go together with missing rates.
func (x *Experiment) checkMask(c network.Circuit[float64], rule learning.Rule[float64], plan network.Plan) error {
	if r := x.Mask.Rectangle; len(r) > 0 && (len(r) != 4 || r[2] < 1 || r[3] < 1) {
		return fmt.Errorf("mask.rectangle = %v; allowed is [] or [top, left, height, width] with a height and a width of at least 1", r)
	}
	key := "stimulus.missing = \"mask\""
	if x.Hides() {
		key = "mask.path, mask.fraction or mask.rectangle"
	}
	switch {
	case x.Stimulus.Map:
		return fmt.Errorf("%s with stimulus.map = true, which uses the file as it is; allowed is stimulus.map = false", key)
	case x.Stimulus.Table.Missing == stimulus.Masked && x.Stimulus.Table.Bin > 0:
		return errors.New("stimulus.missing = \"mask\" with stimulus.bin: of events none is missing; allowed is stimulus.missing = \"refuse\"")
	case x.Groups.Learn != Concatenated:
		return fmt.Errorf("%s with groups.learn = %q; allowed is %q, as the others compare and divide whole stimuli", key, x.Groups.Learn, Concatenated)
	case x.Stimulus.Average:
		return fmt.Errorf("%s with stimulus.average = true, which takes means of whole stimuli; allowed is stimulus.average = false", key)
	case len(x.Constraints) > 1:
		return fmt.Errorf("%s with network.constraints = %q; allowed is [%q], as the others are computed from whole stimuli", key, x.Constraints, NonNegative)
	case len(x.Stack.Hidden) > 0:
		return fmt.Errorf("%s with stack.hidden = %v; allowed is [], as further layers are learned from whole stimuli", key, x.Stack.Hidden)
	}
	return network.PairMissing(c, rule, plan)
}
