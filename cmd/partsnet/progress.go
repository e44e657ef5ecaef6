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
	w        io.Writer
	terminal bool
	lastLine time.Duration
	drawn    bool
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// linesEvery is the least time between two plain lines, but for the first and
// the last.
const linesEvery = 2 * time.Second

func (p *progress) show(s sim.Progress) {
	rate := float64(s.Epoch) / s.Elapsed.Seconds()
	left := time.Duration(float64(s.Epochs-s.Epoch) / rate * float64(time.Second)).Round(time.Second)
	line := fmt.Sprintf("epoch %d of %d  %s = %.6g  %.1f epochs/s  %v left", s.Epoch, s.Epochs, s.Symbol, s.Objective, rate, left)
	if p.terminal {
		const width = 24
		full := width * s.Epoch / s.Epochs
		fmt.Fprintf(p.w, "\r[%s%s] %s\x1b[K", strings.Repeat("█", full), strings.Repeat("·", width-full), line)
		p.drawn = true
		return
	}
	if s.Epoch == 1 || s.Epoch == s.Epochs || s.Elapsed-p.lastLine >= linesEvery {
		fmt.Fprintln(p.w, line)
		p.lastLine = s.Elapsed
	}
}

// end leaves the bar on a line of its own.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprintln(p.w)
	}
}
