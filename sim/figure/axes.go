package figure

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Widths on paper, in millimetres.
const (
	OneColumn  = 85
	TwoColumns = 180
)

// Look is how figures look.
type Look struct {
	Width int  // on paper, in millimetres; 0 for a width of each figure's own
	Light bool // whether images are white where they are strongest, as photographs, and not black
}

// wide returns the width of a figure, whole device pixels, that of its own if none is asked
// for.
func (l Look) wide(own int) vg.Length {
	if l.Width > 0 {
		own = l.Width
	}
	return vg.Length(math.Floor(float64(vg.Length(own)*vg.Millimeter/pixel))) * pixel
}

// Counted is an axis of things that are counted from 0, such as stimuli.
type Counted struct {
	Label  string
	Things string // what they are, in the plural; "" adds an s to the label
	Count  int
	Per    int      // of them in a column of a matrix or at a point of a curve; 0 is 1
	Names  []string // one each; or nil, and they have numbers
}

// per returns how many things are averaged.
func (a Counted) per() int { return max(1, a.Per) }

// columns returns the number of columns that the things take.
func (a Counted) columns() int { return (a.Count + a.per() - 1) / a.per() }

// averaged says what is averaged in a row, a column or at a point; nil for nothing.
func (a Counted) averaged(in string) []string {
	if a.per() == 1 {
		return nil
	}
	s := fmt.Sprintf("Each %s is the mean over %d successive %s", in, a.per(), a.things())
	if rest := a.Count % a.per(); rest > 0 {
		s += fmt.Sprintf(", the last over %d", rest)
	}
	return []string{s + "."}
}

// things names several of them.
func (a Counted) things() string {
	if a.Things != "" {
		return a.Things
	}
	return a.Label + "s"
}

// Sizes of the letters of figures of vectors.
const (
	tickSize   = 6.5
	labelSize  = 7.5
	nameLength = vg.Length(84) // longest name of a thing on an axis; longer ones are cut
	tickLength = vg.Length(2.5)
)

// labelled are the marks of an axis of counted things.
type labelled struct {
	at      []int // the things that are marked
	text    []string
	upright bool      // names are read from below
	room    vg.Length // for marks and texts
	every   int       // one of so many things has its name; 0 for numbers
}

// label chooses the marks of an axis of a length on which every thing has the same place.
// Names that do not fit side by side are turned, and where there are too many only every
// second, fifth, tenth … is written.
func (a Counted) label(length vg.Length) labelled {
	style := lettering(tickSize, ink)
	pitch := length / vg.Length(max(1, a.Count))
	space := vg.Length(3.5)
	if a.Names == nil {
		space = 12 // numbers need not be dense
	}
	fits := func(every int) bool {
		end := vg.Length(math.Inf(-1))
		for i := 0; i < a.Count; i += every {
			half := style.Width(a.name(i)) / 2
			middle := (vg.Length(i) + 0.5) * pitch
			if middle-half < end+space {
				return false
			}
			end = middle + half
		}
		return true
	}
	l := labelled{every: 1, room: tickLength + 2 + tickSize}
	switch {
	case a.Names == nil:
		for !fits(l.every) {
			l.every = more(l.every)
		}
	case numbers(a.Names):
		for !fits(l.every) {
			l.every = more(l.every)
		}
	case !fits(1):
		l.upright = true
		for vg.Length(l.every)*pitch < tickSize+1 {
			l.every = more(l.every)
		}
		l.room = 0
	}
	for i := 0; i < a.Count; i += l.every {
		name := cutTo(style, a.name(i), nameLength)
		if over := (vg.Length(i)+0.5)*pitch + style.Width(name)/2 - length; i > 0 && !l.upright && over > 5 {
			continue // it would leave the page
		}
		l.at, l.text = append(l.at, i), append(l.text, name)
		if l.upright {
			l.room = max(l.room, tickLength+3+style.Width(name))
		}
	}
	if a.Names == nil {
		l.every = 0
	}
	return l
}

// notes says which names are not written.
func (l labelled) notes(a Counted) []string {
	if l.every > 1 && !numbers(a.Names) {
		return []string{fmt.Sprintf("One in %s %s has its name written.", number(float64(l.every)), a.things())}
	}
	return nil
}

// more returns the next of 1, 2, 5, 10, 20, 50, …
func more(every int) int {
	for unit := 1; ; unit *= 10 {
		for _, k := range []int{1, 2, 5} {
			if k*unit > every {
				return k * unit
			}
		}
	}
}

// name returns the name or the number of a thing.
func (a Counted) name(i int) string {
	if a.Names != nil {
		return a.Names[i]
	}
	return number(float64(i))
}

// numbers reports whether all names are numbers, as times are.
func numbers(names []string) bool {
	for _, name := range names {
		if _, err := strconv.ParseFloat(name, 64); err != nil {
			return false
		}
	}
	return true
}

// cutTo returns a text, cut where it would be longer.
func cutTo(style draw.TextStyle, text string, length vg.Length) string {
	if style.Width(text) <= length {
		return text
	}
	letters := []rune(text)
	for len(letters) > 1 && style.Width(string(letters)+"…") > length {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// below draws the marks below a box, and returns how far down they reach.
func (l labelled) below(c draw.Canvas, box vg.Rectangle, count int) vg.Length {
	style := lettering(tickSize, ink)
	style.YAlign = draw.YTop
	if l.upright {
		style.Rotation, style.XAlign, style.YAlign = math.Pi/2, draw.XRight, draw.YCenter
	}
	line := draw.LineStyle{Color: ink, Width: hairline}
	for k, i := range l.at {
		x := box.Min.X + (vg.Length(i)+0.5)/vg.Length(count)*box.Size().X
		c.StrokeLine2(line, x, box.Min.Y, x, box.Min.Y-tickLength)
		c.FillText(style, vg.Point{X: x, Y: box.Min.Y - tickLength - 2}, l.text[k])
	}
	return l.room
}

// marks returns round values from lo to hi, with at most about that many intervals between them.
// An axis that begins at a round value has at least two.
func marks(lo, hi float64, most int) []plot.Tick {
	only := []plot.Tick{{Value: lo, Label: number(lo)}}
	if !(hi > lo) || math.IsInf(hi-lo, 0) {
		return only
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/float64(most))))
	for _, k := range []float64{1, 2, 5, 10} {
		if (hi-lo)/(k*step) <= float64(most)*(1+1e-9) {
			if k*step > hi-lo { // 5, which would mark one value alone
				k = 2
			}
			step *= k
			break
		}
	}
	if max(math.Abs(lo), math.Abs(hi)) >= resolved*step {
		return only
	}
	var ticks []plot.Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= min(hi+1e-9*(hi-lo), math.MaxFloat64); k++ {
		ticks = append(ticks, plot.Tick{Value: k * step, Label: number(k * step)})
	}
	return ticks
}

// scale is an axis of values from Low to High, along the left side of a box.
type scale struct{ low, high float64 }

// scaleTo returns the axis from 0 to a little above the largest of values, and to 1 if all
// are zero.
func scaleTo(values ...[]float64) scale {
	s := scale{0, min(1.04*largest(values...), math.MaxFloat64)}
	if s.high == 0 {
		s.high = 1
	}
	return s
}

// ticks returns values that are marked on a height.
func (s scale) ticks(height vg.Length) []plot.Tick {
	return marks(s.low, s.high, max(2, min(5, int(height/(2.2*tickSize)))))
}

// y returns the place of a value.
func (s scale) y(box vg.Rectangle, v float64) vg.Length {
	v = min(s.high, max(s.low, v))
	return box.Min.Y + vg.Length((v-s.low)/(s.high-s.low))*box.Size().Y
}

// room returns the width of the numbers of the axis.
func (s scale) room(height vg.Length) vg.Length {
	widest := vg.Length(0)
	for _, t := range s.ticks(height) {
		widest = max(widest, lettering(tickSize, ink).Width(t.Label))
	}
	return widest + tickLength + 2
}

// beside draws the axis on the left of the box, and a line at zero.
func (s scale) beside(c draw.Canvas, box vg.Rectangle) {
	line := draw.LineStyle{Color: ink, Width: hairline}
	c.StrokeLine2(line, box.Min.X, box.Min.Y, box.Min.X, box.Max.Y)
	c.StrokeLine2(line, box.Min.X, s.y(box, 0), box.Max.X, s.y(box, 0))
	style := lettering(tickSize, ink)
	style.XAlign = draw.XRight
	for _, t := range s.ticks(box.Size().Y) {
		y := s.y(box, t.Value)
		c.StrokeLine2(line, box.Min.X-tickLength, y, box.Min.X, y)
		c.FillText(style, vg.Point{X: box.Min.X - tickLength - 2, Y: y}, t.Label)
	}
}

// text writes a text with its left end at x and its middle at y.
func text(c draw.Canvas, size float64, x, y vg.Length, words string) {
	style := lettering(size, ink)
	style.XAlign = draw.XLeft
	c.FillText(style, vg.Point{X: x, Y: y}, words)
}

// centred writes a text with its middle at x and its top at y.
func centred(c draw.Canvas, size float64, x, y vg.Length, words string) {
	style := lettering(size, ink)
	style.YAlign = draw.YTop
	c.FillText(style, vg.Point{X: x, Y: y}, words)
}

// blank paints the paper of a figure.
func blank(c draw.Canvas) {
	c.SetColor(paper)
	c.Fill(c.Rectangle.Path())
}
