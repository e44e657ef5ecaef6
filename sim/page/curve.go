package page

import (
	"fmt"
	"math"
	"strings"
)

// curve is a line over epochs or over stimuli. The page draws it without a script, and the script adds
// the values under the pointer.
type curve struct {
	ID    string     `json:"id"`
	Label string     `json:"label"`
	Doc   string     `json:"-"`
	Axis  string     `json:"axis"`
	X     []float64  `json:"x"`
	Y     []*float64 `json:"y"`

	Path, Dots  string  `json:"-"` // of the line, in the box of a drawing
	Low, High   string  `json:"-"` // ends of the axis of values
	From, To    string  `json:"-"` // ends of the other axis
	First, Last string  `json:"-"`
	Quiet       bool    `json:"-"`      // whether the last value says nothing
	Bottom      float64 `json:"bottom"` // values at the edges of the drawing
	Top         float64 `json:"top"`
	Left        float64 `json:"left"`
	Right       float64 `json:"right"`
}

// Size of the box of a drawing of a curve, in its own units.
const (
	curveWidth  = 320.0
	curveHeight = 120.0
)

// draw works out the line. It returns false where there are fewer than two points.
func (c *curve) draw() bool {
	c.Bottom, c.Top = math.Inf(1), math.Inf(-1)
	points := 0
	for _, y := range c.Y {
		if y != nil {
			c.Bottom, c.Top = min(c.Bottom, *y), max(c.Top, *y)
			points++
		}
	}
	if points < 2 {
		return false
	}
	if c.Bottom > 0 && c.Bottom < c.Top/2 {
		c.Bottom = 0
	}
	if c.Top == c.Bottom {
		pad := float64(max(math.Abs(c.Top), 1e-300) / 2) // not fused with what follows
		c.Bottom, c.Top = c.Bottom-pad, c.Top+pad
	}
	c.Left, c.Right = c.X[0], c.X[len(c.X)-1]
	if c.Right == c.Left {
		c.Right = c.Left + 1
	}
	var path strings.Builder
	move := true
	for k, y := range c.Y {
		if y == nil {
			move = true
			continue
		}
		command := "L"
		if move {
			command = "M"
		}
		move = false
		fmt.Fprintf(&path, "%s%.2f %.2f", command, (c.X[k]-c.Left)/(c.Right-c.Left)*curveWidth, (c.Top-*y)/(c.Top-c.Bottom)*curveHeight)
	}
	c.Path = path.String()
	c.Low, c.High, c.From, c.To = brief(c.Bottom), brief(c.Top), brief(c.Left), brief(c.Right)
	for _, y := range c.Y {
		if y != nil {
			if c.First == "" {
				c.First = digits(*y)
			}
			c.Last = digits(*y)
		}
	}
	return true
}

// curves returns the objective and every measure that was recorded more than once.
func (r *run) curves() (all []curve) {
	epoch, _ := r.records.column("epoch")
	var x []float64
	for _, e := range epoch {
		if e == nil {
			return nil
		}
		x = append(x, *e)
	}
	add := func(name, label, doc string) {
		y, ok := r.records.column(name)
		c := curve{ID: name, Label: label, Doc: doc, Axis: "epoch", X: x, Y: y}
		if ok && c.draw() {
			all = append(all, c)
		}
	}
	add(r.Symbol, "objective "+r.Symbol, "what learning lowers")
	for _, name := range r.Saved.Experiment.Measures {
		add(name, name, measureDoc(name))
	}
	return all
}

// mostPoints is the number of points of a curve over stimuli.
const mostPoints = 400

// rateCurve returns the rates of a hidden neuron over the stimuli, as means over as many as make a point.
func (r *run) rateCurve(id string, h func(i int) float64) (c curve, ok bool) {
	s := &r.Stimuli
	per := (s.Count + mostPoints - 1) / mostPoints
	c = curve{ID: id, Label: "rate over the stimuli", Quiet: true, Axis: "stimulus"}
	if s.Axis != nil {
		c.Axis = s.AxisName
	}
	if per > 1 {
		c.Doc = fmt.Sprintf("Each point is the mean over %d stimuli.", per)
	}
	for from := 0; from < s.Count; from += per {
		to := min(from+per, s.Count)
		y, x := 0.0, float64(from)
		for i := from; i < to; i++ {
			y += h(i) / float64(to-from)
		}
		if s.Axis != nil && monotone(s.Axis) {
			x = s.Axis[from]
		}
		c.X, c.Y = append(c.X, x), append(c.Y, &y)
	}
	return c, c.draw()
}

// monotone reports whether numbers rise.
func monotone(x []float64) bool {
	for k := 1; k < len(x); k++ {
		if !(x[k] > x[k-1]) {
			return false
		}
	}
	return true
}
