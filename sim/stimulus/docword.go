package stimulus

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// docwordFormat is the bag-of-words format of the UCI repository.
var docwordFormat = Format{
	Name: "bag of words", Doc: "counts of words in the format of the UCI repository, whole numbers or not, a document a stimulus", Run: "texts",
	Prefix: "docword", Endings: []string{".txt"}, Gzip: true, Counts: true, read: stream(readDocword),
}

// readDocword reads the bag-of-words format of the UCI repository: the numbers of
// documents, of words of the vocabulary and of entries, a line each; then a line
// "document word count" for each entry, documents and words counted from 1. Counts that were
// weighted may be fractions.
func readDocword(r io.Reader) (*Set, error) {
	lines := bufio.NewScanner(r)
	number := 0
	var e entries
	next := func() (fields [][]byte, more bool) {
		for lines.Scan() {
			number++
			if fields := bytes.Fields(lines.Bytes()); len(fields) > 0 {
				return fields, true
			}
			if e.first > 0 {
				e.skip()
			}
		}
		return nil, false
	}
	var header [3]int
	for k, what := range []string{"documents", "words", "entries"} {
		fields, more := next()
		if !more || len(fields) != 1 {
			return nil, fmt.Errorf("line %d: expected the number of %s alone", max(1, number), what)
		}
		limit := MaxStimuli
		if what == "entries" {
			limit = maxValues
		}
		var err error
		if header[k], err = index(fields[0], limit); err != nil {
			return nil, fmt.Errorf("line %d: the number of %s: %w", number, what, err)
		}
	}
	e.first = number + 1
	read, zeros := 0, 0
	for fields, more := next(); more; fields, more = next() {
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: %q; expected document, word and count", number, lines.Bytes())
		}
		document, err := index(fields[0], header[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: document: %w", number, err)
		}
		word, err := index(fields[1], header[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: word: %w", number, err)
		}
		count, err := rate(fields[2])
		if err != nil || count > maxCount {
			return nil, fmt.Errorf("line %d: count: %q; allowed is a number from 0 to %d", number, fields[2], maxCount)
		}
		if count == 0 {
			zeros++
			e.skip()
		} else {
			e.add(document-1, word-1, count)
		}
		if read++; read > header[2] {
			return nil, fmt.Errorf("line %d: more than the %d entries announced", number, header[2])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("after line %d: %w", number, err)
	}
	if read != header[2] {
		return nil, fmt.Errorf("%d entries announced, %d there: %w", header[2], read, io.ErrUnexpectedEOF)
	}
	return e.withZeros(zeros, header[0], header[1])
}

// index reads an integer from 1 to limit.
func index(field []byte, limit int) (int, error) {
	i, err := strconv.Atoi(string(field))
	if err != nil || i < 1 || i > limit {
		return 0, fmt.Errorf("%q; allowed is an integer from 1 to %d", field, limit)
	}
	return i, nil
}
