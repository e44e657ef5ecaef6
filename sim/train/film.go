package train

import (
	"math"
	"slices"

	"partsnet/network"
	"partsnet/sim/outcome"
)

// film keeps the parts at some epochs.
type film struct {
	rec    *recorder
	at     []int // epochs
	frames []outcome.Frame
}

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

// start keeps the parts before the first epoch.
func (f *film) start(m network.Model) {
	if len(f.at) == 0 || m.Epochs() > 0 {
		return
	}
	if steps := f.rec.x.Recognition.Steps; f.rec.x.Recognition.Report > 0 {
		m.RecogniseAll(steps)
	}
	f.keep(m, 0, m.Reached())
}

// epoch keeps the parts where the film shows them. The recorder has seen the epoch.
func (f *film) epoch(m network.Model, epoch int) (bool, error) {
	f.keep(m, epoch, lastObjective(f.rec.records))
	return false, nil
}

func (f *film) keep(m network.Model, epoch int, objective float64) {
	if slices.Contains(f.at, epoch) {
		f.frames = append(f.frames, outcome.Frame{Epoch: epoch, Objective: objective, W: slices.Clone(m.Synapses())})
	}
}
