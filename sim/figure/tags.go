package figure

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// tag is the name of a curve, to the right of its end.
type tag struct {
	plotter.XY
	text   string
	colour int // of the palette
}

// tagged are the names of curves, apart from each other, each with a line to its curve.
type tagged []tag

// Sizes of tags.
const (
	tagSize   = 8.5
	tagPitch  = vg.Length(10)
	tagLeader = vg.Length(11)
)

// Plot draws the names.
func (t tagged) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	sorted := slices.Clone(t)
	slices.SortStableFunc(sorted, func(a, b tag) int { return cmp.Compare(b.Y, a.Y) })
	var places []vg.Length
	for _, tag := range sorted {
		places = append(places, y(tag.Y))
	}
	for k, at := range spread(places, min(tagPitch, (c.Max.Y-c.Min.Y)/vg.Length(max(1, len(places)))), c.Min.Y+tagPitch/2, c.Max.Y) {
		tag := sorted[k]
		from, to := x(tag.X)+2, x(tag.X)+tagLeader
		c.StrokeLine2(draw.LineStyle{Color: palette[tag.colour], Width: vg.Points(0.75)}, from, places[k], to, at)
		style := lettering(tagSize, palette[tag.colour])
		style.XAlign = draw.XLeft
		c.FillText(style, vg.Point{X: to + 2, Y: at}, tag.text)
	}
}

// GlyphBoxes keeps room for the names.
func (t tagged) GlyphBoxes(p *plot.Plot) (boxes []plot.GlyphBox) {
	for _, tag := range t {
		box := vg.Rectangle{Min: vg.Point{Y: -tagPitch / 2}, Max: vg.Point{X: tagLeader + 4 + lettering(tagSize, ink).Width(tag.text), Y: tagPitch / 2}}
		boxes = append(boxes, plot.GlyphBox{X: p.X.Norm(tag.X), Y: p.Y.Norm(tag.Y), Rectangle: box})
	}
	return boxes
}

// spread returns places near those that are given, highest first, of which no two are nearer
// than gap and none is outside low to high: those that are too near share what they move.
func spread(places []vg.Length, gap, low, high vg.Length) []vg.Length {
	// Of z = place + k gap the nearest that does not rise has the places apart: the mean of
	// each stretch that does.
	type stretch struct {
		sum   vg.Length
		count int
	}
	var stretches []stretch
	mean := func(s stretch) vg.Length { return s.sum / vg.Length(s.count) }
	for k, p := range places {
		s := stretch{p + vg.Length(k)*gap, 1}
		for len(stretches) > 0 && mean(stretches[len(stretches)-1]) < mean(s) {
			last := stretches[len(stretches)-1]
			s = stretch{s.sum + last.sum, s.count + last.count}
			stretches = stretches[:len(stretches)-1]
		}
		stretches = append(stretches, s)
	}
	var out []vg.Length
	for _, s := range stretches {
		for range s.count {
			k := vg.Length(len(out))
			lowest := low + vg.Length(len(places)-1)*gap // for those below to have room
			out = append(out, min(max(mean(s), lowest), max(high, lowest))-k*gap)
		}
	}
	return out
}
