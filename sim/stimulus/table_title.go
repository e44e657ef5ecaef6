package stimulus

import (
	"bytes"
	"fmt"
	"slices"
)

// mostTitle is the number of lines above a table that are looked through for a title.
const mostTitle = 50

// titleEnd returns the number of the line, behind the first one, from which on the first lines of
// a table are cut into equally many fields, most of them numbers, where they are not from the
// first line on: what stands above is a title, or says how and when was recorded. It is 0 if there
// is none. Such lines are passed over only where the line is named; the error of a table that
// cannot be read names it. The separator is 0 where it is not stated.
func titleEnd(lines [][]byte, numbers []int, separator byte, decimal string) int {
	isTable := func(k int) bool {
		mark := separator
		if mark == 0 {
			mark = separatorOf(lines[k:], decimal)
		}
		share, ok := cuts(lines[k:], mark)
		return ok && share > 0.5 && !blankFields(split(lines[k], mark)) && !isShortTitle(split(lines[k], mark), split(lines[k+1], mark))
	}
	for k := 0; k < min(len(lines)-1, mostTitle); k++ {
		if isTable(k) {
			if k == 0 {
				return 0
			}
			return numbers[k]
		}
	}
	return 0
}

// blankFields reports whether fields behind the first are all empty, or half of them, as in a title
// that a spreadsheet has written.
func blankFields(fields []string) bool {
	empty := 0
	for _, f := range fields[min(1, len(fields)):] {
		if f == "" {
			empty++
		}
	}
	return 2*empty >= len(fields)-1
}

// isShortTitle reports whether a line has one field less than the next one, as R writes names of
// columns over lines with names, while the next one holds names itself.
func isShortTitle(fields, next []string) bool {
	return len(fields)+1 == len(next) && !slices.ContainsFunc(next, looksLikeNumber)
}

// titled is an error of a table, which names the line in which it seems to begin.
func (t *table) titled(err error) error {
	if t.lines.begins == 0 {
		return err
	}
	return fmt.Errorf("%w; if what stands above line %d is a title, stimulus.first-line = %d passes over it", err, t.lines.begins, t.lines.begins)
}

// sampled returns the first lines without empty ones and comments, each with the lines into which
// a value in quotes goes on, and the number of each.
func (t *tidyLines) sampled() (lines [][]byte, numbers []int) {
	open := false
	for k, line := range t.ahead {
		line = bytes.TrimRight(line, " \t\r")
		if !open && (len(line) == 0 || line[0] == '#') {
			continue
		}
		if open {
			last := &lines[len(lines)-1]
			*last = append(append(*last, '\n'), line...)
		} else {
			lines, numbers = append(lines, bytes.Clone(line)), append(numbers, t.before+k+1)
		}
		open = open != (bytes.Count(line, []byte{'"'})%2 == 1)
	}
	return lines, numbers
}
