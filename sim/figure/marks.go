package figure

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// halo writes a text on white, where lines would cross it.
func halo(c draw.Canvas, style draw.TextStyle, at vg.Point, text string) {
	box := style.Rectangle(text).Add(at)
	margin := vg.Points(1)
	c.SetColor(paper)
	c.Fill(vg.Rectangle{Min: vg.Point{X: box.Min.X - margin, Y: box.Min.Y - margin}, Max: vg.Point{X: box.Max.X + margin, Y: box.Max.Y + margin}}.Path())
	c.FillText(style, at, text)
}

// arrow draws a line whose end is an arrow head or, where it inhibits, a bar.
func arrow(c draw.Canvas, style draw.LineStyle, from, to vg.Point, inhibits bool) {
	c.StrokeLine2(style, from.X, from.Y, to.X, to.Y)
	length := vg.Length(math.Hypot(float64(to.X-from.X), float64(to.Y-from.Y)))
	dx, dy := (to.X-from.X)/length, (to.Y-from.Y)/length
	size := vg.Points(4)
	if inhibits {
		c.StrokeLine2(style, to.X-dy*size, to.Y+dx*size, to.X+dy*size, to.Y-dx*size)
		return
	}
	var head vg.Path
	head.Move(to)
	head.Line(vg.Point{X: to.X - 2*dx*size - dy*size, Y: to.Y - 2*dy*size + dx*size})
	head.Line(vg.Point{X: to.X - 2*dx*size + dy*size, Y: to.Y - 2*dy*size - dx*size})
	head.Close()
	c.SetColor(style.Color)
	c.Fill(head)
}
