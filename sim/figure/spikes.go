package figure

import (
	"strconv"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpikeRaster draws the spikes of the visible neurons, what is shown above them and how many there are
// below.
func (t Timeline) SpikeRaster(look Look) *Figure {
	s := newStack(look, t.Times, t.Axis)
	s.spans(t.Shown)
	s.rasterHigh = 900
	s.raster(t.Spikes, visibleAxis(t.Names, len(t.Visible[0])))
	total := make([]float64, len(t.Spikes))
	for k, frame := range t.Spikes {
		for _, x := range frame {
			total[k] += x
		}
	}
	const bins = 50
	per := max(1, (len(total)+bins-1)/bins)
	p := newPlot(t.Axis, "active neurons")
	var bars plotter.XYs
	for from := 1; from < len(total); from += per {
		to := min(from+per, len(total))
		active := map[int]bool{}
		for _, frame := range t.Spikes[from:to] {
			for j, x := range frame {
				if x > 0 {
					active[j] = true
				}
			}
		}
		y := float64(len(active))
		bars = append(bars, plotter.XY{X: t.Times[from-1], Y: y}, plotter.XY{X: t.Times[to-1], Y: y})
		p.Y.Max = max(p.Y.Max, 1.05*y)
	}
	p.Y.Min, p.Y.Max = 0, max(1, p.Y.Max)
	p.Add(&plotter.Line{XYs: bars, LineStyle: draw.LineStyle{Color: palette[0], Width: vg.Points(1.25)}})
	s.plot(p, errorTall+60)
	f := s.figure()
	if len(bars) > 0 {
		f.notes = append(f.notes, "Below, the number of different neurons that fire in "+strconv.Itoa(per)+" successive frames.")
	}
	return f
}

// visibleAxis returns the axis of visible neurons.
func visibleAxis(names []string, count int) Counted {
	return Counted{Label: "visible neuron", Count: count, Names: names}
}
