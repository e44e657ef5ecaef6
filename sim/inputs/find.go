package inputs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/experiment"
)

// Find returns the number of the stimulus that an experiment wants looked at: a name,
// in which blanks may stand for underscores and capitals do not matter, or a number.
func (in *Inputs) Find(stimulus string) (int, error) {
	if stimulus == "" {
		return 0, nil
	}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", " ")) }
	if i := slices.Index(in.Set.Names, stimulus); i >= 0 {
		return i, nil
	}
	if i := slices.IndexFunc(in.Set.Names, func(name string) bool { return plain(name) == plain(stimulus) }); i >= 0 {
		return i, nil
	}
	if i, err := strconv.Atoi(stimulus); err == nil && i >= 0 && i < in.Set.Count {
		return i, nil
	}
	return 0, &experiment.RequestError{Err: fmt.Errorf("look.stimulus = %q; allowed is a number from 0 to %d, or the name of a stimulus of %s%s", stimulus, in.Set.Count-1, in.Set.Source, Near(in.Set.Names, stimulus))}
}

// Knows returns an error if the vocabulary does not have the word.
func (in *Inputs) Knows(word string) error {
	switch {
	case word == "" || in.Set.Texts && slices.Contains(in.Set.Neurons, word):
		return nil
	case !in.Set.Texts:
		return &experiment.RequestError{Err: fmt.Errorf("look.word = %q, but it is not known which words the %d visible neurons of %s stand for; name the vocabulary with stimulus.words, or allowed is look.word = \"\"", word, in.Set.Size, in.Set.Source)}
	}
	return &experiment.RequestError{Err: fmt.Errorf("look.word = %q is not among the %d words of the vocabulary of %s%s; words are in lower case, and \"\" chooses one with two meanings", word, in.Set.Size, in.Set.Source, Near(in.Set.Neurons, word))}
}

// Near suggests words that begin alike.
func Near(words []string, word string) string {
	runes := []rune(word)
	for n := len(runes); n >= 3; n-- {
		start, found := string(runes[:n]), []string{}
		for _, w := range words {
			if len(w) >= len(start) && w[:len(start)] == start {
				found = append(found, w)
			}
		}
		if len(found) > 0 {
			return fmt.Sprintf("; there are %q", found[:min(5, len(found))])
		}
	}
	return ""
}
