package sim

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"unsafe"

	"partsnet/internal/kernel"
	"partsnet/learning"
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

// need is the memory that a run takes, in bytes, but for the program itself.
type need struct {
	stimuli  float64 // while the run learns
	reading  float64 // at the most while stimuli are made or read
	learning float64 // at the most afterwards, with the stimuli
}

const (
	program   = 25e6 // bytes that the program takes without any stimuli
	uncleared = 1.2  // with the garbage that the collector leaves at the most
)

// most returns all that a run takes at the most.
func (n need) most() float64 { return program + uncleared*max(n.reading, n.learning) }

// further returns what a run takes at the most when it has read its stimuli.
func (n need) further() float64 { return uncleared*n.learning - n.stimuli }

// estimate returns the memory that a run takes. Peaks of runs were 0.6 to 1 of it.
func estimate[T kernel.Float](x *experiment.Experiment, e extent) need {
	size := float64(unsafe.Sizeof(T(0)))
	held := float64(e.held)
	var n need
	switch {
	case x.Stimulus.Map:
	case e.dense:
		n.stimuli = held * size
		n.reading = held * denseReading(x)
		if size != 8 {
			n.reading += n.stimuli
		}
	default:
		n.stimuli, n.reading = held*(4+size), held*countReading
	}
	n.learning = n.stimuli + learnersNeed[T](x, e)
	if stack := stackNeed[T](x, e); stack > 0 {
		n.learning = max(n.learning, n.stimuli+stack)
	}
	n.learning += comparedNeed[T](x, e)
	return n
}

// countReading is the memory that a count takes while it is read, in bytes: as an entry of
// a list, as one of its stimulus, in two bytes, and in the lines and lists that were left.
const countReading = 16 + 12 + 2 + 6

// denseReading returns the memory that a rate takes while it is made or read, in bytes: 8
// and what is beside it.
func denseReading(x *experiment.Experiment) float64 {
	name, bytes := strings.ToLower(x.Stimulus.Path), 8.0
	ends := func(suffix string) bool { return strings.HasSuffix(name, suffix) }
	switch {
	case name == "", ends(".npy"), ends("ubyte"), ends(".idx"): // made or read at once
	case ends(".csv"), ends(".tsv"), ends(".txt"), ends(".csv.gz"), ends(".tsv.gz"), ends(".txt.gz"), ends(".mtx"), ends(".mtx.gz"):
		bytes += 12 // a list that has grown by a quarter, and what was left of it before
	case strings.Contains(name, ".mat"):
		bytes += 16 // pieces and columns
	default:
		bytes += 8 // pieces, or images
	}
	if x.Stimulus.Transpose {
		bytes += 8
	}
	return bytes
}

// learnersNeed returns what those take that learn side by side, and what looks at them.
func learnersNeed[T kernel.Float](x *experiment.Experiment, e extent) float64 {
	size, workers := float64(unsafe.Sizeof(T(0))), float64(runtime.GOMAXPROCS(0))
	m, n, r := float64(e.stimuli), float64(e.visible), float64(x.Hidden)
	groups := float64(network.Groups(e.stimuli))
	arrays, gaussian := 3.0, 0.0 // of the size of the synapses, and of r×r
	if e.dense {
		arrays = 4 + groups
	}
	if x.Learning.Batch > 0 {
		arrays += 3 // the sum of a batch, and what online rules remember
	}
	if x.Separate {
		arrays += 4
	}
	beside := 0.0
	if c, err := experiment.Circuit[T](x); err == nil {
		if _, likelihood := c.Nature().Objective.(learning.Likelihood); !likelihood {
			gaussian = 2 + groups
		}
		if _, ok := c.(network.Competitive[T]); ok {
			gaussian += 2
		}
		if h, ok := c.(*network.PredictiveHierarchy[T]); ok {
			beside += 4 * h.Upper * r
		}
	}
	one := size * (r*m + arrays*r*n + gaussian*r*r + beside)
	one += size * workers * network.BlockRows * 2 * (r + n)
	learners := 1.0
	if x.Restarts > 1 {
		learners += min(float64(x.Restarts), workers) // the best so far beside those that learn
	}
	sum := learners * one
	if !e.dense {
		sum += float64(e.held) * (4 + size) // once more, by visible neuron
	}
	if slices.Contains(x.Measures, stability) && x.Restarts > 1 {
		sum += 8 * r * n * float64(x.Restarts)
	}
	sum += 8 * r * n * float64(x.Look.Frames)
	return sum + 8*(2*r*n+r*r) // the census, of parts of unit length
}

// stackNeed returns what the layers above the first take while they are learned, with what
// is left of that one; 0 where there are none.
func stackNeed[T kernel.Float](x *experiment.Experiment, e extent) float64 {
	if len(x.Stack.Hidden) == 0 {
		return 0
	}
	size := float64(unsafe.Sizeof(T(0)))
	m, n, below := float64(e.stimuli), float64(e.visible), float64(x.Hidden)
	accumulators := float64(network.Groups(e.stimuli))
	kept := 4*below*n + m*below
	most := 0.0
	for _, hidden := range x.Stack.Hidden {
		r := float64(hidden)
		layer := m*(below+r) + (4+accumulators)*r*below + 2*r*r
		through := 5 * r * n // drawn through to the visible layer
		most = max(most, kept+layer+through)
		kept += r * below
		below = r
	}
	if x.Stack.Joint > 0 {
		most = max(most, 2*kept+m*below+(6+accumulators)*below*n)
	}
	return size * most
}

// comparedNeed returns what networks under other constraints take, which work in float64.
func comparedNeed[T kernel.Float](x *experiment.Experiment, e extent) (sum float64) {
	m, n, r := float64(e.stimuli), float64(e.visible), float64(x.Hidden)
	copied := 0.0
	if unsafe.Sizeof(T(0)) != 8 {
		copied = 8
	}
	for _, c := range x.Constraints[1:] {
		sum += 8*(m*r+r*n) + copied*m*n
		if c == experiment.Orthonormal {
			smaller := min(m, n)
			sum += 8 * (m*n + 2*smaller*smaller)
		}
	}
	return sum
}

// affordable returns an error if a run takes more memory than there is. What was read or
// made and is not used any more is given back before it says so.
func affordable(x *experiment.Experiment, e extent, need float64) error {
	have, ok := available()
	if ok && need > have {
		debug.FreeOSMemory()
		have, ok = available()
	}
	if !ok || need <= have {
		return nil
	}
	return &RequestError{Err: fmt.Errorf("learning %d stimuli of %d visible with %d hidden neurons needs about %s of memory, and %s are to be had beside what the program takes; choose fewer hidden neurons, precision = \"float32\", or stimulus.map = true for dense stimuli in an .npy file, or raise the limit",
		e.stimuli, e.visible, x.Hidden, inBytes(need), inBytes(have))}
}

// inBytes returns a size for people.
func inBytes(bytes float64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.0f MiB", bytes/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", bytes/(1<<30))
}
