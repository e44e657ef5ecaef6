package sim

import (
	"io"
	"math"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/sim/figure"
	"partsnet/sim/record"
)

// frameEpochs returns the epochs after which the parts are kept for a film: the start
// and then ever longer apart, because parts change most at first.
func frameEpochs(frames, epochs int) []int {
	if frames == 0 {
		return nil
	}
	kept := []int{0}
	for k := range frames - 1 {
		share := 1.0
		if frames > 2 {
			share = float64(k) / float64(frames-2)
		}
		kept = append(kept, int(math.Round(math.Pow(float64(epochs), share))))
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// keepFrame keeps the present parts if the film shows them.
func (r *run[T]) keepFrame(epoch int, d float64) {
	if slices.Contains(r.frameEpochs, epoch) {
		r.frames = append(r.frames, figure.Frame{Epoch: epoch, Objective: d, W: slices.Clone(kernel.Wide(r.net.Synapses().Weights()))})
	}
}

// film writes the parts over the epochs as a strip and as an animation.
func (r *run[T]) film(out *record.Dir, figures map[string]*figure.Figure) error {
	if len(r.frames) == 0 {
		return nil
	}
	var epochs []int
	var values []float64
	for _, e := range r.records {
		epochs, values = append(epochs, e.epoch), append(values, e.objective)
	}
	figures["film"] = figure.Film(r.frames, epochs, values, r.objectiveLabel(), r.set.Height, r.set.Width)
	return out.Write("figures/film.gif", func(w io.Writer) error {
		return figure.Animate(w, r.frames, r.report.Symbol, r.set.Height, r.set.Width)
	})
}
