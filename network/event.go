package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"partsnet/neuron"
)

// EventKind is what is done to a network.
type EventKind string

// The kinds of events.
const (
	// Silence keeps the rates of hidden neurons at zero. Their synapses do not learn. When it ends,
	// a neuron starts again as at the start of recognition.
	Silence EventKind = "silence"
	// Clamp keeps the rates of hidden neurons at given values.
	Clamp EventKind = "clamp"
	// Stimulate adds an extra drive to what reaches hidden neurons.
	Stimulate EventKind = "stimulate"
	// Jitter lets the rates that hidden neurons send to others vary by chance, at each step. The
	// rates themselves stay what the neurons have reached, so that none that chance has silenced for
	// a moment stays silent where rates multiply.
	Jitter EventKind = "noise"
	// Cut takes synapses away. It has no end: what is cut stays cut.
	Cut EventKind = "cut"
	// Hold keeps synapses from learning. If it holds all hidden neurons, the synapses and
	// thresholds of the circuit do not learn either.
	Hold EventKind = "hold"
)

// EventKinds returns the names of all kinds.
func EventKinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k.kind))
	}
	return names
}

// Which synapses a cut of a share takes.
const (
	AtRandom  = "random"
	Weakest   = "weakest"   // those with the smallest weights; synapses without weight are not counted
	Strongest = "strongest" // those with the largest
)

// CutChoices returns the ways to choose the synapses of a cut.
func CutChoices() []string { return []string{AtRandom, Weakest, Strongest} }

// The projections that can be cut, each by its role.
const (
	CutGenerative  = "generative"  // hidden→visible, and visible→hidden where these are the same synapses
	CutFeedforward = "feedforward" // visible→hidden, where they are learned apart
	CutLateral     = "lateral"     // among hidden neurons
	CutModulatory  = "modulatory"  // from an upper stage
)

// CutProjections returns their names.
func CutProjections() []string {
	return []string{CutGenerative, CutFeedforward, CutLateral, CutModulatory}
}

// Event is something that is done to a network for some time. Time is counted in epochs while it
// learns and in steps while it recognises: an event acts in every epoch, or step, before which no
// fewer than From and fewer than Until have ended.
type Event struct {
	Kind        EventKind
	From, Until int // Until 0: to the end

	Neurons  []int     // hidden neurons that it is done to; nil for all, or for Fraction
	Fraction float64   // of the hidden neurons, or of the synapses that are cut, chosen by chance or as Choose says
	Rates    []float64 // of [Clamp]: one for all neurons, or one for each
	Drive    float64   // of [Stimulate], in units of what reaches a neuron
	Noise    neuron.Noise

	Projection string   // of [Cut]; "" for [CutGenerative]
	Synapses   [][2]int // of [Cut]: pairs of a neuron from which a synapse comes and one that it reaches
	Choose     string   // of [Cut] with a Fraction; "" for [AtRandom]

	Seed uint64 // of what is chosen by chance
}

// kindOfEvent is what is known of a kind of event.
type kindOfEvent struct {
	kind   EventKind
	doc    string
	raises bool // whether the objective may rise while it acts
}

var kinds = []kindOfEvent{
	{Silence, "the rates of hidden neurons are zero and their synapses do not learn", false},
	{Clamp, "the rates of hidden neurons are kept at values", true},
	{Stimulate, "an extra drive reaches hidden neurons", true},
	{Jitter, "the rates that hidden neurons send vary by chance at each step", true},
	{Cut, "synapses are taken away", false},
	{Hold, "the synapses of hidden neurons do not learn", false},
}

// EventDocs returns what each kind does, in the order of [EventKinds].
func EventDocs() (docs []string) {
	for _, k := range kinds {
		docs = append(docs, k.doc)
	}
	return docs
}

func (e *Event) described() kindOfEvent {
	k := slices.IndexFunc(kinds, func(k kindOfEvent) bool { return k.kind == e.Kind })
	if k < 0 {
		return kindOfEvent{kind: e.Kind}
	}
	return kinds[k]
}

// Raises reports whether the objective of a rule that never raises it may rise from the end of one
// epoch to that of a later one, because the event begins, ends or acts between them.
func (e *Event) Raises(before, after int) bool {
	within := func(t int) bool { return before <= t && t < after }
	if e.Kind == Hold {
		return false
	}
	if within(e.From) || e.Until > 0 && within(e.Until) {
		return true
	}
	return e.described().raises && e.From < after && (e.Until == 0 || e.Until > before)
}

// acts reports whether the event acts after t epochs, or steps, have ended.
func (e *Event) acts(t int) bool { return e.From <= t && (e.Until == 0 || t < e.Until) }

// Check returns what is wrong with an event in a network of that many hidden neurons.
func (e *Event) Check(hidden int) error {
	if !slices.Contains(EventKinds(), string(e.Kind)) {
		return fmt.Errorf("kind = %q; allowed is one of %s", e.Kind, quotedNames(EventKinds()))
	}
	if e.From < 0 || e.Until != 0 && e.Until <= e.From {
		return fmt.Errorf("from = %d and until = %d; allowed is until = 0, to the end, or an until above from", e.From, e.Until)
	}
	for _, a := range e.Neurons {
		if a < 0 || a >= hidden {
			return fmt.Errorf("neurons = %v; allowed are hidden neurons from 0 to %d", e.Neurons, hidden-1)
		}
	}
	return e.checkOwn(hidden)
}

// checkOwn checks what a kind needs, and refuses what it does not read.
func (e *Event) checkOwn(hidden int) error {
	needless := []struct {
		set bool
		key string
		of  []EventKind
	}{
		{len(e.Rates) > 0, "rates", []EventKind{Clamp}},
		{e.Drive != 0, "drive", []EventKind{Stimulate}},
		{!e.Noise.None(), "noise", []EventKind{Jitter}},
		{e.Noise.SD != 0, "sd", []EventKind{Jitter}},
		{e.Noise.Gain != 0, "gain", []EventKind{Jitter}},
		{e.Noise.Frozen, "frozen", []EventKind{Jitter}},
		{e.Projection != "" && e.Projection != CutGenerative, "projection", []EventKind{Cut}},
		{len(e.Synapses) > 0, "synapses", []EventKind{Cut}},
		{e.Choose != "" && e.Choose != AtRandom, "choose", []EventKind{Cut}},
	}
	for _, n := range needless {
		if n.set && !slices.Contains(n.of, e.Kind) {
			return fmt.Errorf("%s means nothing to an event of kind %q; it belongs to kind %q", n.key, e.Kind, n.of[0])
		}
	}
	chosen := 0
	for _, c := range []bool{len(e.Neurons) > 0, e.Fraction > 0, len(e.Synapses) > 0} {
		if c {
			chosen++
		}
	}
	if chosen > 1 {
		return fmt.Errorf("neurons, fraction and synapses each choose; allowed is one of them")
	}
	switch e.Kind {
	case Silence:
		if chosen == 0 {
			return fmt.Errorf("kind = %q without neurons; allowed are neurons or a fraction", e.Kind)
		}
	case Clamp:
		if n := len(e.Rates); n == 0 || n > 1 && n != e.count(hidden) {
			return fmt.Errorf("rates = %v for %d neurons; allowed is one rate for all of them, or one for each", e.Rates, e.count(hidden))
		}
		if slices.ContainsFunc(e.Rates, func(x float64) bool { return !neuron.IsRate(x) }) {
			return fmt.Errorf("rates = %v; allowed are rates that are finite and never negative", e.Rates)
		}
	case Stimulate:
		if !(e.Drive > 0) || math.IsInf(e.Drive, 1) {
			return fmt.Errorf("drive = %v; allowed is a number above 0: to inhibit, use kind %q", e.Drive, Silence)
		}
	case Jitter:
		return CheckNoise(e.Noise)
	case Cut:
		return e.checkCut(chosen)
	}
	return nil
}

// CheckNoise returns what is wrong with noise.
func CheckNoise(n neuron.Noise) error {
	switch {
	case n.None():
		return fmt.Errorf("noise = %q; allowed is one of %s", neuron.NoNoise, quotedNames(neuron.Noises()[1:]))
	case n.Kind == neuron.GaussianNoise && !(n.SD > 0):
		return fmt.Errorf("sd = %v; allowed with noise %q is a standard deviation above 0", n.SD, n.Kind)
	case n.Kind == neuron.PoissonNoise && !(n.Gain > 0):
		return fmt.Errorf("gain = %v; allowed with noise %q is a number of spikes above 0 that are counted at a rate of 1", n.Gain, n.Kind)
	case n.Kind != neuron.GaussianNoise && n.SD != 0:
		return fmt.Errorf("sd = %v; noise %q has the standard deviation that follows from gain", n.SD, n.Kind)
	case n.Kind != neuron.PoissonNoise && n.Gain != 0:
		return fmt.Errorf("gain = %v; noise %q has a standard deviation, sd", n.Gain, n.Kind)
	case !slices.Contains(neuron.Noises(), string(n.Kind)):
		return fmt.Errorf("noise = %q; allowed is one of %s", n.Kind, quotedNames(neuron.Noises()))
	}
	return nil
}

func (e *Event) checkCut(chosen int) error {
	switch {
	case e.Until != 0:
		return fmt.Errorf("until = %d; what is cut stays cut: allowed is 0", e.Until)
	case e.projection() == CutModulatory && e.Fraction == 0:
		return fmt.Errorf("projection = %q, which comes from the upper stage; allowed with it is a fraction, 1 for all synapses", e.Projection)
	case !slices.Contains(CutProjections(), e.projection()):
		return fmt.Errorf("projection = %q; allowed is one of %s", e.Projection, quotedNames(CutProjections()))
	case chosen == 0:
		return fmt.Errorf("kind = %q without synapses; allowed are synapses, neurons, or a fraction, 1 for all of them", e.Kind)
	case e.Choose != "" && !slices.Contains(CutChoices(), e.Choose):
		return fmt.Errorf("choose = %q; allowed is one of %s", e.Choose, quotedNames(CutChoices()))
	case e.Choose != "" && e.Choose != AtRandom && e.Fraction == 0:
		return fmt.Errorf("choose = %q without a fraction, of which it says which synapses are cut; allowed is %q, or a fraction", e.Choose, AtRandom)
	}
	return nil
}

func (e *Event) projection() string {
	if e.Projection == "" {
		return CutGenerative
	}
	return e.Projection
}

// count returns how many hidden neurons the event is done to.
func (e *Event) count(hidden int) int {
	switch {
	case len(e.Neurons) > 0:
		return len(e.Neurons)
	case e.Fraction > 0:
		return shareOf(e.Fraction, hidden)
	}
	return hidden
}

// shareOf returns a share of a number, rounded to the nearest, at least one.
func shareOf(share float64, of int) int {
	return max(1, min(of, int(math.Round(float64(share*float64(of))))))
}

// Hidden returns the hidden neurons that the event is done to, of that many.
func (e *Event) Hidden(hidden int) []int {
	switch {
	case len(e.Neurons) > 0:
		return e.Neurons
	case e.Fraction > 0:
		some := e.chance().Perm(hidden)[:shareOf(e.Fraction, hidden)]
		slices.Sort(some)
		return some
	}
	all := make([]int, hidden)
	for a := range all {
		all[a] = a
	}
	return all
}

func (e *Event) chance() *rand.Rand { return rand.New(rand.NewPCG(e.Seed, 0)) }

// Says describes the event in a few words.
func (e *Event) Says() string {
	text := string(e.Kind)
	switch {
	case len(e.Neurons) == 1:
		text += fmt.Sprintf(" neuron %d", e.Neurons[0])
	case len(e.Neurons) > 1:
		text += " neurons " + strings.Trim(strings.ReplaceAll(fmt.Sprint(e.Neurons), " ", ", "), "[]")
	case len(e.Synapses) > 0:
		text += fmt.Sprintf(" %d synapses", len(e.Synapses))
	case e.Fraction > 0 && e.Kind == Cut:
		text += fmt.Sprintf(" %.4g %% of the synapses", 100*e.Fraction)
	case e.Fraction > 0:
		text += fmt.Sprintf(" %.4g %% of the neurons", 100*e.Fraction)
	default:
		text += " all neurons"
	}
	if e.Kind == Cut && e.projection() != CutGenerative {
		text += ", " + e.projection()
	}
	return text
}
