package text

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode"

	"partsnet/sim/archive"
)

// The alphabets: what a letter is.
const (
	ASCII   = "ascii"   // a to z
	Unicode = "unicode" // every letter, and the marks that combine with one
)

// Alphabets are the names of alphabets.
var Alphabets = []string{ASCII, Unicode}

// Options say which words count.
type Options struct {
	Alphabet     string
	MinLength    int      // minimum number of letters of a word
	MinDocuments int      // minimum number of documents that contain the word
	Stop         []string // words that do not count
	Skip         int      // most common words that are left out
	Keep         int      // words that are kept of the rest, the most common
	Vocabulary   []string // if not nil, these words in this order and no rule
}

// words visits the words of a text in lower case. The word is valid during the visit
// alone.
func words(text []byte, alphabet string, visit func(word []byte)) {
	if alphabet == ASCII {
		asciiWords(text, visit)
		return
	}
	var word []byte
	for _, r := range string(text) {
		if unicode.IsLetter(r) || len(word) > 0 && unicode.IsMark(r) {
			word = append(word, string(unicode.ToLower(r))...)
			continue
		}
		if len(word) > 0 {
			visit(word)
			word = word[:0]
		}
	}
	if len(word) > 0 {
		visit(word)
	}
}

// asciiWords visits the maximal runs of a to z in lower case. The one letter whose
// lower case is two characters, of which package bytes makes one, is İ.
func asciiWords(text []byte, visit func(word []byte)) {
	lower := bytes.ToLower(bytes.ReplaceAll(text, []byte("\u0130"), []byte("i\u0307")))
	for from := 0; from < len(lower); from++ {
		to := from
		for to < len(lower) && lower[to] >= 'a' && lower[to] <= 'z' {
			to++
		}
		if to > from {
			visit(lower[from:to])
		}
		from = to
	}
}

// counted is what was found in all documents together.
type counted struct {
	id        map[string]int32
	word      []string
	total     []int64 // occurrences of each word
	documents []int32 // documents that have it
	letters   letters // of all texts
}

// choose returns the vocabulary by the rule: ranked by total, ties in alphabetical
// order, Skip left out, Keep kept, in alphabetical order.
func (o Options) choose(c *counted) ([]string, error) {
	stop := map[string]bool{}
	matched := len(o.Stop) == 0
	for _, w := range o.Stop {
		_, in := c.id[w]
		stop[w], matched = true, matched || in
	}
	if !matched {
		return nil, fmt.Errorf("none of the %d words of text.stop is in any document; both must be in the same language, and in lower case", len(o.Stop))
	}
	var ranked []int32
	for i, w := range c.word {
		if !stop[w] && len([]rune(w)) >= o.MinLength && int(c.documents[i]) >= o.MinDocuments {
			ranked = append(ranked, int32(i))
		}
	}
	slices.SortFunc(ranked, func(i, j int32) int {
		return cmp.Or(cmp.Compare(c.total[j], c.total[i]), cmp.Compare(c.word[i], c.word[j]))
	})
	if len(ranked) <= o.Skip {
		return nil, fmt.Errorf("the %[2]d most common words are left out, and there are only %[1]d; choose a smaller text.skip", len(ranked), o.Skip)
	}
	ranked = ranked[o.Skip:min(len(ranked), o.Skip+o.Keep)]
	var chosen []string
	for _, i := range ranked {
		chosen = append(chosen, c.word[i])
	}
	slices.Sort(chosen)
	return chosen, nil
}

// ReadList reads a list, which may be packed (.gz): one word or title a line, as it stands. Lines at the end
// that are empty do not count.
func ReadList(file string) ([]string, error) {
	f, err := archive.Open(context.Background(), file)
	if err != nil {
		return nil, fmt.Errorf("cannot read the list: %w", err)
	}
	defer f.Close()
	var list []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if at := invalid(lines.Bytes()); at >= 0 {
			return nil, fmt.Errorf("%s:%d: byte %d is not UTF-8; convert the file first", file, len(list)+1, at+1)
		}
		line := lines.Bytes()
		if len(list) == 0 {
			line = bytes.TrimPrefix(line, byteOrderMark)
		}
		list = append(list, string(line))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: after line %d: %w", file, len(list), err)
	}
	for len(list) > 0 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: %w", file, errors.New("the list is empty; expected one word a line"))
	}
	return list, nil
}
