package main

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"partsnet/sim/inputs"
)

// The characters of a picture: their number, and what they stand for, from 0 to the largest
// value.
const (
	pictureHeight = 20
	pictureWidth  = 60
	shades        = " ░▒▓█"
	longestName   = 14
)

// pictureOf draws stimuli in characters: the first one of images, and of others all values, the
// stimuli one beside the other or, where they have more values than there are stimuli, one below
// the other. Where there are more than fit, a character is the mean of several.
func pictureOf(in *inputs.Inputs) string {
	s := in.Shown()
	if s.Height > 0 {
		width := min(s.Width, pictureWidth)
		height := max(1, width*s.Height/(2*s.Width)) // a character is twice as high as wide
		if height > pictureHeight {
			height, width = pictureHeight, max(1, 2*pictureHeight*s.Width/s.Height)
		}
		p := newPicture(s.Height, s.Width, min(height, s.Height), min(width, s.Width))
		for j, y := range in.Row(0) {
			p.add(j/s.Width, j%s.Width, y)
		}
		name := "stimulus 0"
		if s.Names != nil {
			name += " (" + s.Names[0] + ")"
		}
		return p.draw(name, nil)
	}
	beside := s.Count >= s.Size
	rows, columns, names, title := s.Count, s.Size, s.Names, "a stimulus a line, a visible neuron a column"
	if beside {
		rows, columns, names, title = s.Size, s.Count, s.Neurons, "a visible neuron a line, a stimulus a column"
	}
	p := newPicture(rows, columns, min(rows, pictureHeight), min(columns, pictureWidth))
	for i := range s.Count {
		in.Each(i, func(j int, y float64) {
			if beside {
				p.add(j, i, y)
			} else {
				p.add(i, j, y)
			}
		})
	}
	return p.draw(title, names)
}

// picture is values that are averaged into characters.
type picture struct {
	rows, columns, height, width int
	sums                         []float64
}

func newPicture(rows, columns, height, width int) *picture {
	return &picture{rows, columns, height, width, make([]float64, height*width)}
}

// add adds a value; those that are not added are 0.
func (p *picture) add(row, column int, y float64) {
	p.sums[row*p.height/p.rows*p.width+column*p.width/p.columns] += y
}

// draw returns the characters, below a title that says what they are, each line behind its name
// where it shows one row.
func (p *picture) draw(title string, names []string) string {
	held := func(k, cells, all int) int { return (all*(k+1)+cells-1)/cells - (all*k+cells-1)/cells }
	top := 0.0
	for k := range p.sums {
		p.sums[k] /= float64(held(k/p.width, p.height, p.rows)) * float64(held(k%p.width, p.width, p.columns))
		top = max(top, p.sums[k])
	}
	if p.height < p.rows || p.width < p.columns {
		title += fmt.Sprintf("; a character is the mean of %s × %s values", about(p.rows, p.height), about(p.columns, p.width))
	}
	margin := 0
	if p.height < p.rows {
		names = nil
	}
	for _, name := range names {
		margin = max(margin, min(longestName, utf8.RuneCountInString(name))+2)
	}
	marks := []rune(shades)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", title)
	for i := range p.height {
		label := ""
		if names != nil {
			label = names[i]
		}
		if r := []rune(label); len(r) > longestName {
			label = string(r[:longestName-1]) + "…"
		}
		line := fmt.Sprintf("%-*s", margin, label)
		for _, y := range p.sums[i*p.width : (i+1)*p.width] {
			shade := 0
			if y > 0 {
				shade = min(len(marks)-1, max(1, int(math.Ceil(y/top*float64(len(marks)-1)))))
			}
			line += string(marks[shade])
		}
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(line, " "))
	}
	fmt.Fprintf(&b, "%*sfrom 0 (blank) to %.4g (%c)\n", margin, "", top, marks[len(marks)-1])
	return b.String()
}

// about returns how many rows or columns fall on one character.
func about(all, cells int) string {
	if all%cells == 0 {
		return fmt.Sprint(all / cells)
	}
	return fmt.Sprintf("%d or %d", all/cells, all/cells+1)
}
