package stimulus

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// longestLine bounds a line of a table, in bytes.
const longestLine = 64 << 20

// separators of the values of a line, the first that is found in the first line
// holding for all.
const separators = "\t;, "

// readTable reads one stimulus a line. Values are parted by tabs, semicolons,
// commas or blanks, whichever the first line has; several blanks are one. Lines
// that are empty or begin with # are passed over, and a first line without any
// number is taken as the names of the neurons.
func readTable(r io.Reader) (*Set, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	set := &Set{}
	var separator byte
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimRight(lines.Bytes(), " \t\r")
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		first := separator == 0
		if first {
			separator = separatorOf(line)
		}
		if first && namesOnly(line, separator) {
			continue
		}
		if err := set.addLine(line, separator); err != nil {
			return nil, fmt.Errorf("line %d, %w", number, err)
		}
		if len(set.Rates) > MaxValues {
			return nil, fmt.Errorf("line %d: more than %d values", number, MaxValues)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("after %d stimuli: %w; a line may have %d bytes", set.Count, err, longestLine)
	}
	if set.Count == 0 {
		return nil, ErrNoStimuli
	}
	return set, nil
}

// addLine adds the values of one line as a stimulus.
func (s *Set) addLine(line []byte, separator byte) error {
	before := len(s.Rates)
	for column := 1; ; column++ {
		var f []byte
		var more bool
		f, line, more = nextField(line, separator)
		x, err := strconv.ParseFloat(string(f), 64)
		if err != nil {
			return fmt.Errorf("value %d: %q is no number", column, f)
		}
		s.Rates = append(s.Rates, x)
		if !more {
			break
		}
	}
	size := len(s.Rates) - before
	if s.Count > 0 && size != s.Size {
		return fmt.Errorf("%d values; the lines before have %d", size, s.Size)
	}
	s.Count, s.Size = s.Count+1, size
	return nil
}

// separatorOf returns the separator of a line; a comma where there is none.
func separatorOf(line []byte) byte {
	for _, c := range []byte(separators) {
		if bytes.IndexByte(line, c) >= 0 {
			return c
		}
	}
	return ','
}

// namesOnly reports whether no value of the line is a number.
func namesOnly(line []byte, separator byte) bool {
	for more := true; more; {
		var f []byte
		f, line, more = nextField(line, separator)
		if _, err := strconv.ParseFloat(string(f), 64); err == nil {
			return false
		}
	}
	return true
}

// nextField cuts the first value off a line, without blanks and quotes around
// it, and reports whether a separator followed.
func nextField(line []byte, separator byte) (field, rest []byte, more bool) {
	if separator == ' ' {
		line = bytes.TrimLeft(line, " ")
	}
	end := bytes.IndexByte(line, separator)
	if end < 0 {
		end, more = len(line), false
	} else {
		rest, more = line[end+1:], true
	}
	field = bytes.Trim(line[:end], " ")
	if n := len(field); n > 1 && field[0] == '"' && field[n-1] == '"' {
		field = field[1 : n-1]
	}
	return slices.Clip(field), rest, more
}
