package stimulus

import (
	"errors"
	"fmt"
	"math"

	"partsnet/neuron"
	"partsnet/sim/elements"
)

// maxValues is the largest number of rates that a source may hold.
const maxValues = elements.Max

// Set holds the stimuli of an experiment: m = Count patterns of n = Size
// visible rates.
type Set struct {
	Rates         []float64 // Count×Size, row-major, finite and ≥ 0; nil where Counts holds them
	Counts        *neuron.Counts[float64]
	Seen          *neuron.Mask // which rates are known, where some are missing; these are 0; or nil
	Count, Size   int
	Height, Width int                // of one stimulus as an image; both 0 when stimuli are not images
	Empty         map[int]int        // the lines of a table, from 1, of stimuli without a value, by their numbers; or nil
	Names         []string           // one a stimulus, such as a file name or a title; or nil
	Neurons       []string           // one a visible neuron, such as a muscle or a word; or nil
	Texts         bool               // stimuli are documents, and visible neurons words
	Axis          []float64          // where each stimulus lies on an axis such as time; or nil
	AxisName      string             // what the axis is called, "" where there is none
	Recordings    []Recording        // of which the stimuli are made, in their order and without gaps; nil where that is not known
	Files         []string           // of a folder that were read together, by their paths; nil for one file, and for an archive
	Source        string             // where they came from, in words
	Read          []string           // what was found, converted and left out while they were read, a phrase each
	Scaled        Scaling            // by which the rates were scaled; its Name is "" before
	Divided       map[string]float64 // what the rates of each group of recordings were divided by after that, by its name; nil where they were not
	Truth         *Truth             // the parts that made them; nil for data from the world
}

// Truth is what a generator knows: stimuli = codes × parts, before noise and before
// what is covered is taken away.
type Truth struct {
	Kind  string    // the name of the generator, whose own measures apply
	Parts []float64 // k×Size
	Names []string  // k, "region: variant"
	Codes []float64 // Count×k

	// Dominance is how many times the weights of a learned part on a bar or square must
	// exceed those elsewhere for it to represent it.
	Dominance float64
}

// Row returns stimulus i, a view.
func (s *Set) Row(i int) []float64 { return s.Rates[i*s.Size : (i+1)*s.Size] }

// Validate reports the first thing that is wrong with the set: no stimuli, a
// shape that does not fit, or a value that is not a firing rate.
func (s *Set) Validate() error { return s.validate(0, false) }

// validate is [Set.Validate] of values from low on, and of missing ones, NaN, where they are allowed.
func (s *Set) validate(low float64, missing bool) error {
	switch {
	case s.Count < 1 || s.Size < 1:
		return fmt.Errorf("%s: %d stimuli of %d values; at least one of each is needed", s.Source, s.Count, s.Size)
	case s.Counts != nil:
		return nil // made by neuron.CountsOf, which looks at every rate
	case len(s.Rates) != s.Count*s.Size:
		return fmt.Errorf("%s: %d values do not make %d stimuli of %d", s.Source, len(s.Rates), s.Count, s.Size)
	case s.Height*s.Width != s.Size && (s.Height != 0 || s.Width != 0):
		return fmt.Errorf("%s: stimuli of %d values are not images of %d×%d", s.Source, s.Size, s.Height, s.Width)
	}
	for i, x := range s.Rates {
		if missing && math.IsNaN(x) {
			continue
		}
		if !(x >= low) || math.IsInf(x, 1) {
			rectify := ""
			if x < 0 && !math.IsInf(x, 0) {
				rectify = "; stimulus.rectify = true sets negative values to 0"
			}
			if math.IsNaN(x) {
				rectify = fmt.Sprintf("; stimulus.missing = %q reads it as missing", Masked)
			}
			return fmt.Errorf("%s: %s, %s has the value %v; rates are finite and never negative%s",
				s.Source, s.Stimulus(i/s.Size), s.Neuron(i%s.Size), x, rectify)
		}
	}
	return nil
}

// Neuron names a visible neuron in an error.
func (s *Set) Neuron(j int) string {
	if s.Neurons != nil {
		return fmt.Sprintf("visible neuron %d (counted from 0: %s)", j, s.Neurons[j])
	}
	return fmt.Sprintf("visible neuron %d (counted from 0)", j)
}

// Stimulus names a stimulus in an error.
func (s *Set) Stimulus(i int) string {
	if s.Names != nil {
		return fmt.Sprintf("stimulus %d (%s)", i, s.Names[i])
	}
	for _, r := range s.Recordings {
		if r.From <= i && i < r.To {
			return fmt.Sprintf("stimulus %d (%d of %s)", i, i-r.From, r.Name)
		}
	}
	return fmt.Sprintf("stimulus %d", i)
}

// Shape gives stimuli that do not carry one the shape of images, 0×0 for none. Where
// the pixels of an image follow each other column by column, as MATLAB unrolls one,
// it brings them row by row.
func (s *Set) Shape(height, width int, columns bool) error {
	if height == 0 && width == 0 && (!columns || s.Height > 0) {
		height, width = s.Height, s.Width
	}
	switch {
	case height == 0 && width == 0 && !columns:
		return nil
	case s.Counts != nil:
		return fmt.Errorf("%s: counts are not images; allowed is stimulus.height = 0, stimulus.width = 0 and stimulus.pixels = \"rows\"", s.Source)
	case height == 0 && width == 0:
		return fmt.Errorf("%s: the pixels of what shape stand column by column? Say it with stimulus.height and stimulus.width", s.Source)
	case height < 0 || width < 0 || height*width != s.Size:
		return fmt.Errorf("%s: stimuli of %d values are not images of %d×%d", s.Source, s.Size, height, width)
	}
	s.Height, s.Width = height, width
	if columns {
		image := make([]float64, s.Size)
		for i := range s.Count {
			row := s.Row(i)
			copy(image, row)
			for j, x := range image {
				row[j%height*width+j/height] = x
			}
		}
	}
	return nil
}

// ErrNoStimuli tells that a source was read and held nothing to show.
var ErrNoStimuli = errors.New("no stimuli found")

// Transpose makes stimuli of columns, for data that hold one stimulus a column, as the
// paper writes V, and of the images along the last of three axes, as MATLAB stacks
// them (height × width × stimuli). Names of stimuli and of neurons change places; an axis of
// the rows that were is dropped, which is said. Recordings, which are of rows, are dropped too.
func (s *Set) Transpose() {
	s.Names, s.Neurons, s.Recordings, s.Empty = s.Neurons, s.Names, nil, nil
	if s.Axis != nil {
		s.Read = append(s.Read, fmt.Sprintf("the axis %s was dropped, which is one of visible neurons", s.AxisName))
		s.Axis, s.AxisName = nil, ""
	}
	if s.Counts != nil {
		s.Counts, s.Count, s.Size = transposed(s.Counts), s.Size, s.Count
		return
	}
	count, height, width := s.Size, 0, 0
	if s.Height > 0 {
		count, height, width = s.Width, s.Count, s.Height
	}
	size := s.Count * s.Size / count
	rates := make([]float64, 0, len(s.Rates))
	for i := range count {
		for j := range size {
			rates = append(rates, s.Rates[j*count+i])
		}
	}
	s.Rates, s.Count, s.Size, s.Height, s.Width = rates, count, size, height, width
}

// Rectify sets negative values to 0, and says how many.
func (s *Set) Rectify() error {
	if s.Counts != nil {
		return fmt.Errorf("%s: counts are never negative; allowed is stimulus.rectify = false", s.Source)
	}
	negative, lowest := 0, 0.0
	for i, x := range s.Rates {
		if x < 0 {
			negative, lowest, s.Rates[i] = negative+1, min(lowest, x), 0
		}
	}
	phrase := "no value is negative"
	if negative > 0 {
		phrase = fmt.Sprintf("%s set to 0, the lowest %.4g", number(negative, "negative value was", "negative values were"), lowest)
	}
	s.Read = append(s.Read, phrase)
	return nil
}
