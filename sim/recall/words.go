package recall

import (
	"fmt"
	"slices"

	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/rundir"
)

// wordsListed is the number of words listed for a feature.
const wordsListed = 20

// Meaning is one feature to which a word belongs.
type Meaning struct {
	measure.Sense
	Words []string // the feature's strongest words
}

// Meanings returns the features that account for at least the fraction least of the occurrences
// of a word in the run, the largest first, and never fewer than two if there are two; rest is
// the fraction that the other features account for. It returns an error if the run has no
// words, or not this word.
func Meanings(run, word string, least float64) (meanings []Meaning, rest float64, err error) {
	s, err := rundir.Open(run)
	if err != nil {
		return nil, 0, err
	}
	o, err := s.Outcome()
	if err == nil && !o.Stimuli.Texts {
		err = fmt.Errorf("%s: there is no %s: the stimuli of this run were not documents", s.Dir, rundir.WordsFile)
	}
	if err == nil {
		err = s.ReadRates(o)
	}
	if err != nil {
		return nil, 0, err
	}
	f := o.Features()
	j := slices.Index(f.Words, word)
	if j < 0 {
		return nil, 0, fmt.Errorf("%q is not among the %d words of %s; words are in lower case%s", word, len(f.Words), run, inputs.Near(f.Words, word))
	}
	senses := measure.Senses(f.W, f.Use, j)
	if len(senses) == 0 {
		return nil, 0, fmt.Errorf("no feature of %s holds %q: it is in none of the documents", run, word)
	}
	for k, x := range senses {
		if x.Share < least && k >= 2 {
			rest += x.Share
			continue
		}
		m := Meaning{Sense: x}
		for _, w := range f.Strongest(x.Neuron, wordsListed) {
			m.Words = append(m.Words, w.Text)
		}
		meanings = append(meanings, m)
	}
	return meanings, rest, nil
}
