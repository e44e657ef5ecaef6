package stimulus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// longestLine bounds a line of a table, in bytes.
const longestLine = 64 << 20

// tidyLines are the lines of a table as package csv reads them: in UTF-8, without a byte order
// mark, spaces around values, blanks at the end of a line, and more than one space between
// values that are separated by spaces. A line ends with LF, CR LF or CR.
type tidyLines struct {
	lines     *bufio.Scanner
	separator byte     // 0 until it is known
	stated    bool     // whether the first line says the separator
	encoding  string   // "" for UTF-8
	begins    int      // line in which the table seems to begin, below a title; 0 where there is none
	ahead     [][]byte // lines that were read to find out how the table is laid out
	first     int      // line in which the table begins, from 1; those before it are passed over
	before    int      // lines before those that are read: empty ones, comments and what stands above the table
	comments  int      // lines that begin with #
	ready     []byte   // of the present line
	buffer    []byte
	quoted    bool // whether a quote is open
}

// newTidyLines reads the first lines of a table that begins in a line, counted from 1; 0 is 1.
func newTidyLines(r io.Reader, first int) (*tidyLines, error) {
	b := bufio.NewReader(r)
	t := &tidyLines{first: max(1, first)}
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		t.encoding = "UTF-16"
	case bytes.IndexByte(head, 0) >= 0:
		return nil, errors.New("line 1: there are zero bytes, as in UTF-16 without a byte order mark; allowed are UTF-8, and UTF-16 with a byte order mark")
	}
	t.lines = bufio.NewScanner(transform.NewReader(b, unicode.BOMOverride(transform.Nop)))
	t.lines.Buffer(nil, longestLine)
	t.lines.Split(anyLineEnd)
	records, bytes := 0, 0
	for number := 1; records < sampleLeast || records < sampleRecords && bytes < sampleBytes; number++ {
		line, err := t.scan()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if mark, ok := statedSeparator(line); ok && number == 1 {
			t.separator, t.stated, t.before = mark, true, 1
			continue
		}
		if number < t.first {
			t.before++
			continue
		}
		line = append([]byte{}, line...)
		if text := strings.TrimRight(string(line), " \t\r"); records == 0 && (text == "" || text[0] == '#') {
			t.before++
			if text != "" {
				t.comments++
			}
			continue
		}
		t.ahead = append(t.ahead, line)
		records, bytes = records+1, bytes+len(line)
	}
	return t, nil
}

// scan returns the next line of the file.
func (t *tidyLines) scan() ([]byte, error) {
	if t.lines.Scan() {
		return t.lines.Bytes(), nil
	}
	switch err := t.lines.Err(); {
	case err == nil:
		return nil, io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("%w; a line may have %d bytes", err, longestLine)
	default:
		return nil, err
	}
}

// anyLineEnd splits lines that end with LF, CR LF or CR.
func anyLineEnd(data []byte, atEOF bool) (advance int, token []byte, err error) {
	i, before := bytes.IndexByte(data, '\n'), data
	if i >= 0 {
		before = data[:i]
	}
	if cr := bytes.IndexByte(before, '\r'); cr >= 0 {
		i = cr
	}
	switch {
	case i < 0 && atEOF && len(data) > 0:
		return len(data), data, nil
	case i < 0:
		return 0, nil, nil
	case data[i] == '\n':
		return i + 1, data[:i], nil
	case i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	case i+1 < len(data) || atEOF:
		return i + 1, data[:i], nil
	}
	return 0, nil, nil // whether LF follows is not known yet
}

// statedSeparator returns the separator that a line "sep=;" of a spreadsheet states.
func statedSeparator(line []byte) (mark byte, ok bool) {
	text := strings.Trim(strings.TrimRight(string(line), "\r\n"), `"`)
	if len(text) != len("sep=;") || !strings.EqualFold(text[:4], "sep=") || strings.IndexByte("\t;, |:", text[4]) < 0 {
		return 0, false
	}
	return text[4], true
}

// Read reads tidy lines.
func (t *tidyLines) Read(b []byte) (int, error) {
	if len(t.ready) == 0 {
		var line []byte
		if len(t.ahead) > 0 {
			line, t.ahead = t.ahead[0], t.ahead[1:]
		} else {
			var err error
			if line, err = t.scan(); err != nil {
				return 0, err
			}
		}
		line = bytes.TrimRight(line, " \r")
		if t.separator != '\t' {
			line = bytes.TrimRight(line, " \t\r")
		}
		if !t.quoted && len(line) > 0 && line[0] == '#' {
			line = line[:1]
			t.comments++
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

// tidyName returns a name in one line and in UTF-8, and whether it was converted: what is not
// in UTF-8 is taken for Windows-1252, in which spreadsheets write.
func tidyName(name string) (tidy string, converted bool) {
	if !utf8.ValidString(name) {
		if text, err := charmap.Windows1252.NewDecoder().String(name); err == nil {
			name, converted = text, true
		}
	}
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '\n' || r == '\r' }), " "), converted
}
