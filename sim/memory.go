package sim

import (
	"fmt"
	"runtime"
	"unsafe"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// extent is what a run has to hold.
type extent struct {
	stimuli, visible int
	held             int  // rates of the stimuli: all of them, or the counts above zero
	dense            bool // or counts
}

// topicWords is the number of different words of a generated document at the most, in
// the mean, and topicVocabulary of all.
const topicWords, topicVocabulary = 80, 220

// announced returns what a run will have to hold as far as that is known before its
// stimuli are made or read: of generators and of arrays whose header says it.
func announced(x *experiment.Experiment) (e extent, ok bool) {
	if m, n := generatedSize(x); n > 0 {
		return extent{m, n, m * n, true}, true
	}
	if x.Stimulus.Path == "" && x.Stimulus.Generator == "topics" {
		return extent{x.Stimulus.Count, topicVocabulary, x.Stimulus.Count * topicWords, false}, true
	}
	if m, n, ok := stimulus.Announced(x.Stimulus.Path); ok && x.Stimulus.Transpose {
		return extent{n, m, m * n, true}, true
	} else if ok {
		return extent{m, n, m * n, true}, true
	}
	return extent{}, false
}

// estimate returns the bytes that the stimuli take and all that a run takes at the most:
// while they are read, or while it learns and measures. Measures work in float64 and
// turn the hidden rates round. The peaks of runs of 50 to
// 200 MB were 0.67 to 0.91 of it.
func estimate[T kernel.Float](x *experiment.Experiment, e extent) (stimuli, most float64) {
	const (
		program   = 25e6 // without any stimuli
		uncleared = 1.1  // garbage that was not collected yet
	)
	size := float64(unsafe.Sizeof(T(0)))
	m, n, r, held := float64(e.stimuli), float64(e.visible), float64(x.Hidden), float64(e.held)
	copied := 0.0 // what a copy in float64 takes beside numbers of another precision
	if size != 8 {
		copied = 8
	}
	var reading, arrays float64
	if e.dense {
		stimuli, reading, arrays = held*size, held*8, 4+float64(network.Groups(e.stimuli))
		if copied > 0 {
			reading += held * size
		}
	} else {
		stimuli, reading, arrays = held*(4+size), held*24, 3
	}
	if x.Stimulus.Map {
		stimuli, reading = 0, 0
	}
	learners := 1.0
	if x.Restarts > 1 {
		learners += float64(min(x.Restarts, runtime.GOMAXPROCS(0))) // the best so far beside those that learn
	}
	learning := stimuli + learners*size*r*(m+arrays*n) + (8+copied)*m*r + copied*r*n
	if !e.dense {
		learning += stimuli // once more, by visible neuron
	}
	if x.Learning.Batch > 0 {
		learning += 2 * size * r * n // what online rules remember
	}
	learning += 8 * r * n * float64(x.Look.Frames)
	for _, c := range x.Constraints[1:] {
		learning += 8*(m*r+r*n) + copied*m*n
		if c == experiment.Orthonormal {
			smaller := min(m, n)
			learning += 8 * (m*n + 2*smaller*smaller)
		}
	}
	return stimuli, program + uncleared*max(reading, learning)
}

// affordable returns an error if a run takes more memory than there is beside the bytes
// that it has taken already.
func affordable[T kernel.Float](x *experiment.Experiment, e extent, taken float64) error {
	_, need := estimate[T](x, e)
	have, ok := available()
	if need -= taken; !ok || need <= have {
		return nil
	}
	return &RequestError{fmt.Errorf("learning %d stimuli of %d visible with %d hidden neurons needs about %.1f GiB of memory, and %.1f GiB are to be had; choose fewer hidden neurons, precision = \"float32\", or stimulus.map = true for dense stimuli in an .npy file",
		e.stimuli, e.visible, x.Hidden, need/(1<<30), have/(1<<30))}
}
