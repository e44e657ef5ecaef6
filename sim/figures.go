package sim

import (
	"io"
	"maps"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/record"
)

// rasterStimuli is the number of stimuli in the raster.
const rasterStimuli = 150

// figures draws every figure in every format that is asked for.
func (r *run[T]) figures(out *record.Dir) error {
	if len(r.x.Figures) == 0 {
		return nil
	}
	shown := min(rasterStimuli, r.set.Count)
	figures := map[string]*figure.Figure{
		"objective":   r.objective(),
		"time-course": figure.TimeCourse(r.courseShown()),
		"raster":      r.raster(shown),
	}
	w, h, height, width := kernel.Wide(r.net.Synapses().Weights()), kernel.Wide(r.learner.Rates().Of(r.looked)), r.set.Height, r.set.Width
	switch {
	case r.set.Words != nil:
		f := r.features()
		figures["features"] = f.of(r.v.document(r.looked), h, f.word(r.x.Look.Word))
	case height > 0:
		figures["parts"] = figure.Parts(w, height, width)
		figures["decomposition"] = figure.Decomposition(w, h, r.prediction(), kernel.Wide(r.v.row(r.looked)), height, width)
	default:
		figures["parts"] = figure.Matrix(w, r.set.Size, figure.Axes{Rows: "hidden neuron", Columns: "visible neuron", Shade: "synapse"})
		figures["decomposition"] = figure.Profile(h, r.prediction(), kernel.Wide(r.v.row(r.looked)))
	}
	if r.report.Compared != nil && height > 0 {
		figures["comparison"] = r.comparison()
	}
	if r.x.Look.Network {
		figures["network"] = r.drawing()
	}
	if err := r.stackFigures(figures); err != nil {
		return err
	}
	if err := r.film(out, figures); err != nil {
		return err
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

// raster draws the hidden rates to the first stimuli; to documents, of which some are
// a hundred times longer than others, their shares in each.
func (r *run[T]) raster(stimuli int) *figure.Figure {
	rates, axes := kernel.Wide(r.learner.Rates().Rows(0, stimuli)), figure.Axes{Rows: "hidden neuron", Columns: "stimulus", Shade: "hidden rate"}
	if r.set.Words != nil {
		rates, axes.Columns, axes.Shade = slices.Clone(rates), "document", "share of the hidden rates"
		for h := range slices.Chunk(rates, r.x.Hidden) {
			total := sum(h)
			for a := range h {
				h[a] /= max(total, 1e-300)
			}
		}
	}
	return figure.Matrix(transposed(rates, r.x.Hidden), stimuli, axes)
}

// prediction returns the prediction of the stimulus looked at.
func (r *run[T]) prediction() []float64 {
	p := make([]T, r.set.Size)
	r.net.Predict(p, r.learner.Rates().Of(r.looked))
	return kernel.Wide(p)
}

func (r *run[T]) objective() *figure.Figure {
	var epochs []int
	var values []float64
	for _, e := range r.records {
		epochs, values = append(epochs, e.epoch), append(values, e.objective)
	}
	return figure.Objective(epochs, values, r.objectiveLabel())
}

func (r *run[T]) objectiveLabel() string { return r.net.Circuit().Nature().Objective.Label() }

// drawing draws the network at some steps of the time course.
func (r *run[T]) drawing() *figure.Figure {
	var states []figure.Settling
	for _, step := range []int{0, 1, 2, 5, 10, r.course.Rates.Stimuli() - 1} {
		h := kernel.Wide(r.course.Rates.Of(step))
		prediction := make([]T, r.set.Size)
		r.net.Predict(prediction, narrow[T](h))
		states = append(states, figure.Settling{Step: step, H: h, Prediction: kernel.Wide(prediction)})
	}
	feedback := figure.Divisive
	if _, lateral := r.net.Circuit().(network.Competitive[T]); lateral {
		feedback = figure.Competition
	}
	return figure.Network(kernel.Wide(r.net.Synapses().Weights()), kernel.Wide(r.v.row(r.looked)), states, r.x.Look.Neurons, feedback, r.set.Height, r.set.Width)
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
