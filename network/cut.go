package network

import (
	"cmp"
	"slices"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// rolesOfCuts are the roles of the projections that can be cut.
var rolesOfCuts = map[string]Role{CutGenerative: Generative, CutFeedforward: Recognition, CutLateral: Lateral, CutModulatory: Modulatory}

// projectionOf returns the number of the projection that an event cuts, −1 if there is none.
func (n *Network[T]) projectionOf(e *Event) int {
	return slices.IndexFunc(n.projections, func(p Projection[T]) bool { return p.Role == rolesOfCuts[e.projection()] })
}

// allowCuts makes room to remember what events cut: rules that add to weights would let cut
// synapses grow again, and weights that follow from others come back whenever these change.
func (n *Network[T]) allowCuts(events []Event) {
	for k := range events {
		if events[k].Kind != Cut {
			continue
		}
		if n.cut == nil {
			n.cut = make([][]T, len(n.projections))
		}
		if p := n.projectionOf(&events[k]); n.cut[p] == nil {
			n.cut[p] = make([]T, n.projections[p].Pre()*n.projections[p].Post())
		}
	}
}

// cuts returns what was cut, as part of a state.
func (n *Network[T]) cuts() (all []Array[T]) {
	for k, cut := range n.cut {
		if cut != nil {
			all = append(all, Array[T]{"cut of " + n.projections[k].Name(), n.projections[k].Pre(), cut})
		}
	}
	return all
}

// cutAway cuts the synapses that an event chooses among those that have a weight, and restores the
// normalisation of what is left.
func (n *Network[T]) cutAway(e *Event, kept synapse.Normalisation) error {
	k := n.projectionOf(e)
	p, cut := n.projections[k], n.cut[k]
	for _, i := range n.chosen(e, p) {
		cut[i] = 1
	}
	if p.Derived {
		n.versions = n.versions[:0] // the circuit makes it again, and what is cut is left out
		return n.refresh()
	}
	w := slices.Clone(p.Weights())
	if k >= n.own {
		kept = synapse.Free
	}
	sever(w, cut, p.Post(), kept)
	return p.Set(w)
}

// sever sets the weights of cut synapses to zero, and restores the normalisation of the rows of w
// that have lost a weight.
func sever[T neuron.Float](w, cut []T, cols int, kept synapse.Normalisation) {
	for from := 0; from < len(w); from += cols {
		lost := false
		for i := from; i < from+cols; i++ {
			if cut[i] != 0 && w[i] != 0 {
				w[i], lost = 0, true
			}
		}
		if lost {
			synapse.Rescale(kept, w[from:from+cols], cols)
		}
	}
}

// chosen returns the synapses of a projection that an event cuts, each as its place among the
// weights.
func (n *Network[T]) chosen(e *Event, p Projection[T]) (some []int) {
	w, post := p.Weights(), p.Post()
	// The inhibition of a neuron by itself is no synapse: it makes the rate one of the part alone.
	own := func(i int) bool { return p.Role == Lateral && i/post == i%post }
	for _, s := range e.Synapses {
		some = append(some, s[0]*post+s[1])
	}
	for _, a := range e.Neurons {
		for j := range post {
			some = append(some, a*post+j)
		}
	}
	if e.Fraction > 0 {
		for i, x := range w {
			if x != 0 && !own(i) {
				some = append(some, i)
			}
		}
		if len(some) == 0 {
			return nil
		}
		size := func(i int) float64 { return max(float64(w[i]), -float64(w[i])) }
		switch e.Choose {
		case Weakest:
			slices.SortStableFunc(some, func(i, k int) int { return cmp.Compare(size(i), size(k)) })
		case Strongest:
			slices.SortStableFunc(some, func(i, k int) int { return cmp.Compare(size(k), size(i)) })
		default:
			e.chance().Shuffle(len(some), func(i, k int) { some[i], some[k] = some[k], some[i] })
		}
		some = some[:shareOf(e.Fraction, len(some))]
	}
	return slices.DeleteFunc(some, own)
}

// cutDerived takes away what was cut of projections that the circuit has just made again.
func (n *Network[T]) cutDerived() error {
	for k, cut := range n.cut {
		if p := n.projections[k]; cut != nil && p.Derived {
			w := slices.Clone(p.Weights())
			sever(w, cut, p.Post(), synapse.Free)
			if err := p.Set(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// holding returns which hidden neurons do not learn, nil if all do, and the synapses of projection k that
// were cut, nil if none can be.
func (l *Learner[T]) holding(k int) (held []bool, cut []T) {
	if l.now != nil {
		held = l.now.held
	}
	if l.net.cut != nil {
		cut = l.net.cut[k]
	}
	return held, cut
}

// keep takes back what was proposed for synapses of projection k that do not learn or were cut. A rule
// that proposes by visible neuron has left them alone.
func (l *Learner[T]) keep(k int, c *learning.Change[T]) {
	if learning.Has[learning.VisibleWise](l.rule) {
		return
	}
	p := l.net.projections[k]
	n := p.Post()
	if c.Cut != nil {
		sever(l.proposed[k][c.From*n:c.To*n], c.Cut[c.From*n:c.To*n], n, learning.Kept(l.rule))
	}
	for a := c.From; a < c.To && c.Held != nil; a++ {
		if c.Held[a] {
			copy(l.proposed[k][a*n:(a+1)*n], p.Of(a))
		}
	}
}

// keepOwn does the same for the projections of the circuit.
func (l *Learner[T]) keepOwn() {
	for k := l.net.own; k < len(l.net.projections); k++ {
		p := l.net.projections[k]
		if p.Derived {
			continue
		}
		if l.now.holdsAll() {
			copy(l.proposed[k], p.Weights())
		}
		if l.net.cut != nil && l.net.cut[k] != nil {
			sever(l.proposed[k], l.net.cut[k], p.Post(), synapse.Free)
		}
	}
}
