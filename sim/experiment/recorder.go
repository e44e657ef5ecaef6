package experiment

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/config"
)

// Recorder says what is kept of a network while it learns, or while it recognises.
type Recorder struct {
	Name    string // of its file; "" for what it is of
	Of      string // one of [Recordable], or a projection by its name or role
	Every   int    // epochs or recognition steps
	Stimuli []string
	Neurons []string // of a projection those from which it comes
	Onto    []string // of a projection those that it reaches
}

// What recorders keep of every stimulus. A recorder of anything else is of a projection.
const (
	OfHidden     = "hidden"
	OfVisible    = "visible"
	OfPrediction = "prediction"
	OfError      = "error"
	OfErrorUnits = "error-units"
	OfSpikes     = "spikes"
)

// Recordable is what recorders keep of every stimulus, and what that is.
var Recordable = []struct{ Name, Doc string }{
	{OfHidden, "hidden rates"},
	{OfVisible, "visible rates as they are shown, filled in by the prediction where one is missing; in a probe alone"},
	{OfPrediction, "predictions of the visible rates"},
	{OfError, "what a visible rate is above its prediction, v − p"},
	{OfErrorUnits, "rates of the error units that a prediction divides, v/p"},
	{OfSpikes, "spikes of the visible neurons since the last frame; in a probe alone"},
}

// The clocks of recorders.
const (
	Epochs = "epochs"
	Steps  = "recognition steps"
)

// RecorderLimit is the usual value of the key recorder-limit, in GB.
const RecorderLimit = 1

// mostRecorders is the largest number of recorders.
const mostRecorders = 100

// Recorders is the key of recorders on a clock, [Epochs] or [Steps].
func Recorders(p *[]Recorder, clock string) config.Field {
	var names []string
	for _, q := range Recordable {
		names = append(names, q.Name)
	}
	usual := func() Recorder {
		return Recorder{Of: OfHidden, Every: 1, Stimuli: []string{}, Neurons: []string{}, Onto: []string{}}
	}
	return config.Tables("recorder", p, mostRecorders, usual, func(r *Recorder) []config.Field {
		return []config.Field{
			config.Text("of", &r.Of, "what is recorded: "+config.QuoteAll(names)+", or a projection by its name or role, such as \"synapses\""),
			config.Integer("every", &r.Every, 1, 100_000_000, "number of "+clock+" from one frame to the next; the first is of the start"),
			config.NamesOrNumbers("stimuli", &r.Stimuli, "stimuli by name or number; [] for all"),
			config.NamesOrNumbers("neurons", &r.Neurons, "neurons by name or number, of a projection those from which it comes; [] for all"),
			config.NamesOrNumbers("onto", &r.Onto, "neurons that a projection reaches; [] for all"),
			config.Identifier("name", &r.Name, "name of the file; what is recorded if there is none"),
		}
	}, "what is recorded on the way, a frame every so many "+clock+", into recorded/NAME.npy, whose axes stand in recorded/axes.csv; docs/living.md describes it")
}

// LimitOfRecorders is the key of what recorders may write.
func LimitOfRecorders(p *float64) config.Field {
	return config.Number("recorder-limit", p, 0, 1e9, "gigabytes that the recorders of a run may write in all, and stimulus.save; a run that would write more is refused before it learns")
}

// File returns the name of the file of a recorder, without folder and ending.
func (r *Recorder) File() string {
	name := strings.Map(func(c rune) rune {
		if strings.ContainsRune(config.NameRunes, c) {
			return c
		}
		return ' '
	}, r.Of)
	return cmp.Or(r.Name, strings.Join(strings.Fields(name), "-"))
}

// Projection returns which of the readable arrays of a network a recorder is of: by name, in which
// -> may stand for the arrow, or by role, which only one may have.
func (r *Recorder) Projection(all []network.Readable) (k int, err error) {
	of, found := strings.ReplaceAll(r.Of, "->", "→"), -1
	for k, a := range all {
		if a.Name == of {
			return k, nil
		}
		if a.Role == of && found >= 0 {
			return -1, fmt.Errorf("of = %q: %s and %s have that role; name one of them", r.Of, all[found].Name, a.Name)
		}
		if a.Role == of {
			found = k
		}
	}
	if found >= 0 {
		return found, nil
	}
	var allowed, names []string
	for _, q := range Recordable {
		names = append(names, q.Name)
	}
	for _, a := range all {
		names = append(names, a.Name)
		if a.Role != "" && !slices.Contains(names, a.Role) {
			names = append(names, a.Role)
		}
	}
	for _, name := range names {
		allowed = append(allowed, strconv.Quote(name))
	}
	return -1, fmt.Errorf("of = %q; allowed with this circuit is one of %s%s", r.Of, strings.Join(allowed, ", "), config.DidYouMean(names, r.Of))
}

// OfStimuli reports whether a recorder keeps something of every stimulus.
func (r *Recorder) OfStimuli() bool {
	return len(observing(r.Of)) > 0 || slices.ContainsFunc(Recordable, func(q struct{ Name, Doc string }) bool { return q.Name == r.Of })
}

// CheckRecorders checks recorders on a clock against a circuit with a number of hidden neurons.
func CheckRecorders(all []Recorder, clock string, c network.Circuit[float64], named network.Choice, untied bool, hidden int) error {
	if len(all) == 0 {
		return nil
	}
	readable, err := network.Readables(named, untied)
	if err != nil {
		return err
	}
	for k := range all {
		r := &all[k]
		fail := func(format string, values ...any) error {
			return fmt.Errorf("recorder[%d]: "+format, append([]any{k + 1}, values...)...)
		}
		for i := range k {
			if all[i].File() == r.File() {
				return fail("it writes %s, as recorder[%d] does; give one of them another name", r.File(), i+1)
			}
		}
		rows := "hidden"
		if !r.OfStimuli() {
			at, err := r.Projection(readable)
			if err != nil {
				return fail("%w", err)
			}
			a := readable[at]
			if len(r.Stimuli) > 0 {
				return fail("stimuli = [%s] with of = %q; allowed is [], as %s are the same for all stimuli", config.QuoteAll(r.Stimuli), r.Of, a.Name)
			}
			if a.Rows == "" && len(r.Onto) > 0 {
				return fail("onto = [%s] with of = %q, which is no projection; allowed is []", config.QuoteAll(r.Onto), r.Of)
			}
			rows = cmp.Or(a.Rows, a.Columns)
		} else if err := r.check(clock, c); err != nil {
			return fail("%w", err)
		} else if k := slices.IndexFunc(network.ObservablesOf(c), func(o network.Observable) bool { return o.Name == r.Of }); k >= 0 {
			rows = network.ObservablesOf(c)[k].Population
		} else if r.Of != OfHidden {
			rows = "visible"
		}
		for _, name := range r.Neurons {
			if number, err := strconv.Atoi(name); rows == "hidden" && (err != nil || number < 0 || number >= hidden) {
				return fail("neurons = [%s]; allowed are hidden neurons from 0 to %d", config.QuoteAll(r.Neurons), hidden-1)
			}
		}
	}
	return nil
}

// check checks a recorder of stimuli.
func (r *Recorder) check(clock string, c network.Circuit[float64]) error {
	_, predicts := c.Objective().(learning.Predictive)
	switch _, spikes := c.(network.Spiking[float64]); {
	case len(r.Onto) > 0:
		return fmt.Errorf("onto = [%s] with of = %q, which is no projection; allowed is []", config.QuoteAll(r.Onto), r.Of)
	case len(observing(r.Of)) > 0 && !slices.Contains(observing(r.Of), c.Name()):
		return fmt.Errorf("of = %q: circuit %q does not have it; allowed is one of %s", r.Of, c.Name(), config.QuoteAll(observing(r.Of)))
	case len(observing(r.Of)) > 0 && clock == Epochs:
		return fmt.Errorf("of = %q, which lasts from step to step of one presentation; allowed in a probe alone", r.Of)
	case !predicts && slices.Contains([]string{OfPrediction, OfError, OfErrorUnits}, r.Of):
		return fmt.Errorf("of = %q: circuit %q predicts no stimulus; allowed is %q, or a projection", r.Of, c.Name(), OfHidden)
	case r.Of == OfErrorUnits && !learning.Has[network.ErrorUnits](c):
		return fmt.Errorf("of = %q: circuit %q has no error units that a prediction divides; allowed is %q, v − p", r.Of, c.Name(), OfError)
	case clock == Epochs && r.Of == OfVisible:
		return fmt.Errorf("of = %q: what is shown does not change from epoch to epoch; allowed in a probe alone; stimulus.save = true writes the stimuli once", r.Of)
	case r.Of == OfSpikes && !spikes:
		return fmt.Errorf("of = %q: circuit %q has no spikes; allowed is one of %s", r.Of, c.Name(), config.QuoteAll(withSpikes()))
	case clock == Epochs && r.Of == OfSpikes:
		return fmt.Errorf("of = %q: a spike is of one recognition step; allowed in a probe alone", r.Of)
	}
	return nil
}

// observing returns the circuits that have an observable of that name.
func observing(name string) (circuits []string) {
	for _, c := range network.Circuits[float64]() {
		if slices.ContainsFunc(network.ObservablesOf(c), func(o network.Observable) bool { return o.Name == name }) {
			circuits = append(circuits, c.Name())
		}
	}
	return circuits
}

func withSpikes() (names []string) {
	for _, c := range network.Circuits[float64]() {
		if learning.Has[network.Spiking[float64]](c) {
			names = append(names, c.Name())
		}
	}
	return names
}

// checkRecorders checks the recorders of a run.
func (x *Experiment) checkRecorders(c network.Circuit[float64]) error {
	if len(x.Recorders) == 0 {
		if x.RecorderLimit != RecorderLimit && !x.Stimulus.Save {
			return fmt.Errorf("recorder-limit = %v without a recorder; allowed is %d, the default, or a table [[recorder]] or stimulus.save = true", x.RecorderLimit, RecorderLimit)
		}
		return nil
	}
	if x.Restarts > 1 || len(x.Choose.Among) > 0 {
		return fmt.Errorf("a recorder with restarts = %d and network.choose = %v; allowed are 1 and [], as several networks learn side by side, of which one is kept", x.Restarts, x.Choose.Among)
	}
	for k, r := range x.Recorders {
		if r.Every > x.Learning.Epochs {
			return fmt.Errorf("recorder[%d].every = %d; allowed is a number from 1 to learning.epochs = %d", k+1, r.Every, x.Learning.Epochs)
		}
	}
	return CheckRecorders(x.Recorders, Epochs, c, network.Choice{Name: x.Recognition.Circuit, Parameters: x.Recognition.Parameters}, x.Separate, x.Hidden)
}
