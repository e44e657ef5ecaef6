package figure

import (
	"fmt"
	"image"
	"image/color"
	pixels "image/draw"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Axes names what the rows, columns and shades of a matrix are.
type Axes struct {
	Rows, Columns Counted
	Shade         string
	White         float64 // values up to it are white
	Written       bool    // whether each value is written into its rectangle, where it fits
}

// MostColumns is the number of columns of a matrix that can be told apart on two columns of
// a page.
const MostColumns = 800

// mostRows is the same for rows.
const mostRows = 1000

// Matrix draws values, one row for each thing of the rows' axis, as rectangles from white at
// zero to black at the largest, with the scale of shades above. Few rows are tall; of too
// many rows or columns successive ones are averaged, and the notes say so. Rows and columns
// are numbered from 0, as in the arrays of a run, or have names.
func Matrix(look Look, values []float64, axes Axes) *Figure {
	width := look.wide(TwoColumns)
	values, axes = thinned(values, axes)
	cols, rows := axes.Columns.columns(), axes.Rows.columns()
	top := largest(values) - axes.White
	if !(top > 0) {
		top = 0
	}

	// Rows have names or numbers on their left: all, or some round ones.
	const head, margin = vg.Length(28), vg.Length(6)
	tall := vg.Length(math.Round(float64(min(24, max(360/vg.Length(rows), 0.25))/pixel))) * pixel
	high := vg.Length(rows) * tall
	style := lettering(tickSize, ink)
	every, left := 1, vg.Length(0)
	for vg.Length(every)*tall/vg.Length(axes.Rows.per()) < tickSize+1 {
		every = more(every)
	}
	var names []string // of one of every
	for i := 0; i < axes.Rows.Count; i += every {
		names = append(names, cutTo(style, axes.Rows.name(i), min(nameLength, width/4)))
		left = max(left, style.Width(names[len(names)-1]))
	}
	left = vg.Length(math.Ceil(float64((left+tickLength+2+margin)/pixel))) * pixel
	wide := width - left - 2*margin
	marks := axes.Columns.label(wide)
	below := marks.room + labelSize + 8
	height := vg.Length(math.Ceil(float64((head+high+below)/pixel))) * pixel

	dots := func(x vg.Length) int { return int(math.Round(float64(x / pixel))) }
	s := newSheet(dots(width), dots(height))
	body := image.Rect(dots(left), dots(head), dots(left+wide), dots(head+high))
	pixels.Draw(s.RGBA, body.Inset(-gutter), image.NewUniform(frame), image.Point{}, pixels.Src)
	for i := range rows {
		for j := range cols {
			cell := image.Rect(body.Min.X+j*body.Dx()/cols, body.Min.Y+i*body.Dy()/rows, body.Min.X+(j+1)*body.Dx()/cols, body.Min.Y+(i+1)*body.Dy()/rows)
			pixels.Draw(s.RGBA, cell, image.NewUniform(shade(axes.above(values[i*cols+j]), top)), image.Point{}, pixels.Src)
		}
	}
	bar := image.Rect(0, 0, min(320, body.Dx()/3), 26).Add(image.Pt(body.Max.X-min(320, body.Dx()/3), dots(head)-86))
	s.paste(bar.Min.X, bar.Min.Y, shades(bar.Dx(), bar.Dy()))
	f := s.figure(func(c draw.Canvas) {
		line := draw.LineStyle{Color: ink, Width: hairline}
		box := vg.Rectangle{Min: s.at(body.Min.X, body.Max.Y), Max: s.at(body.Max.X, body.Min.Y)}
		right := style
		right.XAlign = draw.XRight
		for k, name := range names {
			y := box.Max.Y - (vg.Length(k*every)+0.5)/vg.Length(axes.Rows.per())*tall
			c.StrokeLine2(line, box.Min.X, y, box.Min.X-tickLength, y)
			c.FillText(right, vg.Point{X: box.Min.X - tickLength - 2, Y: y}, name)
		}
		c.StrokeLine2(line, box.Min.X, box.Min.Y, box.Max.X, box.Min.Y)
		marks.below(c, box, axes.Columns.Count)
		centred(c, labelSize, (box.Min.X+box.Max.X)/2, box.Min.Y-marks.room-3, axes.Columns.Label)
		text(c, labelSize, margin, s.at(0, dots(head)-86+13).Y, axes.Rows.Label)

		c.SetLineStyle(line)
		scaleBox := vg.Rectangle{Min: s.at(bar.Min.X, bar.Max.Y), Max: s.at(bar.Max.X, bar.Min.Y)}
		c.Stroke(scaleBox.Path())
		right.Font.Size = labelSize
		c.FillText(right, vg.Point{X: scaleBox.Min.X - 6, Y: (scaleBox.Min.Y + scaleBox.Max.Y) / 2}, axes.Shade)
		if top > 0 {
			shadeScale(c, scaleBox, axes.White, axes.White+top)
		}
		if axes.Written {
			inscribed(c, box, values, rows, cols, func(v float64) bool { return axes.above(v) > 0.54*top })
		}
	})
	f.notes = append(append(f.notes, axes.Rows.averaged("row")...), axes.Columns.averaged("column")...)
	f.notes = append(f.notes, marks.notes(axes.Columns)...)
	if axes.Rows.Names != nil {
		f.notes = append(f.notes, labelled{every: every}.notes(axes.Rows)...)
	}
	return f
}

// above returns by how much a value is above what is white.
func (a Axes) above(v float64) float64 {
	if a.White == 0 {
		return v
	}
	return max(0, v-a.White)
}

// inscribed writes values into their rectangles, white on dark ones, where there is room for each. Grey
// of more than 54 % has more contrast with white than with black.
func inscribed(c draw.Canvas, box vg.Rectangle, values []float64, rows, cols int, dark func(v float64) bool) {
	wide, tall := box.Size().X/vg.Length(cols), box.Size().Y/vg.Length(rows)
	if lettering(tickSize, ink).Width("0.00")+3 > wide || tall < tickSize+2 {
		return
	}
	for k, v := range values {
		style := lettering(tickSize, color.Black)
		if dark(v) {
			style.Color = paper
		}
		at := vg.Point{X: box.Min.X + (vg.Length(k%cols)+0.5)*wide, Y: box.Max.Y - (vg.Length(k/cols)+0.5)*tall}
		c.FillText(style, at, fmt.Sprintf("%.2f", v))
	}
}

// shadeScale writes numbers below the scale of shades, as many as fit.
func shadeScale(c draw.Canvas, box vg.Rectangle, low, top float64) {
	style := lettering(tickSize, ink)
	style.YAlign = draw.YTop
	for most := 5; most > 0; most-- {
		ticks := marks(low, top, most)
		end, fits := vg.Length(math.Inf(-1)), true
		for _, t := range ticks {
			x := vg.Length((t.Value-low)/(top-low)) * box.Size().X
			fits = fits && x-style.Width(t.Label)/2 > end+3
			end = x + style.Width(t.Label)/2
		}
		if !fits && most > 1 {
			continue
		}
		for _, t := range ticks {
			x := box.Min.X + vg.Length((t.Value-low)/(top-low))*box.Size().X
			at := min(x, box.Max.X+5-style.Width(t.Label)/2)
			c.StrokeLine2(draw.LineStyle{Color: ink, Width: hairline}, x, box.Min.Y, x, box.Min.Y-tickLength)
			c.FillText(style, vg.Point{X: at, Y: box.Min.Y - tickLength - 1}, t.Label)
		}
		return
	}
}

// thinned averages successive rows and columns where there are more than can be told apart.
func thinned(values []float64, axes Axes) ([]float64, Axes) {
	rows, cols := axes.Rows.columns(), axes.Columns.columns()
	down, across := (rows+mostRows-1)/mostRows, (cols+MostColumns-1)/MostColumns
	if down == 1 && across == 1 {
		return values, axes
	}
	// A column of several things weighs as many; only the last has fewer, and it stays apart.
	axes.Rows.Per, axes.Columns.Per = axes.Rows.per()*down, axes.Columns.per()*across
	short, narrow := axes.Rows.columns(), axes.Columns.columns()
	sum, count := make([]float64, short*narrow), make([]float64, short*narrow)
	for i := range rows {
		for j := range cols {
			k := i/down*narrow + j/across
			sum[k] += values[i*cols+j]
			count[k]++
		}
	}
	for k := range sum {
		sum[k] /= count[k]
	}
	return sum, axes
}

// shades returns the scale from white, on the left, to black.
func shades(width, height int) *image.RGBA {
	bar := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		pixels.Draw(bar, image.Rect(x, 0, x+1, height), image.NewUniform(shade(float64(x), float64(width-1))), image.Point{}, pixels.Src)
	}
	return bar
}
