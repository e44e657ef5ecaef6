package draw

import (
	"fmt"
	"slices"

	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// How many words tell what a hidden neuron stands for.
const (
	wordsShown  = 8  // as many as in the paper
	wordsShared = 24 // of a feature that has a meaning of a word
	wordsRanked = 20 // among which a word must be to have a meaning in a feature
)

// features shows a document: the two features with the highest rates to
// it, two that are much used elsewhere and not here, and the meanings of a word.
var features = Figure{
	Name: "features", Doc: "a document, the features that explain it, and the meanings of a word", When: of(documents), of: theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure {
		f, h := o.Features(), o.Shown.H
		order := make([]int, len(h))
		for a := range order {
			order[a] = a
		}
		// The expected number of words that a neuron accounts for is its rate times the
		// sum of its synapses.
		n := len(f.Words)
		strength := make([]float64, len(h))
		for a := range h {
			for _, x := range f.W[a*n : (a+1)*n] {
				strength[a] += float64(x * h[a])
			}
		}
		slices.SortStableFunc(order, outcome.Descending(strength))
		chosen := slices.Clone(order[:min(2, len(order))])
		silent := order[min(len(order), max(2, len(order)/2)):]
		slices.SortStableFunc(silent, outcome.Descending(f.Use))
		chosen = append(chosen, silent[:min(2, len(silent))]...)
		var shown []figure.Feature
		for _, a := range chosen {
			shown = append(shown, figure.Feature{Neuron: a, Words: strongest(f, a, wordsShown), Rate: strength[a]})
		}
		return figure.Features(shown, document(o), meaning(f, wordOf(f, o.Experiment.Look.Word)))
	},
}

func strongest(f *outcome.Features, a, count int) (words []figure.Word) {
	for _, w := range f.Strongest(a, count) {
		words = append(words, figure.Word(w))
	}
	return words
}

// document returns the stimulus shown as a document.
func document(o *outcome.Outcome) figure.Document {
	d := figure.Document{Title: fmt.Sprintf("document %d", o.Shown.Stimulus)}
	if o.Stimuli.Names != nil {
		d.Title = o.Stimuli.Names[o.Shown.Stimulus]
	}
	for _, j := range measure.Strongest(o.Shown.V, wordsShown) {
		d.Words = append(d.Words, figure.Word{Text: o.Stimuli.Neurons[j], Strength: o.Shown.V[j]})
	}
	return d
}

// wordOf returns the number of the word, −1 if there is none, or of one with two
// meanings where none is named.
func wordOf(f *outcome.Features, word string) int {
	if word == "" {
		return ambiguous(f)
	}
	return slices.Index(f.Words, word)
}

// ambiguous returns a word that two features share: of those words that are among the
// strongest of two features, the one of which the second feature has the largest
// share; −1 if there is none.
func ambiguous(f *outcome.Features) int {
	n, best, word := len(f.Words), 0.0, -1
	in := make([]int, n)
	for a := range f.Use {
		for _, j := range measure.Strongest(f.W[a*n:(a+1)*n], wordsRanked) {
			in[j]++
		}
	}
	for j, features := range in {
		if features < 2 {
			continue
		}
		if s := measure.Senses(f.W, f.Use, j); len(s) > 1 && s[1].Rank <= wordsRanked && s[1].Share > best {
			best, word = s[1].Share, j
		}
	}
	return word
}

// meaning returns the two features with the largest shares in word j.
func meaning(f *outcome.Features, j int) figure.Meaning {
	m := figure.Meaning{}
	if j < 0 {
		return m
	}
	m.Word = f.Words[j]
	senses := measure.Senses(f.W, f.Use, j)
	for _, s := range senses[:min(2, len(senses))] {
		words := strongest(f, s.Neuron, wordsShared)
		if !slices.ContainsFunc(words, func(w figure.Word) bool { return w.Text == m.Word }) { // it is always shown
			words = append(words, figure.Word{Text: "…"}, figure.Word{Text: m.Word, Strength: f.W[s.Neuron*len(f.Words)+j]})
		}
		m.Features = append(m.Features, figure.Feature{Neuron: s.Neuron, Words: words})
		m.Share = append(m.Share, s.Share)
	}
	return m
}
