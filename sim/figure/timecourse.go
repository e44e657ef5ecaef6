package figure

import (
	"cmp"
	"slices"
	"strconv"

	"gonum.org/v1/plot/plotter"
)

// TimeCourse draws hidden rates over the steps of recognition (rows of course,
// of r rates each, the first before any step): the strongest at the end in
// colour with the neuron's number, the rest pale.
func TimeCourse(course []float64, r int) *Figure {
	p := newPlot("recognition step", "hidden rate")
	steps := len(course) / r
	end := course[(steps-1)*r:]
	named := min(r, len(palette))
	order := strongest(end)
	for k := r - 1; k >= 0; k-- {
		points := make(plotter.XYs, steps)
		for t := range steps {
			points[t].X, points[t].Y = float64(t), course[t*r+order[k]]
		}
		if k < named {
			p.Add(curve(points, k, 1.5))
		} else {
			p.Add(curve(points, -1, 0.75))
		}
	}
	p.X.Min, p.X.Max = 0, float64(max(1, steps-1))
	p.Y.Min, p.Y.Max = 0, max(1e-300, largest(course)*1.05)
	var points []plotter.XY
	var text []string
	var colours []int
	for k, y := range apart(end, order[:named], p.Y.Max/14) {
		points = append(points, plotter.XY{X: p.X.Max, Y: y})
		text = append(text, "neuron "+strconv.Itoa(order[k]))
		colours = append(colours, k)
	}
	p.Add(ends(points, text, colours))
	return plotted(p)
}

// apart returns heights for labels of the rates that order names, largest
// first, moved so that no two are closer than gap and none is below zero.
func apart(rates []float64, order []int, gap float64) []float64 {
	y := make([]float64, len(order))
	for k, a := range order {
		y[k] = rates[a]
		if k > 0 {
			y[k] = min(y[k], y[k-1]-gap)
		}
	}
	for k, floor := len(y)-1, 0.0; k >= 0; k-- {
		y[k] = max(y[k], floor)
		floor = y[k] + gap
	}
	return y
}

// strongest returns the indices of x, largest first, ties by index.
func strongest(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[b], x[a]) })
	return order
}
