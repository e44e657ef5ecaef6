package network

import (
	"unsafe"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// Extent is the size of the stimuli from which a network learns.
type Extent struct {
	Stimuli, Visible int
	Held             int  // rates that are held: all of them, or the counts above zero
	Dense            bool // all are held
	Missing          bool // entries are missing
}

// DenseExtent is the extent of stimuli of which all rates are held.
func DenseExtent(stimuli, visible int) Extent {
	return Extent{Stimuli: stimuli, Visible: visible, Held: stimuli * visible, Dense: true}
}

// What a worker takes for its kernels, and a network for all that is small, in bytes.
const (
	scratchBytes = 2 * blockRows * 1600
	smallBytes   = 40_000
)

// Footprint returns the memory that a network and its learner hold while they learn from
// stimuli of that extent, in bytes, without the stimuli. It follows the allocations of
// [New] and [NewLearner]: change both together.
func (engine[T]) Footprint(s Spec, e Extent) (float64, error) {
	circuit, err := CircuitNamed[T](s.Circuit.Name)
	if err != nil {
		return 0, err
	}
	learning.Assign(circuit, s.Circuit.Parameters)
	rule, err := learning.RuleNamed[T](s.Rule.Name)
	if err != nil {
		return 0, err
	}
	learning.Assign(rule, s.Rule.Parameters)

	p := s.Plan
	size, workers := float64(unsafe.Sizeof(T(0))), float64(s.Workers)
	m, n, r := float64(e.Stimuli), float64(e.Visible), float64(s.Hidden.Size)
	synapses, panels := r*n, float64(kernel.PanelsLen[T](s.Hidden.Size, e.Visible))
	spread := e.Dense || e.Missing || p.Untied || learning.Has[DenseOnly](circuit) // blocks hold all rates
	visible := !spread && p.Batch == 0                                             // see visiblePass
	severalRuns := e.Stimuli > stimuliOfRun(s.Hidden.Size)

	numbers := m * r
	projections := 1.0
	if p.Untied {
		projections = 2
	}
	numbers += 2 * projections * synapses // weights and proposals
	switch {
	case spread:
		numbers += projections * panels // as kernels read them
	case !visible:
		numbers += synapses // by visible neuron
	case severalRuns:
		numbers += 3 * synapses // by visible neuron, sums and coincidences
	default:
		if p.Order == Simultaneous {
			numbers += synapses // by visible neuron
		}
		numbers += workers * 2 * blockRows * r
	}

	groups, all := float64(p.partition(e.Stimuli).groups()), float64(partition{e.Stimuli}.groups())
	one := rule.NewAccumulator(1, 1)
	columns := e.Dense && !e.Missing && byColumns(rule, p, s.Hidden.Size, e.Visible) // see columnsPass
	sums := summed(one, r, n)
	if visible || columns {
		sums -= summed(&learning.Accumulator[T]{Coincidence: one.Coincidence}, r, n)
	}
	numbers += groups * sums
	sends := e.Missing && learning.Has[learning.ReadsSent](rule)
	if sends {
		numbers += groups * synapses
	}
	if (visible && !severalRuns || columns) && one.Overlap != nil {
		numbers += synapses // coincidences
	}
	if columns {
		numbers += workers * float64(levelsOf(partition{e.Stimuli}.groups())*kernel.ChunkColumns[T]()) * r
	}
	if e.Dense && p.Batch > 0 {
		numbers += all * synapses // of Optimality
	}
	if learning.Has[learning.ByColumn](rule) { // rates by hidden neuron, and what each job reads together
		numbers += m*r + proposalJobs*(16*m+4*r)
		if !e.Dense || !p.Noise.None() {
			numbers += m*n + proposalJobs*r*m
		}
	}
	if rule, ok := rule.(learning.Remembering[T]); ok {
		if memory := rule.NewMemory(1, 1); memory != nil {
			numbers += summed(memory, r, n)
			if sends {
				numbers += synapses
			}
		}
	}
	if _, ok := circuit.(LateralInhibitor[T]); ok {
		numbers += 2 * r * r // weights, and the proposal or what replaces derived weights
		if _, learns := circuit.(Plastic[T]); !learns && !spread {
			numbers += panels // W Wᵀ is computed from the packed weights
		}
	}
	for _, m := range []learning.Mechanism{circuit, rule} {
		if memory := m.Describe().Memory; memory != nil {
			numbers += memory(s.Hidden.Size, e.Visible)
		}
		if memory := m.Describe().WorkerMemory; memory != nil {
			numbers += workers * memory(s.Hidden.Size, e.Visible, spread)
		}
	}
	cut := map[string]bool{} // what was cut of a projection
	for k := range p.Events {
		if e := &p.Events[k]; e.Kind == Cut && !cut[e.projection()] {
			cut[e.projection()] = true
			numbers += map[string]float64{CutGenerative: synapses, CutFeedforward: synapses, CutLateral: r * r}[e.projection()]
		}
	}
	if !p.Noise.None() {
		numbers += workers * min(blockRows, m) * n
	}
	if len(p.Events) > 0 { // rates and drive before events
		numbers += workers * min(blockRows, m) * 2 * r
	}
	numbers += workers * blockRows * 2 * r // drive and inhibition
	// What circuits, rules and batches keep with each stimulus of a block: at most two further
	// rates of every hidden neuron, the error units, and a copy of the stimulus.
	rows := workers * min(blockRows, m)
	numbers += rows * 2 * r
	if !visible {
		numbers += rows * 2 * n
	}
	if e.Missing { // what is seen, and the prediction of what is seen
		numbers += rows * 4 * n
		if learning.Has[Resting](circuit) && r <= overlapMost {
			numbers += rows*r*r + workers*synapses // overlaps of what is seen
		}
		if e.Dense {
			numbers += all * synapses // what Optimality finds that synapses send
		}
	}
	bytes := size*numbers + workers*scratchBytes + smallBytes
	bytes += 8 * 2 * r * r // W Wᵀ in float64, for the objective of counts and the census
	if _, ok := circuit.(Spiking[T]); ok {
		bytes += rows * 16 * n // where neurons begin to fire, in float64, with what append adds
	}
	if visible {
		bytes += float64(e.Held)*(4+size) + 8*n // counts by visible neuron
	}
	return bytes, nil
}

// summed returns how many numbers an accumulator has for r hidden and n visible neurons
// that has the fields of one.
func summed[T neuron.Float](one *learning.Accumulator[T], r, n float64) (numbers float64) {
	for k, size := range [...]float64{r * n, r * r, r} {
		if one.Fields()[k] != nil {
			numbers += size
		}
	}
	return numbers
}
