package inputs

import (
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
)

// learnable returns an error where nothing is known of a visible neuron in all stimuli, whose synapses
// would stay as they were drawn, or of a stimulus, whose hidden rates would be 0 and enter means as such.
func (in *Inputs) learnable(x *experiment.Experiment) error {
	seen := in.Data.Seen()
	if seen == nil {
		return nil
	}
	if r := x.Mask.Rectangle; len(r) > 0 {
		return &experiment.RequestError{Err: fmt.Errorf("mask.rectangle = %s hides the same pixels in all stimuli: nothing can be learned of them; allowed while learning is [], and mask.fraction or mask.path to hide others in each stimulus; `partsnet recognise` takes a rectangle", strings.ReplaceAll(fmt.Sprint(r), " ", ", "))}
	}
	known := make([]bool, in.Neurons())
	for i := range in.Stimuli() {
		for j := range known {
			known[j] = known[j] || seen.Seen(i, j)
		}
	}
	hidden, hiddenOf := make([]bool, in.Neurons()), map[int]bool{}
	if in.Hidden != nil {
		for _, at := range in.Hidden.At {
			hidden[at%in.Neurons()], hiddenOf[at/in.Neurons()] = true, true
		}
	}
	var missing, masked []string
	for j := range known {
		switch {
		case known[j]:
		case hidden[j]:
			masked = append(masked, in.Set.Neuron(j))
		default:
			missing = append(missing, in.Set.Neuron(j))
		}
	}
	var err error
	switch {
	case missing != nil:
		err = fmt.Errorf("%s: %s missing in all stimuli: nothing can be learned of %s; %s", in.Set.Source, are(missing), them(missing), in.leaveOut(x, known))
	case masked != nil:
		err = fmt.Errorf("%s: %s hidden in all stimuli: nothing can be learned of %s; allowed is a mask that shows every visible neuron in a stimulus at least, of those of which a value is known; `partsnet recognise` takes any", in.Set.Source, are(masked), them(masked))
	}
	for i := 0; err == nil && i < in.Stimuli(); i++ {
		switch {
		case seen.MissingOf(i) < in.Neurons():
		case hiddenOf[i]:
			err = fmt.Errorf("%s: the mask hides all that is known of %s (counted from 0): nothing can be learned from it; allowed is a mask that shows a value of every stimulus", in.Set.Source, in.Set.Stimulus(i))
		default:
			where := "counted from 0"
			if line, ok := in.Set.Empty[i]; ok {
				where += fmt.Sprintf("; line %d", line)
			}
			err = fmt.Errorf("%s: %s (%s) has no known value: nothing can be learned from it; take it out", in.Set.Source, in.Set.Stimulus(i), where)
		}
	}
	if err != nil {
		return &experiment.RequestError{Err: err}
	}
	return nil
}

// leaveOut says how to leave out visible neurons that are not known.
func (in *Inputs) leaveOut(x *experiment.Experiment, known []bool) string {
	given := x.Stimulus.Table.Columns
	switch {
	case in.Set.Neurons == nil || x.Stimulus.Transpose || x.Stimulus.Neurons != "" || x.Several():
		return "leave out what is missing"
	case len(given) > 0 && !strings.HasPrefix(given[0], "-"):
		return "leave it out of stimulus.columns"
	}
	keys := slices.Clone(given)
	var unknown []string
	for j, name := range in.Set.Neurons {
		if !known[j] {
			unknown = append(unknown, "-"+name)
		}
	}
	return fmt.Sprintf("stimulus.columns = [%s] leaves %s out", config.QuoteAll(append(keys, unknown...)), them(unknown))
}

// are names some and says that they are.
func are(names []string) string {
	if len(names) == 1 {
		return names[0] + " is"
	}
	return first(names) + " are"
}

// them stands for some that were named.
func them(names []string) string {
	if len(names) == 1 {
		return "it"
	}
	return "them"
}
