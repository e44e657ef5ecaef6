package archive

import (
	"fmt"
	"slices"
	"strings"
)

// First returns the first of several names, and how many more there are.
func First(names []string) string {
	var g group
	for _, name := range names {
		g.add(name)
	}
	return g.String()
}

// Report is told of what a walk meets beside the files that are asked for.
type Report struct {
	others, hidden, links group
	numbered              [2]string // two names whose natural order is not the plain one
}

// group counts files and keeps the names of the first.
type group struct {
	count int
	first []string
}

// namedFirst is how many of several files are named.
const namedFirst = 3

func (g *group) add(name string) {
	if g.count++; len(g.first) < namedFirst {
		g.first = append(g.first, name)
	}
}

// String returns "NAME, NAME, NAME and COUNT more".
func (g group) String() string {
	text := strings.Join(g.first, ", ")
	if more := g.count - len(g.first); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Leave notes a file that is not read.
func (r *Report) Leave(name string) {
	switch {
	case r == nil:
	case IsDotfile(name):
		r.hidden.add(name)
	default:
		r.others.add(name)
	}
}

func (r *Report) leaveLink(name string) {
	if r != nil {
		r.links.add(name)
	}
}

// Sorted is told the names of files in their natural order.
func (r *Report) Sorted(names []string) {
	for i := 1; r != nil && i < len(names); i++ {
		if names[i-1] > names[i] {
			r.numbered = [2]string{names[i-1], names[i]}
			return
		}
	}
}

// Said returns the report as phrases; what are the files that were asked for: "images".
func (r *Report) Said(what string) (said []string) {
	say := func(g group, one, many string) {
		switch {
		case g.count == 1:
			said = append(said, fmt.Sprintf("1 %s left out: %s", one, g))
		case g.count > 1:
			said = append(said, fmt.Sprintf("%d %s left out: %s", g.count, many, g))
		}
	}
	say(r.others, "file of another format", "files of other formats")
	say(r.hidden, "hidden file", "hidden files")
	say(r.links, "link to a folder that is read anyway or holds the link", "links to folders that are read anyway or hold the link")
	if r.numbered[0] != "" {
		said = append(said, fmt.Sprintf("%s in the order of the numbers in their names: %s before %s", what, r.numbered[0], r.numbered[1]))
	}
	return said
}

// Compare compares two paths in their natural order: numbers in them by their values, "2"
// before "10", and all else byte by byte.
func Compare(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			if c := compareNumbers(x[:m], y[:n]); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) { // one is empty
		return len(x) - len(y)
	}
	return strings.Compare(a, b) // but for zeros in front of numbers they are the same
}

// SortNaturally sorts names in their natural order.
func SortNaturally(names []string) { slices.SortFunc(names, Compare) }

// digits returns how many digits a text begins with.
func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// compareNumbers compares two runs of digits by their values.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
