package figure

import (
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// stack is panels one above the other over one axis of time.
type stack struct {
	times      []float64
	axis       string
	wide, high int // in device pixels so far
	rasterHigh int
	panels     []panel
	pictures   []picture
	write      []func(c draw.Canvas, s sheet)
	legend     []sideName
}

// panel is a plot whose data lie in a box of the sheet.
type panel struct {
	plot *plot.Plot
	data image.Rectangle
}

// sideName is a name beside a panel.
type sideName struct {
	text   string
	colour color.Color
	panel  int
	row    int
}

func newStack(look Look, times []float64, axis string) *stack {
	return &stack{times: times, axis: axis, wide: int(math.Round(float64(look.wide(TwoColumns) / pixel))), high: lineTop, rasterHigh: 420}
}

// box makes room for a panel of that height.
func (s *stack) box(tall int) image.Rectangle {
	box := image.Rect(lineLeft, s.high, s.wide-lineRight, s.high+tall)
	s.high += tall + lineGap
	return box
}

// x returns the device pixel of a time.
func (s *stack) x(time float64) int {
	first, last := s.times[0], s.times[len(s.times)-1]
	return lineLeft + int(math.Round((time-first)/max(last-first, 1e-300)*float64(s.wide-lineRight-lineLeft)))
}

// plot adds a plot and returns its number.
func (s *stack) plot(p *plot.Plot, tall int) int {
	p.X.Label.Text, p.BackgroundColor = "", nil
	p.X.Min, p.X.Max = s.times[0], max(s.times[len(s.times)-1], s.times[0]+1e-300)
	return s.add(p, s.box(tall))
}

// add adds a plot whose data fill a box, with as many names on its axes as have room.
func (s *stack) add(p *plot.Plot, box image.Rectangle) int {
	p.Y.Tick.Marker = roomy(p.Y.Tick.Marker, vg.Length(box.Dy())*pixel)
	p.X.Tick.Marker = spaced(round, vg.Length(box.Dx())*pixel, 8.5)
	s.panels = append(s.panels, panel{p, box})
	return len(s.panels) - 1
}

// roomy keeps the labels of an upright axis of a length apart: of too many it keeps every second,
// fifth, tenth ….
func roomy(marker plot.Ticker, length vg.Length) plot.TickerFunc {
	const pitch = vg.Length(11)
	return func(lo, hi float64) []plot.Tick {
		all := marker.Ticks(lo, hi)
		for every := 1; every <= len(all); every = more(every) {
			if len(all) > 1 && vg.Length(every)*vg.Length((all[1].Value-all[0].Value)/(hi-lo))*length < pitch && every < len(all) {
				continue
			}
			for k := range all {
				if k%every > 0 {
					all[k].Label = ""
				}
			}
			break
		}
		return all
	}
}

// spans adds a bar for each stimulus, as tall as its weight at each time.
func (s *stack) spans(shown []Span) {
	if len(shown) == 0 {
		return
	}
	var labels []string
	most := 0.0
	for _, x := range shown {
		if !slices.Contains(labels, x.Label) {
			labels = append(labels, x.Label)
		}
		most = max(most, x.Start, x.End)
	}
	box := s.box(barPitch * len(labels))
	s.write = append(s.write, func(c draw.Canvas, sh sheet) {
		style := lettering(tickSize, ink)
		style.XAlign = draw.XRight
		for k, label := range labels {
			y := box.Min.Y + (k+1)*barPitch - 8
			c.FillText(style, sh.at(box.Min.X-12, y-(barPitch-16)/2), cutTo(style, label, vg.Length(lineLeft-30)*pixel))
			c.StrokeLine2(draw.LineStyle{Color: pale, Width: hairline}, sh.at(box.Min.X, 0).X, sh.at(0, y).Y, sh.at(box.Max.X, 0).X, sh.at(0, y).Y)
			for _, x := range shown {
				if x.Label != label {
					continue
				}
				high := func(weight float64) int { return y - int(math.Round(weight/max(most, 1e-300)*(barPitch-16))) }
				points := []vg.Point{sh.at(s.x(x.From), y), sh.at(s.x(x.From), high(x.Start)), sh.at(s.x(x.To), high(x.End)), sh.at(s.x(x.To), y)}
				c.FillPolygon(color.Gray{Y: 0x60}, points)
			}
		}
	})
}

// heat adds a row for each number of the frames.
func (s *stack) heat(label string, frames [][]float64, top float64, how shading, signed, scaled bool) {
	box := s.box(heatHigh)
	img := image.NewRGBA(image.Rectangle{Max: box.Size()})
	n := len(frames[0])
	for x := range box.Dx() {
		from := x * len(frames) / box.Dx()
		to := max(from+1, (x+1)*len(frames)/box.Dx())
		for y := range box.Dy() {
			low := y * n / box.Dy()
			high := max(low+1, (y+1)*n/box.Dy())
			sum := 0.0
			for _, frame := range frames[from:to] {
				for _, v := range frame[low:high] {
					sum += v
				}
			}
			img.Set(x, y, how(sum/float64((to-from)*(high-low)), top))
		}
	}
	s.pictures = append(s.pictures, picture{img, box.Min})
	p := newAxes("", label)
	p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5
	p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	p.Y.Tick.Marker = plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		ticks := round(0, hi)
		return slices.DeleteFunc(ticks, func(t plot.Tick) bool { return t.Value != math.Trunc(t.Value) })
	})
	p.BackgroundColor = nil
	p.X.Min, p.X.Max = s.times[0], s.times[len(s.times)-1]
	s.add(p, box)
	if scaled {
		s.scale(box, top, how, signed)
	}
}

// moments adds frames as images, at as many times as have room.
func (s *stack) moments(label string, frames [][]float64, height, width int, top float64, how shading, signed, scaled bool) {
	across := s.wide - lineLeft - lineRight
	count := max(1, min(len(frames), across/(leastTile+2*gutter+10)))
	mag := max(1, (across/count-10-2*gutter)/width)
	mag = min(mag, max(1, 200/height))
	box := s.box(height*mag + 2*gutter)
	last := len(frames) - 1
	for k := range count {
		at := int(math.Round((float64(k) + 0.5) / float64(count) * float64(last)))
		img := framed(frames[at], width, mag, top, how)
		s.pictures = append(s.pictures, picture{img, image.Pt(s.x(s.times[at])-img.Rect.Dx()/2, box.Min.Y)})
	}
	s.write = append(s.write, func(c draw.Canvas, sh sheet) {
		style := lettering(tagSize, ink)
		style.XAlign = draw.XRight
		c.FillText(style, sh.at(box.Min.X-16, (box.Min.Y+box.Max.Y)/2), label)
	})
	if scaled {
		s.scale(box, top, how, signed)
	}
}

// scale adds the scale of shades to the right of a panel.
func (s *stack) scale(box image.Rectangle, top float64, how shading, signed bool) {
	const broad, apart = 22, 40
	img := image.NewRGBA(image.Rect(0, 0, broad, box.Dy()))
	for y := range box.Dy() {
		share := 1 - float64(y)/float64(max(1, box.Dy()-1))
		if signed {
			share = 2*share - 1
		}
		for x := range broad {
			img.Set(x, y, how(share, 1))
		}
	}
	at := image.Pt(box.Max.X+apart, box.Min.Y)
	s.pictures = append(s.pictures, picture{img, at})
	s.write = append(s.write, func(c draw.Canvas, sh sheet) {
		c.SetLineStyle(draw.LineStyle{Color: frame, Width: hairline})
		c.Stroke(vg.Rectangle{Min: sh.at(at.X, at.Y+box.Dy()), Max: sh.at(at.X+broad, at.Y)}.Path())
		style := lettering(tickSize, ink)
		style.XAlign = draw.XLeft
		low := "0"
		if signed {
			low = number(-rounded(top))
		}
		c.FillText(style, sh.at(at.X+broad+10, at.Y+12), number(rounded(top)))
		c.FillText(style, sh.at(at.X+broad+10, at.Y+box.Dy()-12), low)
	})
}

// raster adds the spikes of neurons.
func (s *stack) raster(spikes [][]float64, axis Counted) {
	p := newAxes("", "spikes of "+axis.things())
	if s.rasterHigh < 600 {
		p.Y.Label.Text = "spikes"
	}
	var points plotter.XYs
	for k, frame := range spikes {
		for j, x := range frame {
			if x > 0 {
				points = append(points, plotter.XY{X: s.times[k], Y: float64(j)})
			}
		}
	}
	if len(points) > 0 {
		p.Add(&plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: color.Gray{Y: 0x20}, Radius: vg.Points(0.9), Shape: draw.BoxGlyph{}}})
	}
	p.Y.Min, p.Y.Max = -0.5, float64(axis.Count)-0.5
	s.plot(p, s.rasterHigh)
}

// figure returns all panels, the axis of time below the last.
func (s *stack) figure() *Figure {
	high := s.high - lineGap + lineFoot
	sh := newSheet(s.wide, high)
	for _, p := range s.pictures {
		sh.paste(p.at.X, p.at.Y, p.img)
	}
	return sh.figure(func(c draw.Canvas) {
		for _, w := range s.write {
			w(c, sh)
		}
		for k, p := range s.panels {
			if k == len(s.panels)-1 {
				p.plot.X.Label.Text = s.axis
			} else {
				marker := p.plot.X.Tick.Marker
				p.plot.X.Tick.Marker = plot.TickerFunc(func(lo, hi float64) []plot.Tick {
					ticks := marker.Ticks(lo, hi)
					for i := range ticks {
						ticks[i].Label = ""
					}
					return ticks
				})
			}
			want := vg.Rectangle{Min: sh.at(p.data.Min.X, p.data.Max.Y), Max: sh.at(p.data.Max.X, p.data.Min.Y)}
			box := draw.Canvas{Canvas: c.Canvas, Rectangle: want}
			for range 2 { // what axes take does not depend on the box, but for rounding
				data := p.plot.DataCanvas(box)
				box.Min.X += want.Min.X - data.Min.X
				box.Min.Y += want.Min.Y - data.Min.Y
				box.Max.X += want.Max.X - data.Max.X
				box.Max.Y += want.Max.Y - data.Max.Y
			}
			p.plot.Draw(box)
		}
		for _, e := range s.legend {
			box := s.panels[e.panel].data
			style := lettering(tagSize, e.colour)
			style.XAlign = draw.XLeft
			c.FillText(style, sh.at(box.Max.X+40, box.Min.Y+24+e.row*44), e.text)
		}
	})
}
