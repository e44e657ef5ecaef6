package stimulus

import (
	"fmt"
	"iter"
	"slices"
	"sort"

	"partsnet/neuron"
)

// MaxStimuli bounds the stimuli and the neurons of a set of counts.
const MaxStimuli = 1 << 24

// maxCount is the largest count of a word in a document.
const maxCount = 1<<31 - 1

// entries are rates above zero on their way into a set, in the order of the file.
type entries struct {
	chunks [][]sparseEntry // full but the last, so that nothing moves where they grow
	count  int

	first  int     // line of the first entry; 0 in a format without lines
	shifts []shift // what to add to the lines of entries
}

// sparseEntry is one rate, both indices from 0.
type sparseEntry struct {
	stimulus, neuron int32
	rate             float64
}

// chunk is the number of entries of a chunk.
const chunk = 1 << 14

// shift says by how much the lines of the entries from one on are shifted.
type shift struct{ from, by int }

// skip notes a line without an entry.
func (e *entries) skip() { e.shifts = append(e.shifts, shift{e.count, 1}) }

// repeat notes that the next entry stands in the line of the one before it.
func (e *entries) repeat() { e.shifts = append(e.shifts, shift{e.count, -1}) }

// add adds an entry, both indices from 0.
func (e *entries) add(stimulus, neuron int, rate float64) {
	if e.count%chunk == 0 {
		e.chunks = append(e.chunks, make([]sparseEntry, 0, chunk))
	}
	last := &e.chunks[len(e.chunks)-1]
	*last = append(*last, sparseEntry{int32(stimulus), int32(neuron), rate})
	e.count++
}

// Stimuli and neurons take memory though they have no entry, and a header of a few bytes
// could ask for all of it: more than emptyFreely may be of either if there is an entry for
// every emptyShare of them.
const (
	emptyFreely = 1 << 20
	emptyShare  = 16
)

// set returns the entries as a set of that many stimuli and neurons. Two entries of
// one stimulus and neuron are an error, which counts them from 1 as the files do.
func (e *entries) set(stimuli, neurons int) (*Set, error) {
	if most := max(emptyFreely, emptyShare*e.count); stimuli > most || neurons > most {
		return nil, fmt.Errorf("%d entries for %d stimuli of %d neurons; allowed are %d of each with so few", e.count, stimuli, neurons, most)
	}
	start := make([]int, stimuli+1)
	for x := range e.all() {
		start[x.stimulus+1]++
	}
	for i := range stimuli {
		start[i+1] += start[i]
	}
	at := slices.Clone(start)
	index, rate := make([]int32, e.count), make([]float64, e.count)
	for x := range e.all() {
		index[at[x.stimulus]], rate[at[x.stimulus]] = x.neuron, x.rate
		at[x.stimulus]++
	}
	for i := range stimuli {
		row := byNeuron{index[start[i]:start[i+1]], rate[start[i]:start[i+1]]}
		if !sort.IsSorted(row) {
			sort.Sort(row)
		}
		for k := 1; k < row.Len(); k++ {
			if row.neuron[k] == row.neuron[k-1] {
				return nil, fmt.Errorf("%sstimulus %d has neuron %d twice (both counted from 1)", e.second(i, row.neuron[k]), i+1, row.neuron[k]+1)
			}
		}
	}
	counts, err := neuron.CountsOf(neurons, start, index, rate)
	return &Set{Counts: counts, Count: stimuli, Size: neurons}, err
}

// withZeros is [entries.set] of a file in which that many entries were zero, which are no
// entries of a set; it says so.
func (e *entries) withZeros(zeros, stimuli, neurons int) (*Set, error) {
	set, err := e.set(stimuli, neurons)
	if err == nil && zeros > 0 {
		set.Read = append(set.Read, number(zeros, "stored zero", "stored zeros")+" dropped")
	}
	return set, err
}

// all returns the entries in the order of the file.
func (e *entries) all() iter.Seq[sparseEntry] {
	return func(yield func(sparseEntry) bool) {
		for _, c := range e.chunks {
			for _, x := range c {
				if !yield(x) {
					return
				}
			}
		}
	}
}

// second says in which line a stimulus has a neuron for the second time, or nothing
// where there are no lines.
func (e *entries) second(stimulus int, neuron int32) string {
	seen, k := false, -1
	for x := range e.all() {
		if k++; int(x.stimulus) != stimulus || x.neuron != neuron {
			continue
		}
		if seen && e.first > 0 {
			line := e.first + k
			for _, s := range e.shifts {
				if s.from <= k {
					line += s.by
				}
			}
			return fmt.Sprintf("line %d: ", line)
		}
		seen = true
	}
	return ""
}

// byNeuron sorts the entries of a stimulus.
type byNeuron struct {
	neuron []int32
	rate   []float64
}

// Len returns the number of entries.
func (b byNeuron) Len() int { return len(b.neuron) }

// Less reports whether an entry stands before another.
func (b byNeuron) Less(k, l int) bool { return b.neuron[k] < b.neuron[l] }

// Swap exchanges two entries.
func (b byNeuron) Swap(k, l int) {
	b.neuron[k], b.neuron[l] = b.neuron[l], b.neuron[k]
	b.rate[k], b.rate[l] = b.rate[l], b.rate[k]
}

// transposed returns counts with stimuli and neurons exchanged.
func transposed(c *neuron.Counts[float64]) *neuron.Counts[float64] {
	index := c.Held().Index
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
