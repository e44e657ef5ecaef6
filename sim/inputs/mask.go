package inputs

import (
	"context"
	"fmt"
	"math"

	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// hide takes from a set what an experiment hides, and returns it. The mask of the set shows what is
// left. Hidden rates that the set does not know either are not returned. Where a network learns from
// the set, mask.fraction leaves something of each stimulus and of each visible neuron.
func hide(ctx context.Context, x *experiment.Experiment, set *stimulus.Set, learns bool) (*measure.Hidden, error) {
	if !x.Hides() {
		return nil, nil
	}
	hides, err := hiding(ctx, x, set, learns)
	if err != nil {
		return nil, err
	}
	known := set.Seen
	if known == nil {
		known = neuron.NewMask(set.Count, set.Size)
	}
	seen, found := neuron.NewMask(set.Count, set.Size), &measure.Hidden{}
	for i := range set.Count {
		var row []float64
		if set.Counts == nil {
			row = set.Row(i)
		} else {
			row = make([]float64, set.Size)
			set.Counts.Each(i, func(j int, y float64) { row[j] = y })
		}
		for j, y := range row {
			switch {
			case !known.Seen(i, j):
				seen.Hide(i, j)
			case hides(i, j):
				seen.Hide(i, j)
				found.At, found.Rate = append(found.At, i*set.Size+j), append(found.Rate, y)
				row[j] = 0
			}
		}
	}
	all := set.Count * set.Size
	if seen.Missing() == all {
		return nil, fmt.Errorf("%s: the mask hides all values; at least one must be shown", set.Source)
	}
	set.Seen = seen
	set.Read = append(set.Read, stimulus.MissingPhrase(len(found.At), all)+" hidden")
	return found, nil
}

// hiding returns what reports whether an entry is hidden. It is asked for all entries in their
// order, those that are not known left out.
func hiding(ctx context.Context, x *experiment.Experiment, set *stimulus.Set, learns bool) (func(i, j int) bool, error) {
	var all []func(i, j int) bool
	if x.Mask.Path != "" {
		of, err := maskFile(ctx, x.Mask.Path, set)
		if err != nil {
			return nil, err
		}
		all = append(all, of)
	}
	if r := x.Mask.Rectangle; len(r) > 0 {
		top, left, height, width := r[0], r[1], r[2], r[3]
		if set.Height == 0 {
			return nil, fmt.Errorf("mask.rectangle = %v: the stimuli of %s are not images; allowed is [], or a shape by stimulus.height and stimulus.width", r, set.Source)
		}
		if top+height > set.Height || left+width > set.Width {
			return nil, fmt.Errorf("mask.rectangle = %v reaches beyond the images of %d×%d pixels; allowed are top + height ≤ %d and left + width ≤ %d", r, set.Height, set.Width, set.Height, set.Width)
		}
		all = append(all, func(_, j int) bool {
			row, col := j/set.Width, j%set.Width
			return row >= top && row < top+height && col >= left && col < left+width
		})
	}
	if x.Mask.Fraction > 0 {
		all = append(all, sampled(x, set, learns))
	}
	return func(i, j int) bool {
		hides := false
		for _, f := range all {
			hides = f(i, j) || hides // all are asked: one draws
		}
		return hides
	}, nil
}

// sampled hides a fraction of the known entries, to the nearest whole number: each that is asked for with
// the chance of those still to be hidden among those that are left (Knuth, The Art of Computer Programming 2,
// 3.4.2, algorithm S). Where a network learns from them the last that would be known of a stimulus or of a
// visible neuron is shown, and another hidden for it as far as later ones can be.
func sampled(x *experiment.Experiment, set *stimulus.Set, learns bool) func(i, j int) bool {
	left, ofStimulus, ofNeuron := set.Count*set.Size, make([]int, set.Count), make([]int, set.Size)
	for i := range ofStimulus {
		ofStimulus[i] = set.Size
	}
	for j := range ofNeuron {
		ofNeuron[j] = set.Count
	}
	if set.Seen != nil {
		left -= set.Seen.Missing()
		for i := range ofStimulus {
			for j := range ofNeuron {
				if !set.Seen.Seen(i, j) {
					ofStimulus[i]--
					ofNeuron[j]--
				}
			}
		}
	}
	need := int(math.Round(float64(x.Mask.Fraction * float64(left))))
	rng := stream.New(x.Seed, "mask")
	return func(i, j int) bool {
		hides := rng.IntN(left) < need
		left--
		if learns && (ofStimulus[i] == 1 || ofNeuron[j] == 1) {
			hides = false
		}
		if hides {
			need--
			ofStimulus[i]--
			ofNeuron[j]--
		}
		return hides
	}
}

// maskFile returns what hides the entries that are 0 in a file.
func maskFile(ctx context.Context, path string, set *stimulus.Set) (func(i, j int) bool, error) {
	a, err := stimulus.ReadArray(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("mask.path: %w", err)
	}
	rows, cols := a.Shape[0], a.Shape[1]
	if cols != set.Size || rows != set.Count && rows != 1 {
		return nil, fmt.Errorf("mask.path: %s is %d×%d; allowed is %d×%d, a value for each of the stimuli of %s, or 1×%d for all stimuli alike", path, rows, cols, set.Count, set.Size, set.Source, set.Size)
	}
	for k, y := range a.Values {
		if y != 0 && y != 1 {
			return nil, fmt.Errorf("mask.path: %s has %v in row %d, column %d (counted from 0); allowed are 1, shown, and 0, hidden", path, y, k/cols, k%cols)
		}
	}
	return func(i, j int) bool {
		if rows == 1 {
			i = 0
		}
		return a.Values[i*cols+j] == 0
	}, nil
}

// Shows reports whether the network is shown the rate of a visible neuron to a stimulus.
func (in *Inputs) Shows(i, j int) bool {
	seen := in.Data.Seen()
	return seen == nil || seen.Seen(i, j)
}

// Whole returns the rates of a stimulus with what is hidden of it, NaN where no rate is known.
func (in *Inputs) Whole(i int) []float64 {
	row := in.Known(i)
	if in.Hidden != nil {
		for e, at := range in.Hidden.At {
			if at/len(row) == i {
				row[at%len(row)] = in.Hidden.Rate[e]
			}
		}
	}
	return row
}

// Filled returns the rates of a stimulus, and where one is missing what is predicted.
func (in *Inputs) Filled(i int, prediction []float64) []float64 {
	row := in.Row(i)
	for j := range row {
		if !in.Shows(i, j) {
			row[j] = prediction[j]
		}
	}
	return row
}

// Known returns the rates of a stimulus, NaN where one is missing.
func (in *Inputs) Known(i int) []float64 {
	row := in.Row(i)
	for j := range row {
		if !in.Shows(i, j) {
			row[j] = math.NaN()
		}
	}
	return row
}

// completions is the largest number of stimuli of a completion.
const completions = 16

// Completion returns how stimuli with missing entries are filled in by predictions: a number of
// them from the stimulus looked on, as far as there are; nil if there are none.
func (in *Inputs) Completion(looked int, predict func(i int) []float64) *outcome.Completion {
	seen := in.Data.Seen()
	if seen == nil {
		return nil
	}
	c := &outcome.Completion{}
	for k := 0; k < in.Stimuli() && len(c.Stimuli) < completions; k++ {
		i := (looked + k) % in.Stimuli()
		if seen.MissingOf(i) == 0 {
			continue
		}
		shown := make([]bool, in.Neurons())
		for j := range shown {
			shown[j] = seen.Seen(i, j)
		}
		c.Stimuli, c.Whole, c.Shown, c.Filled = append(c.Stimuli, i), append(c.Whole, in.Whole(i)), append(c.Shown, shown), append(c.Filled, in.Filled(i, predict(i)))
	}
	return c
}
