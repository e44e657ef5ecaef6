package recorded

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"partsnet/network"
	"partsnet/sim/experiment"
)

// Array is what a recorder writes, frames × the axes of a frame.
type Array struct {
	File  string // its name in the folder
	Is    string // what its numbers are
	Every int    // of the clock, from one frame to the next
	Clock Axis   // the frames that there will be at most
	Frame []Axis // of a frame, the slowest first

	rows int // of a frame: stimuli, or neurons from which a projection comes
	// row returns a row of a frame, as long as the last axis, for reading.
	row func(s Source, row int) []float64
}

// Source is a network from which a frame is taken.
type Source interface {
	Hidden(stimulus int) []float64               // hidden rates
	Visible(stimulus int) []float64              // visible rates as they are shown, 0 where one is missing
	Shows(stimulus, neuron int) bool             // whether a visible rate is known
	Predict(h []float64) []float64               // the prediction of hidden rates
	Spikes(stimulus int) []float64               // of each visible neuron so far
	Readables() []network.Readable               // projections and variables
	Observe(name string, stimulus int) []float64 // an observable of the circuit
}

// Network is what is known of a network and its stimuli before it runs.
type Network struct {
	Stimuli, Visible, Hidden int
	StimulusIs               string                             // what a stimulus is called; "" for that
	StimulusNumbers          []int                              // by which each is known; nil for those from 0
	StimulusNames            []string                           // or nil
	VisibleNames             []string                           // or nil
	Find                     func(stimulus string) (int, error) // or nil
	Readables                []network.Readable
	Observables              []network.Observable
}

// Plan returns the arrays of recorders on a clock that goes from 0 to last.
func Plan(recorders []experiment.Recorder, n Network, c Clock, last int) (all []*Array, err error) {
	for k := range recorders {
		r := &recorders[k]
		a, err := n.plan(r)
		if err != nil {
			return nil, fmt.Errorf("recorder[%d].%w", k+1, err)
		}
		a.File, a.Every, a.Clock = r.File()+".npy", r.Every, c.axis(r.Every, last)
		all = append(all, a)
	}
	return all, nil
}

// plan returns the array of a recorder, without its clock.
func (n *Network) plan(r *experiment.Recorder) (*Array, error) {
	if !r.OfStimuli() {
		return n.ofProjection(r)
	}
	stimuli, err := n.stimuli(r.Stimuli)
	if err != nil {
		return nil, err
	}
	rows := stimuli.Numbers
	if n.StimulusNumbers != nil {
		stimuli.Numbers = nil
		for _, k := range rows {
			stimuli.Numbers = append(stimuli.Numbers, n.StimulusNumbers[k])
		}
	}
	q, over, size := quantities[r.Of], "visible", 0
	if r.Of == experiment.OfHidden {
		over = "hidden"
	}
	if k := slices.IndexFunc(n.Observables, func(o network.Observable) bool { return o.Name == r.Of }); k >= 0 {
		o := n.Observables[k]
		over, size = o.Population, o.Size
		q = quantity{o.Is, func(s Source, stimulus int) []float64 { return s.Observe(o.Name, stimulus) }}
	}
	neurons, err := n.neurons("neurons", over, r.Neurons, size)
	if err != nil {
		return nil, err
	}
	if r.Of == experiment.OfSpikes {
		q.row = since(q.row)
	}
	out := make([]float64, neurons.Len())
	return &Array{Is: q.is, Frame: []Axis{stimuli, neurons}, rows: stimuli.Len(), row: func(s Source, row int) []float64 {
		all := q.row(s, rows[row])
		for k, j := range neurons.Numbers {
			out[k] = all[j]
		}
		return out
	}}, nil
}

// stimuli returns the axis of the stimuli that are wanted, by their place among all.
func (n *Network) stimuli(wanted []string) (Axis, error) {
	is := cmp.Or(n.StimulusIs, "stimulus")
	find := func(name string) (int, bool) {
		if n.Find != nil {
			k, err := n.Find(name)
			return k, err == nil
		}
		if k := slices.Index(n.StimulusNames, name); k >= 0 {
			return k, true
		}
		for k, number := range n.StimulusNumbers {
			if name == strconv.Itoa(number) {
				return k, true
			}
		}
		return 0, false
	}
	count := n.Stimuli
	if n.StimulusNumbers != nil && len(wanted) > 0 { // a number is one of these
		for _, name := range wanted {
			if _, ok := find(name); !ok {
				return Axis{}, fmt.Errorf("stimuli = %q; allowed is one that is shown: %v %q", name, n.StimulusNumbers, n.StimulusNames)
			}
		}
	}
	return chosen("stimuli", is, wanted, count, n.StimulusNames, find)
}

// neurons returns the axis of the neurons of a population; size is that of one which is neither the
// visible nor the hidden layer.
func (n *Network) neurons(key, population string, wanted []string, size int) (Axis, error) {
	var names []string
	switch population {
	case "visible":
		size, names = n.Visible, n.VisibleNames
	case "hidden":
		size = n.Hidden
	}
	return chosen(key, population+" neuron", wanted, size, names, nil)
}

// ofProjection returns the array of a projection, or of variables.
func (n *Network) ofProjection(r *experiment.Recorder) (*Array, error) {
	at, err := r.Projection(n.Readables)
	if err != nil {
		return nil, err
	}
	p := n.Readables[at]
	if p.Rows == "" {
		neurons, err := n.neurons("neurons", p.Columns, r.Neurons, p.Shape[1])
		if err != nil {
			return nil, err
		}
		return &Array{Is: strings.TrimSuffix(p.Name, "s"), Frame: []Axis{neurons}, rows: 1, row: picked(at, []int{0}, neurons.Numbers)}, nil
	}
	rows, err := n.neurons("neurons", p.Rows, r.Neurons, p.Shape[0])
	if err != nil {
		return nil, err
	}
	columns, err := n.neurons("onto", p.Columns, r.Onto, p.Shape[1])
	if err != nil {
		return nil, err
	}
	rows.Side, columns.Side = "from", "onto"
	if p.Role == network.Recognition.String() {
		rows.Side, columns.Side = columns.Side, rows.Side
	}
	name := p.Name
	if name == network.SynapsesArray {
		name = p.Rows + "→" + p.Columns
	}
	return &Array{Is: "synapse " + name, Frame: []Axis{rows, columns}, rows: rows.Len(), row: picked(at, rows.Numbers, columns.Numbers)}, nil
}

// picked returns rows and columns of a readable array.
func picked(at int, rows, columns []int) func(s Source, row int) []float64 {
	out := make([]float64, len(columns))
	return func(s Source, row int) []float64 {
		all := s.Readables()[at].Row(rows[row])
		for k, j := range columns {
			out[k] = all[j]
		}
		return out
	}
}

// All returns all axes, that of the frames first.
func (a *Array) All() []Axis { return append([]Axis{a.Clock}, a.Frame...) }

// shape returns the lengths of all axes for a number of frames.
func (a *Array) shape(frames int) []int {
	shape := []int{frames}
	for _, axis := range a.Frame {
		shape = append(shape, axis.Len())
	}
	return shape
}

// numbers returns how many numbers a frame has.
func (a *Array) numbers() int {
	product := 1
	for _, axis := range a.Frame {
		product *= axis.Len()
	}
	return product
}

// frames returns how many frames are taken up to a time of the clock.
func (a *Array) frames(at int) int { return at/a.Every + 1 }
