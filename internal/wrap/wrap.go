// Package wrap breaks text into lines that fit a terminal.
package wrap

import (
	"strings"
	"unicode/utf8"
)

// widest is the number of columns beyond which prose is hard to read.
const widest = 110

// Text breaks text between words into lines of at most width columns; all but the
// first are indented. A word is never broken. A line that begins with a blank stands as
// it is, and an empty line ends a paragraph.
func Text(text string, width, indent int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			out = append(out, line)
			continue
		}
		out = append(out, words(line, min(width, widest), indent)...)
	}
	return strings.Join(out, "\n"+strings.Repeat(" ", indent))
}

// words breaks one line; the first begins at column indent as all others do.
func words(line string, width, indent int) []string {
	var lines []string
	current, length := "", 0
	for word := range strings.FieldsSeq(line) {
		n := utf8.RuneCountInString(word)
		if length > 0 && indent+length+1+n > width {
			lines, current, length = append(lines, current), "", 0
		}
		if length > 0 {
			current, length = current+" ", length+1
		}
		current, length = current+word, length+n
	}
	return append(lines, current)
}
