package figure

import (
	"image"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// palette is that of Okabe & Ito (2008), which readers of any colour vision can
// tell apart.
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff}, color.RGBA{0xd5, 0x5e, 0x00, 0xff},
	color.RGBA{0x00, 0x9e, 0x73, 0xff}, color.RGBA{0xcc, 0x79, 0xa7, 0xff},
	color.RGBA{0xe6, 0x9f, 0x00, 0xff}, color.RGBA{0x56, 0xb4, 0xe9, 0xff},
}

var (
	ink  = color.Gray{Y: 0x30}
	pale = color.Gray{Y: 0xd8}
)

// Objective draws the objective over epochs, the axis of epochs logarithmic.
// Epochs are at least 1.
func Objective(epochs []int, values []float64, label string) (image.Image, error) {
	p := newPlot("epoch", label)
	points := make(plotter.XYs, len(epochs))
	for i, e := range epochs {
		points[i].X, points[i].Y = float64(e), values[i]
	}
	if last := epochs[len(epochs)-1]; last > 1 {
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, decades{}
		p.X.Min, p.X.Max = 1, float64(last)
	}
	l, err := plotter.NewLine(points)
	if err != nil {
		return nil, err
	}
	l.Color, l.Width = palette[0], vg.Points(1.5)
	p.Add(l)
	p.Y.Min = 0
	return render(p), nil
}

// TimeCourse draws hidden rates over the steps of recognition (rows of course,
// of r rates each): the strongest at the end in colour, the rest pale.
func TimeCourse(course []float64, r int) (image.Image, error) {
	p := newPlot("recognition step", "hidden rate")
	steps := len(course) / r
	end := course[(steps-1)*r:]
	order := strongest(end)
	for k := len(order) - 1; k >= 0; k-- {
		a := order[k]
		points := make(plotter.XYs, steps)
		for t := range steps {
			points[t].X, points[t].Y = float64(t), course[t*r+a]
		}
		l, err := plotter.NewLine(points)
		if err != nil {
			return nil, err
		}
		l.Color, l.Width = pale, vg.Points(0.75)
		if k < len(palette) {
			l.Color, l.Width = palette[k], vg.Points(1.5)
			p.Legend.Add("neuron "+strconv.Itoa(a), l)
		}
		p.Add(l)
	}
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs, p.Legend.YOffs = vg.Points(8), vg.Points(-2)
	p.Y.Min = 0
	p.X.Tick.Marker = tens{}
	p.Y.Max *= 1.6 // room for the legend above the curves
	return render(p), nil
}

// strongest returns the indices of x, largest first, ties by index.
func strongest(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
		for k := i; k > 0 && x[order[k]] > x[order[k-1]]; k-- {
			order[k], order[k-1] = order[k-1], order[k]
		}
	}
	return order
}

func newPlot(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.White
	for axis, label := range map[*plot.Axis]string{&p.X: x, &p.Y: y} {
		axis.Label.Text = label
		axis.Label.TextStyle.Font.Variant, axis.Label.TextStyle.Font.Size = "Sans", vg.Points(10)
		axis.Tick.Label.Font.Variant, axis.Tick.Label.Font.Size = "Sans", vg.Points(8.5)
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = ink, ink
		axis.LineStyle.Width, axis.Tick.LineStyle.Width = vg.Points(0.75), vg.Points(0.75)
		axis.Padding = 0
	}
	p.Legend.TextStyle.Font.Variant, p.Legend.TextStyle.Font.Size = "Sans", vg.Points(8.5)
	grid := plotter.NewGrid()
	grid.Vertical.Width = 0
	grid.Horizontal.Color = pale
	p.Add(grid)
	return p
}

func render(p *plot.Plot) image.Image {
	c := vgimg.NewWith(vgimg.UseWH(8.5*vg.Centimeter, 6*vg.Centimeter), vgimg.UseDPI(192))
	p.Draw(draw.Crop(draw.New(c), vg.Points(6), vg.Points(-12), vg.Points(6), vg.Points(-10)))
	return c.Image()
}

// decades marks 1, 10, 100, ... on a logarithmic axis.
type decades struct{}

// Ticks returns labelled decades and unlabelled marks between them.
func (decades) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for d := math.Pow(10, math.Floor(math.Log10(lo))); d <= hi; d *= 10 {
		for k := 1.0; k < 10; k++ {
			if v := k * d; v >= lo && v <= hi {
				t := plot.Tick{Value: v}
				if k == 1 {
					t.Label = strconv.FormatFloat(v, 'f', -1, 64)
				}
				ticks = append(ticks, t)
			}
		}
	}
	return ticks
}

// tens marks 0, 10, 20, ... on an axis of steps.
type tens struct{}

// Ticks returns a labelled mark for every ten steps.
func (tens) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for v := math.Ceil(lo/10) * 10; v <= hi; v += 10 {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'f', -1, 64)})
	}
	return ticks
}
