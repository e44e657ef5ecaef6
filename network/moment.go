package network

import (
	"math/rand/v2"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// moment is what events do to the hidden neurons of a network from one time on, at which that
// changes, to the next. It is read by several goroutines.
type moment[T neuron.Float] struct {
	from   int
	fixed  []T      // r, the rate of a hidden neuron, −1 for one that is free; nil if all are
	driven []T      // r, extra drive; nil for none
	noise  []jitter // of what hidden neurons send
	freed  []int    // hidden neurons that were fixed up to now
	held   []bool   // r, whether the synapses of a neuron do not learn; nil if all do
	all    bool     // all are held
	cuts   []*Event // that happen now
}

// jitter is noise of the rates of some hidden neurons.
type jitter struct {
	neuron.Noise
	neurons []int
}

// timeline is all moments, in their order; nil without events.
type timeline[T neuron.Float] []*moment[T]

// newTimeline returns the moments of events that were found to fit a network of r hidden neurons.
func newTimeline[T neuron.Float](events []Event, r int) timeline[T] {
	if len(events) == 0 {
		return nil
	}
	times := []int{0}
	for _, e := range events {
		times = append(times, e.From)
		if e.Until > 0 {
			times = append(times, e.Until)
		}
	}
	slices.Sort(times)
	var t timeline[T]
	for _, from := range slices.Compact(times) {
		m := &moment[T]{from: from}
		for k := range events {
			if e := &events[k]; e.acts(from) {
				m.add(e, r)
			}
		}
		if len(t) > 0 {
			m.free(t[len(t)-1])
		}
		t = append(t, m)
	}
	return t
}

// add lets an event act in a moment, after those before it in the list.
func (m *moment[T]) add(e *Event, r int) {
	neurons := e.Hidden(r)
	switch e.Kind {
	case Silence, Clamp:
		if m.fixed == nil {
			m.fixed = make([]T, r)
			for a := range m.fixed {
				m.fixed[a] = -1
			}
		}
		for k, a := range neurons {
			m.fixed[a] = 0
			if e.Kind == Clamp {
				m.fixed[a] = T(e.Rates[min(k, len(e.Rates)-1)])
			} else {
				m.hold(a, r)
			}
		}
	case Stimulate:
		if m.driven == nil {
			m.driven = make([]T, r)
		}
		for _, a := range neurons {
			m.driven[a] += T(e.Drive)
		}
	case Jitter:
		n := e.Noise
		n.Seed = e.Seed
		m.noise = append(m.noise, jitter{n, neurons})
	case Hold:
		for _, a := range neurons {
			m.hold(a, r)
		}
		m.all = m.all || len(neurons) == r
	case Cut:
		if e.From == m.from {
			m.cuts = append(m.cuts, e)
		}
	}
}

func (m *moment[T]) hold(a, r int) {
	if m.held == nil {
		m.held = make([]bool, r)
	}
	m.held[a] = true
}

// free notes which neurons were fixed in the moment before and are not any more.
func (m *moment[T]) free(before *moment[T]) {
	for a, x := range before.fixed {
		if x >= 0 && (m.fixed == nil || m.fixed[a] < 0) {
			m.freed = append(m.freed, a)
		}
	}
}

// at returns what is done after t epochs, or steps, have ended; nil before the first and without
// events.
func (t timeline[T]) at(time int) *moment[T] {
	for _, m := range slices.Backward(t) {
		if m.from <= time {
			return m
		}
	}
	return nil
}

// begins reports whether a moment begins at a time.
func (m *moment[T]) begins(time int) bool { return m != nil && m.from == time }

// holdsAll reports whether nothing learns.
func (m *moment[T]) holdsAll() bool { return m != nil && m.all }

// open makes a block ready for its first step of recognition.
func (n *Network[T]) open(b *learning.Block[T], m *moment[T]) {
	b.Step, b.Fixed = 0, nil
	if m != nil {
		m.fix(b)
	}
	n.circuit.Begin(b)
}

// step takes a block through one step of recognition.
func (n *Network[T]) step(b *learning.Block[T], m *moment[T]) {
	n.drive(b, m)
	n.move(0, b, plain[T]{}, m)
}

// drive is the first half of a step: what reaches the hidden neurons. Together with move it is the
// only place where events act on rates.
func (n *Network[T]) drive(b *learning.Block[T], m *moment[T]) {
	if m == nil || m.noise == nil && m.driven == nil {
		n.circuit.Drive(b)
		return
	}
	if kept := m.send(b); kept != nil {
		n.circuit.Drive(b)
		copy(b.H, kept)
	} else {
		n.circuit.Drive(b)
	}
	if m.driven != nil {
		copy(undriven(b), b.Drive)
		for i := range b.Rows {
			for a, x := range m.driven {
				b.Drive[i*b.Hidden+a] += x
			}
		}
	}
}

// move is the second half: the rates move by what reaches the neurons, and further where steps are
// relaxed.
func (n *Network[T]) move(worker int, b *learning.Block[T], a accelerator[T], m *moment[T]) {
	a.update(worker, n.circuit, b)
	kernel.Flush(b.H, n.Floor)
	b.Step++
	if m == nil {
		return
	}
	if m.driven != nil { // circuits may compute it once for all steps
		copy(b.Drive, undriven(b))
	}
	m.fix(b)
}

// fix keeps the rates of a block that are fixed.
func (m *moment[T]) fix(b *learning.Block[T]) {
	b.Fixed = m.fixed
	if m.fixed == nil {
		return
	}
	for i := range b.Rows {
		b.Fix(b.H[i*b.Hidden : (i+1)*b.Hidden])
	}
}

// eventBuffers is what a block keeps while events act.
type eventBuffers[T neuron.Float] struct {
	drive, rates []T // Rows×r, before events
	chance       rand.PCG
}

func undriven[T neuron.Float](b *learning.Block[T]) []T {
	return learning.Buffer(&learning.StateOf[eventBuffers[T]](b).drive, b.Rows*b.Hidden)
}

// send replaces the rates of a block by what the neurons send, and returns what they were; nil if
// they send their rates.
func (m *moment[T]) send(b *learning.Block[T]) (rates []T) {
	if m.noise == nil {
		return nil
	}
	s := learning.StateOf[eventBuffers[T]](b)
	rates = learning.Buffer(&s.rates, b.Rows*b.Hidden)
	copy(rates, b.H)
	for i := range b.Rows {
		h := b.H[i*b.Hidden : (i+1)*b.Hidden]
		for _, n := range m.noise {
			if n.Frozen {
				n.SeedOf(&s.chance, uint64(b.Stimulus(i)), 0)
			} else {
				n.SeedOf(&s.chance, b.PresentationID+uint64(i), uint64(b.Step))
			}
			for _, a := range n.neurons {
				sent := T(n.Of(float64(h[a]), &s.chance))
				if m.fixed == nil || m.fixed[a] != 0 { // a silenced neuron sends nothing
					h[a] = sent
				}
			}
		}
	}
	return rates
}

// release lets the neurons that are not fixed any more start again, where their rates are zero and
// would stay so.
func (n *Network[T]) release(m *moment[T], h []T, total func() float64) {
	if len(m.freed) == 0 || learning.Has[Resting](n.circuit) {
		return
	}
	share := T(total() / float64(n.Hidden.Size))
	for _, a := range m.freed {
		if h[a] == 0 {
			h[a] = share
		}
	}
}

// enter finds what is done in the epoch that begins, and does what is done once.
func (l *Learner[T]) enter() error {
	l.now, l.entered = l.events.at(l.epoch), l.epoch+1
	m := l.now
	if !m.begins(l.epoch) {
		return nil
	}
	for i := range l.h.Stimuli() {
		h := l.h.Of(i)
		for a, x := range m.fixed {
			if x >= 0 {
				h[a] = x
			}
		}
		l.net.release(m, h, func() (total float64) {
			l.stimuli.Each(i, func(_ int, x T) { total += float64(x) })
			return total
		})
	}
	for _, e := range m.cuts {
		if err := l.net.cutAway(e, learning.Kept(l.rule)); err != nil {
			return err
		}
	}
	return nil
}
