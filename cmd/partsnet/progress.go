package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"partsnet/sim"

	"golang.org/x/term"
)

// progress shows how a run goes on: a bar on a terminal, plain lines elsewhere.
type progress struct {
	w     io.Writer
	width func() int // of the terminal; nil where there is none
	last  time.Duration
	drawn bool
}

func newProgress(w io.Writer) *progress {
	p := &progress{w: w}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.width = func() int {
			if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
				return width
			}
			return 80
		}
	}
	return p
}

// The least time between two pictures of the bar, and between two plain lines,
// but for the first and the last.
const (
	barEvery   = 100 * time.Millisecond
	linesEvery = 2 * time.Second
)

func (p *progress) show(s sim.Progress) {
	every := linesEvery
	if p.width != nil {
		every = barEvery
	}
	if s.Epoch != s.Begun+1 && s.Epoch != s.Epochs && s.Elapsed-p.last < every {
		return
	}
	p.last = s.Elapsed
	rate := float64(s.Epoch-s.Begun) / s.Elapsed.Seconds()
	left := time.Duration(float64(s.Epochs-s.Epoch) / rate * float64(time.Second)).Round(time.Second)
	line := fmt.Sprintf("epoch %d of %d  %s = %.6g  %.1f epochs/s  %v left", s.Epoch, s.Epochs, s.Symbol, s.Objective, rate, left)
	p.line(line, float64(s.Epoch)/float64(s.Epochs))
}

// line shows a line, on a terminal with a bar for the share that is done.
func (p *progress) line(line string, share float64) {
	if p.width == nil {
		fmt.Fprintln(p.w, line)
		return
	}
	fmt.Fprintf(p.w, "\r%s\x1b[K", fitted(line, share, p.width()))
	p.drawn = true
}

// fetched shows how much of a file is there, on a terminal alone.
func (p *progress) fetched(file string, have, size int64) {
	if p.width == nil {
		return
	}
	line, share := fmt.Sprintf("%s  %.1f MB", file, float64(have)/1e6), 0.0
	if size > 0 {
		line, share = fmt.Sprintf("%s of %.1f MB", line, float64(size)/1e6), float64(have)/float64(size)
	}
	fmt.Fprintf(p.w, "\r%s\x1b[K", fitted(line, share, p.width()))
	p.drawn = true
}

// fitted returns the line with a bar before it, or the bar shorter, left out,
// or the line cut, so that one row of a terminal holds it.
func fitted(line string, share float64, width int) string {
	const longest, shortest = 24, 8
	room := width - 1 - len(line) - len("[] ")
	if room < shortest {
		return line[:min(len(line), max(0, width-1))]
	}
	bar := min(longest, room)
	full := int(float64(bar) * share)
	return "[" + strings.Repeat("█", full) + strings.Repeat("·", bar-full) + "] " + line
}

// end leaves the bar on a line of its own.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprintln(p.w)
	}
}
