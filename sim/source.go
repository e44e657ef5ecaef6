package sim

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
	"partsnet/sim/text"
)

// Stimuli loads or generates the stimuli of an experiment and scales them. An
// error is one of the request: what the experiment names cannot be shown.
func Stimuli(x *experiment.Experiment) (*stimulus.Set, error) {
	set, err := unscaled(x)
	if err == nil && x.Stimulus.Transpose {
		if set.Height > 0 && set.Names != nil {
			return nil, &RequestError{Err: fmt.Errorf("%s: each image is a stimulus; allowed is stimulus.transpose = false", set.Source)}
		}
		set.Transpose()
	}
	if err == nil {
		err = set.Shape(x.Stimulus.Height, x.Stimulus.Width, x.Stimulus.Pixels == experiment.Columns)
	}
	if err == nil {
		err = name(set, x)
	}
	if err == nil {
		err = set.Scale(stimulus.Scaling{Name: scaling(x, set), Population: x.Stimulus.SD == "population", Offset: x.Stimulus.Offset, Levels: x.Stimulus.Levels})
	}
	if err != nil {
		return nil, &RequestError{Err: err}
	}
	return set, nil
}

// scaling returns the scaling of the stimuli: that of the paper for images from a file
// where the experiment leaves it open, because photographs need it, and none for all
// else, because generated faces are ink on paper and counts are counts.
func scaling(x *experiment.Experiment, set *stimulus.Set) string {
	switch {
	case x.Stimulus.Scaling != experiment.AutoScaling:
		return x.Stimulus.Scaling
	case x.Stimulus.Path != "" && set.Height > 0:
		return stimulus.PaperScaling.Name
	}
	return "none"
}

// unscaled returns the stimuli as they are stored or drawn.
func unscaled(x *experiment.Experiment) (*stimulus.Set, error) {
	switch {
	case x.Stimulus.Path != "" && text.Holds(x.Stimulus.Path):
		return texts(x)
	case x.Stimulus.Path != "":
		return stimulus.Load(x.Stimulus.Path)
	}
	return generator(x).Generate(stream.New(x.Seed, "stimulus"))
}

// generator returns what makes the stimuli of an experiment without a file.
func generator(x *experiment.Experiment) interface {
	Generate(rng *rand.Rand) (*stimulus.Set, error)
} {
	switch x.Stimulus.Generator {
	case "topics":
		return generate.Topics{Count: x.Stimulus.Count}
	case "bars":
		return x.BarsWanted()
	case "squares":
		return generate.Squares{Count: x.Stimulus.Count, Probability: x.Squares.Probability, Contrast: x.Squares.Contrast}
	case "swimmer":
		return generate.Swimmer{}
	}
	return generate.Faces{Count: x.Stimulus.Count, Side: x.Stimulus.Side, Couple: x.Stimulus.Couple}
}

// texts counts the words of texts.
func texts(x *experiment.Experiment) (*stimulus.Set, error) {
	o := text.Options{
		Alphabet: x.Text.Alphabet, MinLength: x.Text.MinLength, MinDocuments: x.Text.MinDocuments,
		Skip: x.Text.Skip, Keep: x.Text.Keep,
	}
	var err error
	if x.Text.Stop != "" {
		if o.Stop, err = text.ReadList(x.Text.Stop); err != nil {
			return nil, fmt.Errorf("text.stop: %w", err)
		}
	}
	if x.Stimulus.Words != "" {
		if o.Vocabulary, err = text.ReadList(x.Stimulus.Words); err != nil {
			return nil, fmt.Errorf("stimulus.words: %w", err)
		}
	}
	return text.Load(x.Stimulus.Path, o)
}

// name names neurons and stimuli as the experiment says.
func name(set *stimulus.Set, x *experiment.Experiment) error {
	for _, l := range []struct {
		key, path string
		names     *[]string
		want      int
	}{{"stimulus.words", x.Stimulus.Words, &set.Words, set.Size}, {"stimulus.titles", x.Stimulus.Titles, &set.Names, set.Count}} {
		if l.path == "" {
			continue
		}
		names, err := text.ReadList(l.path)
		if err == nil && len(names) != l.want {
			err = fmt.Errorf("%s has %d lines; %s has %d of them to name", l.path, len(names), set.Source, l.want)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", l.key, err)
		}
		*l.names = names
	}
	return nil
}

// shown is the stimuli of a run in its precision.
type shown[T kernel.Float] struct {
	set     *stimulus.Set
	stimuli network.Stimuli[T]
	dense   *neuron.Rates[T] // nil where stimuli are counts
	counts  *neuron.Counts[T]
	release func() error
	sum     string         // what checksum returned
	known   *measure.Shown // worked out by constants
}

// show returns the stimuli in the precision of the run: mapped from a file where the
// experiment says so.
func show[T kernel.Float](x *experiment.Experiment) (*shown[T], error) {
	s := &shown[T]{release: func() error { return nil }}
	var rates []T
	var err error
	if x.Stimulus.Map {
		s.set, rates, s.release, err = stimulus.Map[T](x.Stimulus.Path)
		if err == nil {
			err = s.set.Shape(x.Stimulus.Height, x.Stimulus.Width, false)
		}
		if err != nil {
			return nil, &RequestError{Err: err}
		}
	} else if s.set, err = Stimuli(x); err != nil {
		return nil, err
	}
	if s.set.Counts != nil {
		if s.counts, err = neuron.CountsIn[T](s.set.Counts); err != nil {
			return nil, &RequestError{Err: fmt.Errorf("%s: %w", s.set.Source, err)}
		}
		s.set.Counts, s.stimuli = nil, s.counts
		return s, nil
	}
	if !x.Stimulus.Map {
		rates = narrow[T](s.set.Rates)
		s.set.Rates = nil
	}
	if s.dense, err = neuron.RatesOf(s.set.Count, s.set.Size, rates); err != nil {
		return nil, &RequestError{Err: fmt.Errorf("%s: %w", s.set.Source, err)}
	}
	s.stimuli = s.dense
	return s, nil
}

// checksum returns what proves that two runs saw the same stimuli.
func (s *shown[T]) checksum() string {
	switch {
	case s.sum != "":
	case s.dense != nil:
		s.sum = stimulus.Checksum(s.dense.Rows(0, s.set.Count), s.set.Count)
	default:
		s.sum = stimulus.ChecksumCounts(s.counts)
	}
	return s.sum
}

// extent returns what a run of the stimuli has to hold.
func (s *shown[T]) extent() extent {
	if s.dense != nil {
		return extent{s.set.Count, s.set.Size, s.set.Count * s.set.Size, true}
	}
	index := s.counts.Held().Index
	return extent{s.set.Count, s.set.Size, len(index), false}
}

// row returns one stimulus, all visible neurons.
func (s *shown[T]) row(i int) []T {
	row := make([]T, s.set.Size)
	s.stimuli.Each(i, func(j int, x T) { row[j] = x })
	return row
}

// alone returns one stimulus in the form in which all are held.
func (s *shown[T]) alone(i int) (network.Stimuli[T], error) {
	if s.dense != nil {
		return neuron.RatesOf(1, s.set.Size, s.dense.Of(i))
	}
	var index []int32
	var rate []T
	s.counts.Each(i, func(j int, x T) { index, rate = append(index, int32(j)), append(rate, x) })
	return neuron.CountsOf(s.set.Size, []int{0, len(index)}, index, rate)
}

// find returns the number of the stimulus that an experiment wants looked at: a name,
// in which blanks may stand for underscores and capitals do not matter, or a number.
func (s *shown[T]) find(stimulus string) (int, error) {
	if stimulus == "" {
		return 0, nil
	}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", " ")) }
	if i := slices.Index(s.set.Names, stimulus); i >= 0 {
		return i, nil
	}
	if i := slices.IndexFunc(s.set.Names, func(name string) bool { return plain(name) == plain(stimulus) }); i >= 0 {
		return i, nil
	}
	if i, err := strconv.Atoi(stimulus); err == nil && i >= 0 && i < s.set.Count {
		return i, nil
	}
	return 0, &RequestError{Err: fmt.Errorf("look.stimulus = %q; allowed is a number from 0 to %d, or the name of a stimulus of %s%s", stimulus, s.set.Count-1, s.set.Source, near(s.set.Names, stimulus))}
}

// knows returns an error if there is no such word to look at.
func (s *shown[T]) knows(word string) error {
	switch {
	case word == "" || slices.Contains(s.set.Words, word):
		return nil
	case s.set.Words == nil:
		return &RequestError{Err: fmt.Errorf("look.word = %q, but it is not known which words the %d visible neurons of %s stand for; name the vocabulary with stimulus.words, or allowed is look.word = \"\"", word, s.set.Size, s.set.Source)}
	}
	return &RequestError{Err: fmt.Errorf("look.word = %q is not among the %d words of the vocabulary of %s%s; words are in lower case, and \"\" chooses one with two meanings", word, s.set.Size, s.set.Source, near(s.set.Words, word))}
}

// narrow returns x in the precision of a run: itself where that is float64.
func narrow[T kernel.Float](x []float64) []T {
	if same, ok := any(x).([]T); ok {
		return same
	}
	out := make([]T, len(x))
	for i, y := range x {
		out[i] = T(y)
	}
	return out
}

// generatedSize returns the number of stimuli and of visible neurons that a dense
// generator would make; 0 where stimuli are counts or from a file.
func generatedSize(x *experiment.Experiment) (m, n int) {
	if x.Stimulus.Path != "" {
		return 0, 0
	}
	switch x.Stimulus.Generator {
	case "faces":
		return x.Stimulus.Count, x.Stimulus.Side * x.Stimulus.Side
	case "bars":
		height, width := x.BarsWanted().Shape()
		return x.Stimulus.Count, height * width
	}
	return 0, 0
}
