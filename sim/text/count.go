package text

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"partsnet/neuron"
	"partsnet/sim/stimulus"
)

// Load reads the documents at path and counts their words. Documents without any word
// of the vocabulary stay, with no counts.
func Load(ctx context.Context, path string, o Options) (*stimulus.Set, error) {
	set, err := o.load(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	set.Source = path
	return set, nil
}

// occurrence is a word of a document and how often it has it.
type occurrence struct{ word, count int32 }

func (o Options) load(ctx context.Context, path string) (*stimulus.Set, error) {
	return o.count(func(visit func(title string, text []byte) error) ([]string, error) {
		return formatOf(path).visit(ctx, path, visit)
	})
}

// count counts the words of documents, which each visits in their order.
func (o Options) count(each func(visit func(title string, text []byte) error) ([]string, error)) (*stimulus.Set, error) {
	all := &counted{id: map[string]int32{}}
	var titles []string
	var documents [][]occurrence
	said, err := each(func(title string, text []byte) error {
		if len(titles) >= stimulus.MaxStimuli {
			return fmt.Errorf("more than %d documents", stimulus.MaxStimuli)
		}
		titles = append(titles, title)
		documents = append(documents, all.add(text, o.Alphabet))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return nil, fmt.Errorf("%w: there is no document in it", stimulus.ErrNoStimuli)
	}
	lost, err := all.letters.lost(o.Alphabet)
	if err != nil {
		return nil, err
	}
	chosen := o.Vocabulary
	if chosen == nil {
		if chosen, err = o.choose(all); err != nil {
			return nil, err
		}
	}
	neurons := make([]int32, len(all.word)) // 1 + the place of each word in the vocabulary, or 0
	seen := map[string]bool{}
	for j, w := range chosen {
		if seen[w] {
			return nil, fmt.Errorf("the vocabulary has %q twice, again in line %d", w, j+1)
		}
		seen[w] = true
		if i, ok := all.id[w]; ok {
			neurons[i] = int32(j) + 1
		}
	}
	s, err := set(titles, chosen, documents, neurons)
	if err == nil {
		s.Read = append(said, lost...)
		if o.Vocabulary != nil {
			s.Read = append(s.Read, all.unknown(neurons)...)
		}
	}
	return s, err
}

// add counts the words of a document.
func (c *counted) add(text []byte, alphabet string) []occurrence {
	in := map[int32]int32{}
	c.letters.count(text)
	words(text, alphabet, func(word []byte) {
		i, ok := c.id[string(word)]
		if !ok {
			i = int32(len(c.word))
			w := string(word)
			c.id[w] = i
			c.word, c.total, c.documents = append(c.word, w), append(c.total, 0), append(c.documents, 0)
		}
		in[i]++
		c.total[i]++
	})
	document := make([]occurrence, 0, len(in))
	for i, n := range in {
		document = append(document, occurrence{i, n})
		c.documents[i]++
	}
	return document
}

// unknown says how many words a vocabulary that was given does not have; nothing if it has all.
func (c *counted) unknown(neurons []int32) []string {
	words, occurrences, total := 0, 0, 0
	for i, at := range neurons {
		total += int(c.total[i])
		if at == 0 {
			words++
			occurrences += int(c.total[i])
		}
	}
	if words == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d words, with %d of %d occurrences, are not in the vocabulary and are left out", words, len(neurons), occurrences, total)}
}

// set keeps of the documents the words of the vocabulary.
func set(titles, vocabulary []string, documents [][]occurrence, neurons []int32) (*stimulus.Set, error) {
	total := 0 // how many there are is known first, so that nothing is held twice
	for d, document := range documents {
		kept := document[:0]
		for _, o := range document {
			if j := neurons[o.word]; j > 0 {
				kept = append(kept, occurrence{j - 1, o.count})
			}
		}
		slices.SortFunc(kept, func(a, b occurrence) int { return cmp.Compare(a.word, b.word) })
		documents[d] = kept
		total += len(kept)
	}
	if total == 0 {
		return nil, fmt.Errorf("none of the %d words of the vocabulary is in any of the %d documents; both must be in the same language, and in lower case", len(vocabulary), len(documents))
	}
	start := make([]int, 1, len(documents)+1)
	index, rate := make([]int32, 0, total), make([]float64, 0, total)
	for d, document := range documents {
		for _, o := range document {
			index, rate = append(index, o.word), append(rate, float64(o.count))
		}
		start = append(start, len(index))
		documents[d] = nil
	}
	counts, err := neuron.CountsOf(len(vocabulary), start, index, rate)
	return &stimulus.Set{Counts: counts, Count: len(documents), Size: len(vocabulary), Names: titles, Neurons: vocabulary, Texts: true}, err
}
