package sim

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
)

// How many words tell what a hidden neuron stands for: in a figure as many as in the
// paper, in tables more.
const (
	wordsShown  = 8
	wordsListed = 20
	wordsShared = 24 // of a feature that has a meaning of a word
)

// negligible is the share of a feature's strongest synapse below which a word tells
// nothing about it: what noise leaves.
const negligible = 0.02

// features is what is known of documents after learning, in float64.
type features struct {
	w     []float64 // r×n
	use   []float64 // r, summed rates
	words []string  // n
}

// byDescending returns what compares two neurons by their numbers x, the larger first.
func byDescending(x []float64) func(a, b int) int {
	return func(a, b int) int { return cmp.Compare(x[b], x[a]) }
}

// strongest returns the strongest words of hidden neuron a, fewer than count where
// the rest is negligible.
func (f *features) strongest(a, count int) []figure.Word {
	n := len(f.words)
	part := f.w[a*n : (a+1)*n]
	var out []figure.Word
	for _, j := range measure.Strongest(part, count) {
		if len(out) > 0 && part[j] < negligible*out[0].Strength {
			break
		}
		out = append(out, figure.Word{Text: f.words[j], Strength: part[j]})
	}
	return out
}

// write writes the strongest words of every hidden neuron, the most used neuron
// first, one a line: neuron, share of all rates, words.
func (f *features) write(w io.Writer) error {
	order, total := make([]int, len(f.use)), 0.0
	for a, u := range f.use {
		order[a] = a
		total += u
	}
	slices.SortStableFunc(order, byDescending(f.use))
	if _, err := fmt.Fprintln(w, "neuron,share,words"); err != nil {
		return err
	}
	for _, a := range order {
		var words []string
		for _, x := range f.strongest(a, wordsListed) {
			words = append(words, x.Text)
		}
		if _, err := fmt.Fprintf(w, "%d,%.5f,%s\n", a, f.use[a]/max(total, 1e-300), strings.Join(words, " ")); err != nil {
			return err
		}
	}
	return nil
}

// ambiguous returns a word that two features share: of those words that are among the
// strongest of two features, the one of which the second feature has the largest
// share; −1 if there is none.
func (f *features) ambiguous() int {
	n, best, word := len(f.words), 0.0, -1
	in := make([]int, n)
	for a := range f.use {
		for _, j := range measure.Strongest(f.w[a*n:(a+1)*n], wordsListed) {
			in[j]++
		}
	}
	for j, features := range in {
		if features < 2 {
			continue
		}
		if s := measure.Senses(f.w, f.use, j); len(s) > 1 && s[1].Rank <= wordsListed && s[1].Share > best {
			best, word = s[1].Share, j
		}
	}
	return word
}

// meaning returns the two features with the largest shares in word j.
func (f *features) meaning(j int) figure.Meaning {
	m := figure.Meaning{}
	if j < 0 {
		return m
	}
	m.Word = f.words[j]
	senses := measure.Senses(f.w, f.use, j)
	for _, s := range senses[:min(2, len(senses))] {
		words := f.strongest(s.Neuron, wordsShared)
		if !slices.ContainsFunc(words, func(w figure.Word) bool { return w.Text == m.Word }) { // it is always shown
			words = append(words, figure.Word{Text: "…"}, figure.Word{Text: m.Word, Strength: f.w[s.Neuron*len(f.words)+j]})
		}
		m.Features = append(m.Features, figure.Feature{Neuron: s.Neuron, Words: words})
		m.Share = append(m.Share, s.Share)
	}
	return m
}

// of returns the figure of a document: the two features with the highest rates to
// it, two that are much used elsewhere and not here, and the meanings of the word.
func (f *features) of(document figure.Document, h []float64, word int) *figure.Figure {
	order := make([]int, len(h))
	for a := range order {
		order[a] = a
	}
	// The expected number of words that a neuron accounts for is its rate times the
	// sum of its synapses.
	n := len(f.words)
	strength := make([]float64, len(h))
	for a := range h {
		for _, x := range f.w[a*n : (a+1)*n] {
			strength[a] += float64(x * h[a])
		}
	}
	slices.SortStableFunc(order, byDescending(strength))
	chosen := slices.Clone(order[:min(2, len(order))])
	silent := order[min(len(order), max(2, len(order)/2)):]
	slices.SortStableFunc(silent, byDescending(f.use))
	chosen = append(chosen, silent[:min(2, len(silent))]...)
	var shown []figure.Feature
	for _, a := range chosen {
		shown = append(shown, figure.Feature{Neuron: a, Words: f.strongest(a, wordsShown), Rate: strength[a]})
	}
	return figure.Features(shown, document, f.meaning(word))
}

// features returns what the run has learned of documents.
func (r *run[T]) features() *features {
	return &features{
		w:     kernel.Wide(r.net.Synapses().Weights()),
		use:   measure.Total(kernel.Wide(r.learner.Rates().Rows(0, r.set.Count)), r.x.Hidden),
		words: r.set.Words,
	}
}

// document returns stimulus i as a document.
func (s *shown[T]) document(i int) figure.Document {
	d := figure.Document{Title: fmt.Sprintf("document %d", i)}
	if s.set.Names != nil {
		d.Title = s.set.Names[i]
	}
	counts := kernel.Wide(s.row(i))
	for _, j := range measure.Strongest(counts, wordsShown) {
		d.Words = append(d.Words, figure.Word{Text: s.set.Words[j], Strength: counts[j]})
	}
	return d
}

// word returns the number of the word, −1 if there is none, or of one with two
// meanings where none is named.
func (f *features) word(word string) int {
	if word == "" {
		return f.ambiguous()
	}
	return slices.Index(f.words, word)
}
