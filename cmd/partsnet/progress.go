package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"partsnet/sim"
	"partsnet/sim/campaign"
	"partsnet/sim/outcome"
)

// progress shows on stderr how far a command is: a bar on a terminal, plain lines
// elsewhere and on a terminal that cannot move its cursor (TERM=dumb).
type progress struct {
	w     io.Writer  // nil for a quiet one
	width func() int // of the terminal; nil for plain lines
	now   func() time.Time
	last  time.Time // of the last line
	drawn bool

	starts  bool         // whether the objective is the best of several starts
	first   sim.Progress // of this session: the time before it was spent on loading
	changed int          // epoch of the objective
	value   float64      // objective
}

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{w: w, now: time.Now}
	if quiet {
		p.w = nil
		return p
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" {
		p.width = func() int { return widthOf(f) }
	}
	return p
}

// The smallest time between two pictures of the bar, and between two plain lines,
// except for the first and the last.
const (
	barEvery   = 100 * time.Millisecond
	linesEvery = 2 * time.Second
)

// due reports whether it is time for the next line; it always is for the first and the
// last.
func (p *progress) due(last bool) bool {
	every, now := linesEvery, p.now()
	if p.width != nil {
		every = barEvery
	}
	if p.w == nil || !last && !p.last.IsZero() && now.Sub(p.last) < every {
		return false
	}
	p.last = now
	return true
}

// show shows the progress of a run. The objective is that of the last record, whose
// epoch is shown if it is not the current one.
func (p *progress) show(s sim.Progress) {
	if p.first.Epoch == 0 {
		p.first = s
	}
	if s.Objective != p.value {
		p.value, p.changed = s.Objective, s.Epoch
	}
	if !p.due(s.Epoch == s.Epochs) {
		return
	}
	line := fmt.Sprintf("epoch %d of %d  %s = %s", s.Epoch, s.Epochs, s.Symbol, outcome.Printed(s.Objective))
	switch {
	case s.Groups > 0:
		line = fmt.Sprintf("epoch %d of %d in %s  %s: %s = %s", s.Epoch, s.Epochs, counted(s.Groups, "group", "groups"), s.Group, s.Symbol, outcome.Printed(s.Objective))
	case p.starts:
		line += " at best"
	case p.changed != s.Epoch:
		line += fmt.Sprintf(" (epoch %d)", p.changed)
	}
	rate := float64(s.Epoch-p.first.Epoch) / (s.Elapsed - p.first.Elapsed).Seconds()
	if s.Epoch > p.first.Epoch && s.Epoch < s.Epochs && rate > 0 {
		left := time.Duration(float64(s.Epochs-s.Epoch) / rate * float64(time.Second))
		line += fmt.Sprintf("  %.1f epochs/s  %v left", rate, max(time.Second, left.Round(time.Second)))
	}
	p.line(line, float64(s.Epoch)/float64(s.Epochs))
}

// stage shows what begins before and after the epochs; without a terminal only after
// them.
func (p *progress) stage(what string) {
	if p.w == nil || p.width == nil && p.first.Epoch == 0 {
		return
	}
	p.line(what, -1)
}

// campaign shows the progress of a campaign.
func (p *progress) campaign(s campaign.Progress) {
	if !p.due(s.Done == s.Of) {
		return
	}
	line := fmt.Sprintf("run %d of %d  %s", s.Done, s.Of, s.Job.Key)
	if s.Done == s.Of {
		line += "  drawing figures"
	} else {
		line += fmt.Sprintf("  %v left", max(time.Second, s.Left.Round(time.Second)))
	}
	if s.Failed > 0 {
		line += fmt.Sprintf("  %d failed", s.Failed)
	}
	p.line(line, float64(s.Done)/float64(s.Of))
}

// say prints a line that stays.
func (p *progress) say(line string) {
	if p.w == nil {
		return
	}
	p.end()
	fmt.Fprintf(p.w, "partsnet: %s\n", line)
}

// fetched shows how much of a file has been fetched, on a terminal only.
func (p *progress) fetched(file string, have, size int64) {
	if p.width == nil || !p.due(have == size) {
		return
	}
	line, share := fmt.Sprintf("%s  %.1f MB", file, float64(have)/1e6), 0.0
	if size > 0 {
		line, share = fmt.Sprintf("%s of %.1f MB", line, float64(size)/1e6), float64(have)/float64(size)
	}
	p.line(line, share)
}

// line shows a line, on a terminal with a bar for the share that is done; a share below
// 0 is not known.
func (p *progress) line(line string, share float64) {
	if p.width == nil {
		fmt.Fprintln(p.w, line)
		return
	}
	fmt.Fprintf(p.w, "\r%s\x1b[K", fitted(line, share, p.width()))
	p.drawn = true
}

// fitted returns a line with a bar before it that fits in one row of a terminal: the bar is
// shortened or left out (also if the share is below 0), or else the line is cut.
func fitted(line string, share float64, width int) string {
	const longest, shortest = 24, 8
	room := width - 1 - utf8.RuneCountInString(line) - len("[] ")
	if room < shortest || share < 0 {
		runes := []rune(line)
		return string(runes[:min(len(runes), max(0, width-1))])
	}
	bar := min(longest, room)
	full := int(float64(bar) * share)
	return "[" + strings.Repeat("█", full) + strings.Repeat("·", bar-full) + "] " + line
}

// end takes the bar away: what a command prints at its end says more.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
