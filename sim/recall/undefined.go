package recall

import (
	"fmt"
	"math"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
)

// still is the share of the summed squares of stimuli below which their variation is rounding.
const still = 1e-12

// define takes from the losses those that say nothing of how well a stimulus is explained, which
// become NaN, and notes why: those of stimuli without any rate, which a prediction of 0 explains
// perfectly, or of which nothing is known, and infinite ones.
func (rec *Recognition) define(x *experiment.Experiment, in *inputs.Inputs, h network.Hidden, losses []float64) {
	var unknown, blank, floored, unpredicted []int
	largest := 0.0
	for i, loss := range losses {
		switch {
		case in.Unknown(i):
			unknown = append(unknown, i)
		case in.Blank(i):
			blank = append(blank, i)
		case !math.IsInf(loss, 1):
			continue
		case silent(h.Of(i)):
			floored = append(floored, i)
			in.Each(i, func(_ int, y float64) { largest = max(largest, y) })
		default:
			unpredicted = append(unpredicted, i)
		}
		losses[i] = math.NaN()
	}
	fires := "no visible neuron fires to"
	if in.Data.Seen() != nil {
		fires = "no visible neuron that is shown fires to"
	}
	if in.Set.Texts {
		fires = "no word that the network knows is in"
	}
	rec.note(in, unknown, "nothing is known of %s: it has no answer and no deviance")
	rec.note(in, blank, fires+" %s: it has no answer and no deviance")
	rec.note(in, floored, fmt.Sprintf("all hidden rates to %%s fell below floor = %v, as its values are at most %.3g: it has no answer and no deviance; scale it as the stimuli of the training were, or choose a lower floor", x.Floor, largest))
	rec.note(in, unpredicted, "a visible neuron fires to %s that no hidden neuron predicts, as all synapses onto it are 0: its deviance is infinite and is left out")
	rec.Undefined = len(unknown) + len(blank) + len(floored) + len(unpredicted)
}

// silent reports whether no hidden neuron fires.
func silent(h []float64) bool {
	for _, rate := range h {
		if rate > 0 {
			return false
		}
	}
	return true
}

// note adds a sentence about some stimuli, of which it names the first.
func (rec *Recognition) note(in *inputs.Inputs, stimuli []int, sentence string) {
	if stimuli == nil {
		return
	}
	which := fmt.Sprintf("stimulus %d", stimuli[0])
	if in.Set.Names != nil {
		which = fmt.Sprintf("stimulus %d (%s)", stimuli[0], in.Set.Names[stimuli[0]])
	}
	sentence = fmt.Sprintf(sentence, which)
	if more := len(stimuli) - 1; more > 0 {
		sentence += fmt.Sprintf("; so it is with %d more", more)
	}
	rec.Notes = append(rec.Notes, sentence)
}

// explain sets what is explained of the squared stimuli and of their variation, for the squared
// error that is left; each is NaN where there is nothing to explain, which is noted.
func (rec *Recognition) explain(in *inputs.Inputs, left float64) {
	c := in.Constants
	if c.Energy > 0 {
		rec.VAF = 1 - left/c.Energy
	}
	switch {
	case rec.Stimuli == 1:
		rec.Notes = append(rec.Notes, "variance is not defined for one stimulus, so that there is no explained variance; vaf is the share of its squared values that is explained")
	case c.Variation <= still*c.Energy:
		rec.Notes = append(rec.Notes, "all stimuli are the same, so that there is no variance to explain; vaf is the share of their squared values that is explained")
	default:
		rec.Explained = 1 - left/c.Variation
	}
}

// finiteSum returns the sum of the losses that are defined, and how many they are.
func finiteSum(losses []float64) (total float64, defined int) {
	for _, loss := range losses {
		if !math.IsNaN(loss) {
			total += loss
			defined++
		}
	}
	return total, defined
}
