package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Rank is a share, such as that of the stimuli that is explained, with a number of hidden neurons, and its
// interval. Numbers that are not defined are NaN.
type Rank struct {
	Hidden           int
	Share, Low, High float64
}

// RankCurve is a measure over numbers of hidden neurons.
type RankCurve struct {
	Label     string
	Points    []Rank
	OverFolds bool // intervals are over folds, and not over random starts
}

// liesOn reports whether a curve cannot be told from another one of the same numbers: shares that
// differ by less than a hundredth of the axis.
func (c RankCurve) liesOn(other RankCurve) bool {
	const same = 0.01
	for i, r := range c.Points {
		if !(math.Abs(r.Share-other.Points[i].Share) < same) {
			return false
		}
	}
	return true
}

// RankLine is the line by which a criterion chooses, such as a threshold, from one point to another.
type RankLine struct {
	Label    string
	From, To RankPoint
}

// RankPoint is an end of a line.
type RankPoint struct {
	Hidden int
	Share  float64
}

// Ranks draws measures over the number of hidden neurons, with marks on the one that was kept and the
// line by which it was chosen; the first measure stands out. Shares below −0.05 are at the foot of the
// axis.
func Ranks(look Look, curves []RankCurve, line *RankLine, kept int) *Figure {
	const lowest = -0.05
	p := newPlot("hidden neurons", "share")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = math.Inf(1), math.Inf(-1), 0, 1
	var names tagged
	spans, folds, below := false, false, false
	for _, c := range curves {
		for _, r := range c.Points {
			p.X.Min, p.X.Max = min(p.X.Min, float64(r.Hidden)), max(p.X.Max, float64(r.Hidden))
			if r.Share < 0 {
				p.Y.Min = lowest
			}
		}
	}
	margin := max(0.5, 0.03*(p.X.Max-p.X.Min))
	p.X.Min, p.X.Max = p.X.Min-margin, p.X.Max+margin
	ticks := plot.TickerFunc(whole)
	if p.X.Max-p.X.Min < float64(len(curves[0].Points)) { // one after the other
		ticks = func(lo, hi float64) (all []plot.Tick) {
			for r := math.Ceil(lo); r <= hi; r++ {
				all = append(all, plot.Tick{Value: r, Label: number(r)})
			}
			return all
		}
	}
	p.X.Tick.Marker = spaced(ticks, look.wide(110)/2, 8.5)
	p.Add(curve(plotter.XYs{{X: float64(kept), Y: p.Y.Min}, {X: float64(kept), Y: 1}}, -1, 4))
	add := func(k int, c RankCurve, dashes []vg.Length) {
		width, radius := 0.75, 1.2
		if k == 0 {
			width, radius = 1.5, 2.5
		}
		var joined, shown plotter.XYs
		for _, r := range c.Points {
			at := plotter.XY{X: float64(r.Hidden), Y: max(r.Share, p.Y.Min)}
			switch {
			case math.IsNaN(r.Share):
				continue
			case r.Share < p.Y.Min:
				below = true
			default:
				shown = append(shown, at)
				if r.Low < r.High {
					spans, folds = spans || !c.OverFolds, folds || c.OverFolds
					p.Add(curve(plotter.XYs{{X: at.X, Y: max(r.Low, p.Y.Min)}, {X: at.X, Y: min(r.High, 1)}}, k, 1))
				}
			}
			joined = append(joined, at)
		}
		if joined == nil {
			return
		}
		l := curve(joined, k, width)
		l.LineStyle.Dashes = dashes
		p.Add(l, &plotter.Scatter{XYs: shown, GlyphStyle: draw.GlyphStyle{Color: palette[k], Radius: vg.Points(radius), Shape: draw.CircleGlyph{}}})
		names = append(names, tag{joined[len(joined)-1], c.Label, k})
	}
	var notes []string
	var above []int                             // curves that lie on another one, drawn over it as dots
	for k, c := range slices.Backward(curves) { // the first on top
		if j := slices.IndexFunc(curves[:k], c.liesOn); j >= 0 {
			above = append(above, k)
			notes = append(notes, fmt.Sprintf("%s (dotted) lies on %s.", c.Label, curves[j].Label))
			continue
		}
		add(k, c, nil)
	}
	for _, k := range above {
		add(k, curves[k], []vg.Length{vg.Points(1.5), vg.Points(3)})
	}
	if line != nil {
		l := curve(plotter.XYs{{X: float64(line.From.Hidden), Y: line.From.Share}, {X: float64(line.To.Hidden), Y: line.To.Share}}, 0, 1)
		l.LineStyle.Color = ink
		l.LineStyle.Dashes = []vg.Length{vg.Points(4), vg.Points(2)}
		p.Add(l)
	}
	p.Add(names, &chosen{float64(kept), fmt.Sprintf("%d kept", kept), float64(kept) == p.X.Max-margin})
	f := &Figure{width: look.wide(110), height: 6 * vg.Centimeter, draw: func(c draw.Canvas) {
		p.Draw(draw.Crop(c, vg.Points(4), vg.Points(-4), vg.Points(4), vg.Points(-8)))
	}}
	if below {
		f.notes = append(f.notes, "Shares further below 0 are at the foot of the axis, without a point.")
	}
	f.notes = append(f.notes, notes...)
	switch {
	case spans && folds:
		f.notes = append(f.notes, "Vertical lines are 95 % intervals over random starts, of held_out over folds.")
	case spans:
		f.notes = append(f.notes, "Vertical lines are 95 % intervals over random starts.")
	case folds:
		f.notes = append(f.notes, "Vertical lines are 95 % intervals over folds.")
	}
	if line != nil {
		f.notes = append(f.notes, "Dashed: "+line.Label+".")
	}
	return f
}

// chosen is the text beside the mark of the number that was kept, at the foot of the axes.
type chosen struct {
	at   float64
	text string
	last bool // whether it is the last number, to whose right the curves have their names
}

// Plot writes the text to the right of the mark, or to its left where there is no room.
func (t *chosen) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	style := lettering(tagSize, ink)
	style.XAlign = draw.XLeft
	at := vg.Point{X: x(t.at) + 5, Y: c.Min.Y + tagPitch}
	if t.last || at.X+style.Width(t.text) > x(p.X.Max) {
		style.XAlign, at.X = draw.XRight, x(t.at)-5
	}
	c.FillText(style, at, t.text)
}
