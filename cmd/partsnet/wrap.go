package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// usualWidth is the number of columns where no terminal says how many it has, and
// widest that beyond which prose is hard to read.
const (
	usualWidth = 80
	widest     = 110
)

// widthOf returns the number of columns of what a writer shows.
func widthOf(w io.Writer) int {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return usualWidth
}

// wrapped breaks text between words into lines of at most width columns; all but the
// first are indented. A word is never broken. A line that begins with a blank stands as
// it is, and an empty line ends a paragraph.
func wrapped(text string, width, indent int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			out = append(out, line)
			continue
		}
		out = append(out, wrappedLine(line, min(width, widest), indent)...)
	}
	return strings.Join(out, "\n"+strings.Repeat(" ", indent))
}

// wrappedLine breaks one line; the first begins at column indent as all others do.
func wrappedLine(line string, width, indent int) []string {
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
