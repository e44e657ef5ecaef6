package sim

import (
	"io"
	"maps"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/record"
)

// traceSteps is the number of recognition steps that the time course of one
// stimulus shows.
const traceSteps = 50

// rasterStimuli is the number of stimuli in the raster.
const rasterStimuli = 150

// figures draws every figure in every format that is asked for.
func (r *run[T]) figures(out *record.Dir) error {
	if len(r.x.Figures) == 0 {
		return nil
	}
	course, err := r.timeCourse()
	if err != nil {
		return err
	}
	shown := min(rasterStimuli, r.set.Count)
	figures := map[string]*figure.Figure{
		"objective":   r.objective(),
		"time-course": figure.TimeCourse(course, r.x.Hidden),
		"raster": figure.Matrix(transposed(wide(r.learner.Rates().Rows(0, shown)), r.x.Hidden), shown,
			figure.Axes{Rows: "hidden neuron", Columns: "stimulus", Shade: "hidden rate"}),
	}
	w, h, v := wide(r.net.Synapses().Weights()), r.learner.Rates().Of(r.looked), wide(r.v.row(r.looked))
	prediction := make([]T, r.set.Size)
	r.net.Predict(prediction, h)
	height, width := r.set.Height, r.set.Width
	switch {
	case r.set.Words != nil:
		f := r.features()
		figures["features"] = f.of(r.v.document(r.looked), wide(h), f.word(r.x.Look.Word))
	case height > 0:
		figures["parts"] = figure.Parts(w, height, width)
		figures["decomposition"] = figure.Decomposition(w, wide(h), wide(prediction), v, height, width)
	default:
		figures["parts"] = figure.Matrix(w, r.set.Size, figure.Axes{Rows: "hidden neuron", Columns: "visible neuron", Shade: "synapse"})
		figures["decomposition"] = figure.Profile(wide(h), wide(prediction), v)
	}
	if rec := r.report.Recovery; rec != nil && height > 0 {
		figures["recovery"] = figure.Recovery(r.set.Truth.Parts, w, rec.Neuron, rec.Cosine, measure.RecoveredAbove, height, width)
	}
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		for _, format := range r.x.Figures {
			draw := func(w io.Writer) error { return figures[name].Write(w, format) }
			if err := out.Write("figures/"+name+"."+format, draw); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run[T]) objective() *figure.Figure {
	var epochs []int
	var values []float64
	for _, e := range r.records {
		epochs, values = append(epochs, e.epoch), append(values, e.objective)
	}
	label := map[string]string{"D": "divergence D (nats)", "E": "squared error E"}[r.report.Symbol]
	return figure.Objective(epochs, values, label)
}

// timeCourse returns the hidden rates to the stimulus looked at over traceSteps of
// recognition, from equal rates.
func (r *run[T]) timeCourse() ([]float64, error) {
	row := r.v.row(r.looked)
	v, err := neuron.RatesOf(1, r.set.Size, row)
	if err != nil {
		return nil, err
	}
	start := neuron.NewRates[T](1, r.x.Hidden)
	r.net.Start(v, start)
	course, err := r.net.Trace(row, start.Of(0), traceSteps)
	if err != nil {
		return nil, err
	}
	return wide(course.Rows(0, course.Stimuli())), nil
}

// transposed returns the transpose of x, which has cols columns.
func transposed(x []float64, cols int) []float64 {
	rows := len(x) / cols
	out := make([]float64, len(x))
	for i, y := range x {
		out[i%cols*rows+i/cols] = y
	}
	return out
}

// wide returns x in float64.
func wide[T kernel.Float](x []T) []float64 {
	out := make([]float64, len(x))
	for i, y := range x {
		out[i] = float64(y)
	}
	return out
}
