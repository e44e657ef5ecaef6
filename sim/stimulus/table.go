package stimulus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// tableFormat is a table of numbers in text.
var tableFormat = Format{
	Name: "table", Doc: "a stimulus a line, values separated by commas, semicolons, tabs or spaces", Run: "table",
	Endings: []string{".csv", ".tsv", ".txt"}, Gzip: true, Reading: growing, read: stream(readTable),
}

// growing is what a list takes that has grown by a quarter, with what was left of it before,
// in bytes a rate.
const growing = 12

// longestLine bounds a line of a table, in bytes.
const longestLine = 64 << 20

// readTable reads one stimulus a line. Values are separated by tabs, semicolons, commas or
// spaces, whichever of these comes first in this list and is in the first line; several spaces
// are one. A value may stand in quotes, and separators in quotes are none. Lines that are
// empty or begin with # are passed over, and a first line without any number is taken as the
// names of the neurons.
func readTable(r io.Reader) (*Set, error) {
	lines, err := newTidyLines(r)
	if err != nil {
		return nil, fmt.Errorf("after 0 stimuli: %w; a line may have %d bytes", err, longestLine)
	}
	records := csv.NewReader(lines)
	records.Comma, records.Comment, records.FieldsPerRecord, records.ReuseRecord = rune(lines.separator), '#', -1, true
	set := &Set{}
	for first := true; ; first = false {
		values, err := records.Read()
		var bad *csv.ParseError
		switch {
		case err == io.EOF && set.Count == 0:
			return nil, ErrNoStimuli
		case err == io.EOF:
			return set, nil
		case errors.As(err, &bad):
			return nil, fmt.Errorf("line %d, column %d: %w", lines.before+bad.Line, bad.Column, bad.Err)
		case err != nil:
			return nil, fmt.Errorf("after %d stimuli: %w; a line may have %d bytes", set.Count, err, longestLine)
		case first && namesOnly(values):
			continue
		}
		line, _ := records.FieldPos(0)
		if err := set.addRow(values); err != nil {
			return nil, fmt.Errorf("line %d, %w", lines.before+line, err)
		}
		if len(set.Rates) > maxValues {
			return nil, fmt.Errorf("line %d: more than %d values", lines.before+line, maxValues)
		}
	}
}

// addRow adds the values of one line as a stimulus.
func (s *Set) addRow(values []string) error {
	for k, v := range values {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return fmt.Errorf("value %d: %q is not a number", k+1, v)
		}
		s.Rates = append(s.Rates, x)
	}
	if s.Count > 0 && len(values) != s.Size {
		return fmt.Errorf("%d values; the lines before have %d", len(values), s.Size)
	}
	s.Count, s.Size = s.Count+1, len(values)
	return nil
}

// namesOnly reports whether no value is a number.
func namesOnly(values []string) bool {
	for _, v := range values {
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			return false
		}
	}
	return true
}

// separators of the values of a line, the first that is found in the first line holding for
// all.
const separators = "\t;, "

// tidyLines are the lines of a table as package csv reads them: without a byte order mark,
// spaces around values, blanks at the end of a line, and more than one space between values
// that are separated by spaces.
type tidyLines struct {
	lines     *bufio.Scanner
	separator byte
	before    int    // lines before those that are read: empty ones and comments
	ready     []byte // of the present line
	buffer    []byte
	quoted    bool // whether a quote is open
}

// newTidyLines finds the separator in the first line that is neither empty nor a comment.
func newTidyLines(r io.Reader) (*tidyLines, error) {
	t := &tidyLines{lines: bufio.NewScanner(r), separator: ','}
	t.lines.Buffer(nil, longestLine)
	for t.lines.Scan() {
		line := t.lines.Bytes()
		if t.before == 0 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimRight(line, " \t\r"); len(line) > 0 && line[0] != '#' {
			t.separator = separatorOf(line)
			t.ready = t.tidy(line)
			return t, nil
		}
		t.before++
	}
	return t, t.lines.Err()
}

// Read reads tidy lines.
func (t *tidyLines) Read(b []byte) (int, error) {
	if len(t.ready) == 0 {
		if !t.lines.Scan() {
			if err := t.lines.Err(); err != nil {
				return 0, err
			}
			return 0, io.EOF
		}
		line := bytes.TrimRight(t.lines.Bytes(), " \t\r")
		if !t.quoted && len(line) > 0 && line[0] == '#' {
			line = line[:1]
		}
		t.ready = t.tidy(line)
	}
	n := copy(b, t.ready)
	t.ready = t.ready[n:]
	return n, nil
}

// tidy returns a line without the spaces around its values, and with its end.
func (t *tidyLines) tidy(line []byte) []byte {
	if !t.quoted && bytes.IndexByte(line, ' ') < 0 && bytes.IndexByte(line, '"') < 0 {
		t.buffer = append(append(t.buffer[:0], line...), '\n')
		return t.buffer
	}
	out := t.buffer[:0]
	begins, end := !t.quoted, 0 // whether a value begins, and where the present one ends at the earliest
	for _, c := range line {
		switch {
		case t.quoted:
			out = append(out, c)
			if c == '"' {
				t.quoted, end = false, len(out)
			}
			continue
		case c == '"' && (begins || end == len(out)): // the second opens again, for a quote in quotes
			t.quoted = true
		case begins && c == ' ':
			continue
		case c == t.separator:
			for c != ' ' && len(out) > end && out[len(out)-1] == ' ' {
				out = out[:len(out)-1]
			}
			out = append(out, c)
			begins, end = true, len(out)
			continue
		}
		out = append(out, c)
		begins = false
	}
	t.buffer = append(out, '\n')
	return t.buffer
}

// separatorOf returns the separator of a line, a comma if it has none. Quoted values do not
// count.
func separatorOf(line []byte) byte {
	found, quoted := len(separators), false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if i := bytes.IndexByte([]byte(separators), c); !quoted && i >= 0 {
			found = min(found, i)
		}
	}
	if found == len(separators) {
		return ','
	}
	return separators[found]
}
