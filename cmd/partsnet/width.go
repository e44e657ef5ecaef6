package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// usualWidth is the number of columns without a terminal that tells its width, and
// widestHelp the maximum for the help.
const (
	usualWidth = 80
	widestHelp = 110
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
