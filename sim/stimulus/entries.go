package stimulus

import (
	"cmp"
	"fmt"
	"slices"

	"partsnet/neuron"
)

// MaxStimuli bounds the stimuli and the neurons of a set of counts.
const MaxStimuli = 1 << 24

// MaxCount is the largest count of a word in a document.
const MaxCount = 1<<31 - 1

// entries are rates above zero on their way into a set, in the order of the file.
type entries struct {
	stimulus, neuron []int32
	rate             []float64
}

// add adds an entry, both indices from 0.
func (e *entries) add(stimulus, neuron int, rate float64) {
	e.stimulus, e.neuron, e.rate = append(e.stimulus, int32(stimulus)), append(e.neuron, int32(neuron)), append(e.rate, rate)
}

// set returns the entries as a set of that many stimuli and neurons. Two entries of
// one stimulus and neuron are an error, which counts them from 1 as the files do.
func (e *entries) set(stimuli, neurons int) (*Set, error) {
	e.sort()
	start := make([]int, stimuli+1)
	for k, i := range e.stimulus {
		if k > 0 && e.stimulus[k-1] == i && e.neuron[k-1] == e.neuron[k] {
			return nil, fmt.Errorf("stimulus %d has neuron %d twice (both counted from 1)", i+1, e.neuron[k]+1)
		}
		start[i+1]++
	}
	for i := range stimuli {
		start[i+1] += start[i]
	}
	e.stimulus = nil
	counts, err := neuron.CountsOf(neurons, start, slices.Clip(e.neuron), slices.Clip(e.rate))
	return &Set{Counts: counts, Count: stimuli, Size: neurons}, err
}

// sort brings the entries into the order of stimuli and, in each, of neurons.
func (e *entries) sort() {
	before := func(k, l int) int {
		return cmp.Or(cmp.Compare(e.stimulus[k], e.stimulus[l]), cmp.Compare(e.neuron[k], e.neuron[l]))
	}
	sorted := true
	for k := 1; sorted && k < len(e.rate); k++ {
		sorted = before(k-1, k) <= 0
	}
	if sorted {
		return
	}
	order := make([]int, len(e.rate))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, before)
	var out entries
	for _, k := range order {
		out.add(int(e.stimulus[k]), int(e.neuron[k]), e.rate[k])
	}
	*e = out
}

// transposed returns counts with stimuli and neurons exchanged.
func transposed(c *neuron.Counts[float64]) *neuron.Counts[float64] {
	_, index, _ := c.Held()
	start := make([]int, c.Neurons()+1)
	for _, j := range index {
		start[j+1]++
	}
	for j := range c.Neurons() {
		start[j+1] += start[j]
	}
	at := slices.Clone(start)
	stimulus, rate := make([]int32, len(index)), make([]float64, len(index))
	for i := range c.Stimuli() {
		c.Each(i, func(j int, x float64) {
			stimulus[at[j]], rate[at[j]] = int32(i), x
			at[j]++
		})
	}
	turned, err := neuron.CountsOf(c.Stimuli(), start, stimulus, rate)
	if err != nil {
		panic(err) // the order of stimuli is the order of their visits
	}
	return turned
}
