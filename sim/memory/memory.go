// Package memory estimates the memory that a run takes, before its stimuli are read and
// again when they are known, and says how much there is.
package memory

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// Announced returns what a run will have to hold as far as that is known before its
// stimuli are made or read: of generators and of arrays whose header says it.
func Announced(x *experiment.Experiment) (e network.Extent, ok bool) {
	if g, ok := x.Generator(); ok {
		return g.Extent(), true
	}
	if m, n, ok := stimulus.PeekShape(x.Stimulus.Path); ok && x.Stimulus.Transpose {
		return network.DenseExtent(n, m), true
	} else if ok {
		return network.DenseExtent(m, n), true
	}
	return network.Extent{}, false
}

// Need is the memory that a run takes, in bytes, but for the program itself.
type Need struct {
	Stimuli  float64 // while the run learns
	Reading  float64 // at most while stimuli are made or read
	Learning float64 // at most afterwards, with the stimuli
	Drawing  float64 // by figures, which are drawn side by side
}

const (
	program   = 25e6 // bytes that the program takes without any stimuli
	drawing   = 40e6 // bytes that figures take which are drawn side by side
	uncleared = 1.2  // with the garbage that the collector leaves at most
)

// Most returns all that a run takes at most.
func (n Need) Most() float64 { return program + n.Drawing + uncleared*max(n.Reading, n.Learning) }

// Further returns what a run takes at most when it has read its stimuli.
func (n Need) Further() float64 { return n.Drawing + uncleared*n.Learning - n.Stimuli }

// Of returns the memory that a run takes. Peaks of runs were 0.6 to 1 of it.
func Of(x *experiment.Experiment, e network.Extent) Need {
	e.Missing = e.Missing || x.Masks()
	size := sizeOf(x)
	held := float64(e.Held)
	var n Need
	switch {
	case x.Stimulus.Map:
	case e.Dense:
		n.Stimuli = held * size
		n.Reading = held * denseReading(x)
		if size != 8 {
			n.Reading += n.Stimuli
		}
	default:
		n.Stimuli, n.Reading = held*(4+size), held*countReading
	}
	n.Learning = n.Stimuli + learnersNeed(x, e)
	if stack := stackNeed(x, e); stack > 0 {
		n.Learning = max(n.Learning, n.Stimuli+stack)
	}
	n.Learning += comparedNeed(x, e) + bootstrapNeed(x, e)
	if len(x.Figures) > 0 {
		n.Drawing = drawing
	}
	return n
}

// sizeOf returns the bytes of a number in the precision of a run.
func sizeOf(x *experiment.Experiment) float64 {
	if e, err := network.In(x.Precision); err == nil {
		return float64(e.Bytes())
	}
	return 8
}

// countReading is the memory that a count takes while it is read, in bytes: as an entry of
// a list, as one of its stimulus, in two bytes, and in the lines and lists that were left.
const countReading = 16 + 12 + 2 + 6

// denseReading returns the memory that a rate takes while it is made or read, in bytes.
func denseReading(x *experiment.Experiment) float64 {
	bytes := 8.0 // what is generated is made in its place
	if x.Stimulus.Path != "" {
		bytes = stimulus.ReadingBytes(x.Stimulus.Path)
		if x.Several() {
			bytes = stimulus.SeveralBytes
		}
	}
	if x.Stimulus.Transpose {
		bytes += 8
	}
	return bytes
}

// learnersNeed returns what those take that learn side by side, and what looks at them.
func learnersNeed(x *experiment.Experiment, e network.Extent) float64 {
	tried := x.Tried()
	n, r := float64(e.Visible), float64(slices.Max(tried))
	sum := 0.0
	for _, hidden := range tried { // the best so far of each number of hidden neurons
		kept := float64(hidden) * n
		sum += footprint(x, e, hidden) + 8*kept*float64(x.Look.Frames)
		if x.Stability() && x.Restarts > 1 {
			sum += 8 * kept * float64(x.Restarts)
		}
	}
	if learners := x.Attempts(); learners > 1 { // and those that learn
		sum += float64(min(learners, runtime.GOMAXPROCS(0))) * footprint(x, e, int(r))
	}
	return sum + 8*(2*r*n+r*r) // the census, of parts of unit length
}

// bootstrapNeed returns what a bootstrap takes: for each network that learns again a draw of stimuli, and the
// rates and synapses with which it begins; and the synapses of all repeats, as they are and of unit
// length.
func bootstrapNeed(x *experiment.Experiment, e network.Extent) float64 {
	repeats := x.Bootstrap.Repeats
	if repeats == 0 {
		return 0
	}
	tried := x.Tried()
	hidden := slices.Max(tried)
	m, n, r := float64(e.Stimuli), float64(e.Visible), float64(hidden)
	together := float64(min(repeats, runtime.GOMAXPROCS(0)))
	return together*(footprint(x, e, hidden)+float64(e.Held)*(8+sizeOf(x))+8*m*r) + 8*m*r + 8*r*n*float64(2*repeats+8)
}

// footprint returns what the network of an experiment holds while it learns from stimuli of
// that extent; 0 if its circuit or rule is unknown, which is refused elsewhere.
func footprint(x *experiment.Experiment, e network.Extent, hidden int) float64 {
	engine, err := network.In(x.Precision)
	if err != nil {
		return 0
	}
	plan, err := x.Plan()
	if err != nil {
		return 0
	}
	bytes, _ := engine.Footprint(network.Spec{
		Visible: neuron.Layer{Size: e.Visible}, Hidden: neuron.Layer{Size: hidden},
		Circuit: network.Choice{Name: x.Recognition.Circuit, Parameters: x.Recognition.Parameters},
		Rule:    network.Choice{Name: x.Learning.Rule, Parameters: x.Learning.Parameters},
		Plan:    plan, Workers: runtime.GOMAXPROCS(0),
	}, e)
	return bytes
}

// stackNeed returns what the layers above the first take while they are learned, with what
// is left of that one; 0 where there are none.
func stackNeed(x *experiment.Experiment, e network.Extent) float64 {
	if len(x.Stack.Hidden) == 0 {
		return 0
	}
	size := sizeOf(x)
	m, n, below := float64(e.Stimuli), float64(e.Visible), float64(slices.Max(x.Tried()))
	kept := size * (4*below*n + m*below)
	most := 0.0
	for _, hidden := range x.Stack.Hidden {
		r := float64(hidden)
		layer := footprint(x, network.DenseExtent(e.Stimuli, int(below)), hidden)
		through := 5 * size * r * n // drawn through to the visible layer
		most = max(most, kept+size*m*below+layer+through)
		kept += size * r * below
		below = r
	}
	if x.Stack.Joint > 0 {
		most = max(most, 2*kept+2*size*below*n+footprint(x, network.DenseExtent(e.Stimuli, e.Visible), int(below)))
	}
	return most
}

// comparedNeed returns what networks under other constraints take, which work in float64.
func comparedNeed(x *experiment.Experiment, e network.Extent) (sum float64) {
	m, n, r := float64(e.Stimuli), float64(e.Visible), float64(slices.Max(x.Tried()))
	copied := 0.0
	if sizeOf(x) != 8 {
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

// Affordable returns an error if a run takes more memory than there is. What was read or
// made and is not used any more is given back before it says so.
func Affordable(x *experiment.Experiment, e network.Extent, need float64) error {
	have, ok := available()
	if ok && need > have {
		debug.FreeOSMemory()
		have, ok = available()
	}
	if !ok || need <= have {
		return nil
	}
	return &experiment.RequestError{Err: fmt.Errorf("learning %d stimuli of %d visible with %d hidden neurons needs about %s of memory, but only %s is available; choose fewer hidden neurons, precision = \"float32\", or stimulus.map = true for dense stimuli in an .npy file, or raise the limit",
		e.Stimuli, e.Visible, slices.Max(x.Tried()), InBytes(need), InBytes(have))}
}

// Available returns the bytes of memory that this process can still take; ok is false where that is
// not known.
func Available() (bytes float64, ok bool) { return available() }

// InBytes returns a size for people.
func InBytes(bytes float64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.0f MiB", bytes/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", bytes/(1<<30))
}
