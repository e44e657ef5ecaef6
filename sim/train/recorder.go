package train

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// firstRecords is the number of epochs at the start that are all recorded: there the
// objective falls fastest.
const firstRecords = 10

// recorder measures a model after the first [firstRecords] epochs, then after every
// x.Record-th and the last, and ends learning where the objective no longer falls.
type recorder struct {
	x       *experiment.Experiment
	in      *inputs.Inputs
	also    []int // epochs that are recorded as well
	sparing bool  // whether no record is read but the last, unless it ends learning
	plateau learning.Plateau
	records []outcome.Record
	rises   int
}

func newPlateau(x *experiment.Experiment) learning.Plateau {
	return learning.Plateau{Tolerance: x.Learning.Tolerance, MinEpochs: x.Learning.MinEpochs}
}

// due reports whether an epoch is recorded. Where a rule learns online a record takes
// as long as the epoch, and a run that leaves no directory, and does not stop by what it
// finds, spares itself all but the last.
func (r *recorder) due(epoch int) bool {
	if epoch < r.x.Learning.Epochs && r.sparing && r.x.Recognition.Report > 0 && r.x.Learning.Tolerance == 0 {
		return false
	}
	return measuredAt(r.x, epoch) || slices.Contains(r.also, epoch)
}

// measuredAt reports whether an experiment records an epoch.
func measuredAt(x *experiment.Experiment, epoch int) bool {
	return epoch <= firstRecords || epoch%x.Record == 0 || epoch == x.Learning.Epochs
}

// epoch measures the model where the epoch is recorded.
func (r *recorder) epoch(m network.Model, epoch int) (reached bool, err error) {
	if !r.due(epoch) {
		return false, nil
	}
	if r.x.Recognition.Report > 0 {
		m.RecogniseAll(r.x.Recognition.Steps)
	}
	if err := r.record(m, epoch); err != nil {
		return false, err
	}
	return r.plateau.Reached(epoch, lastObjective(r.records)), nil
}

// restore takes over the records of a run that was killed, and reports whether the last
// had reached the end of learning.
func (r *recorder) restore(records []outcome.Record, rises int) (reached bool) {
	r.records, r.rises = records, rises
	for _, e := range records {
		reached = r.plateau.Reached(e.Epoch, e.Objective)
	}
	return reached
}

// record measures the present state and adds it to the records.
func (r *recorder) record(m network.Model, epoch int) error {
	errors := errorsOf(r.x)
	d, losses := m.Objectives(errors...)
	if o, ok := m.Rule().Objective().(learning.Likelihood); ok && math.IsInf(d, 1) && m.Rates().Check() == nil {
		why := o.Infinite()
		if len(r.x.Events) > 0 {
			why += ". An event may have taken what predicted it: under this objective a stimulus must be predicted wherever it fires; take fewer neurons or synapses, or a circuit and a rule for the squared error"
		}
		if i, largest, ok := r.in.Faint(r.x.Floor); ok {
			why = fmt.Sprintf("the largest rate of stimulus %d is %.4g, and rates and weights below floor = %v become zero, so that nothing predicts it; leave it out, scale it up or choose a lower floor", i, largest, r.x.Floor)
		}
		return &outcome.Diverged{Reason: fmt.Sprintf("%s is infinite after epoch %d: %s", o.Symbol(), epoch, why)}
	}
	if math.IsNaN(d) || math.IsInf(d, 0) {
		return &outcome.Diverged{Reason: fmt.Sprintf("the objective is %v after epoch %d: rates or synapses have left the range of %s%s", d, epoch, r.x.Precision, blamed(r.x, epoch))}
	}
	e := outcome.Record{Epoch: epoch, Objective: d}
	if n := len(r.records); n > 0 && !r.x.Raises(r.records[n-1].Epoch, epoch) && m.RoseBeyondRounding(r.records[n-1].Objective, d) {
		e.Rise = true
		r.rises++
	}
	w, h := m.Synapses(), ratesOf(m.Rates())
	e.Measures = measured(r.x, r.in, w, h, among(errors, losses, learning.KL), among(errors, losses, learning.SquaredError))
	var parts []float64
	if r.in.Set.Truth != nil {
		parts = r.in.Set.Truth.Parts
	}
	e.Census = measure.CensusOf(w, m.Overlap(), h, parts)
	if e.Optimality = (network.Optimality{Rates: math.NaN(), Synapses: math.NaN()}); landmark(epoch) {
		e.Optimality = m.Optimality()
	}
	r.records = append(r.records, e)
	return nil
}

// blamed names the events that began before a network failed in an epoch; "" if there are none.
func blamed(x *experiment.Experiment, epoch int) string {
	var acted []string
	for k := range x.Events {
		if e := &x.Events[k]; e.From < epoch {
			acted = append(acted, fmt.Sprintf("event[%d], %s", k+1, e.Says()))
		}
	}
	if acted == nil {
		return ""
	}
	return "; it was disturbed by " + strings.Join(acted, "; ") + ": choose weaker events, or let them end"
}

// encode recognises all stimuli anew with what was learned, where the rule learns online,
// and records what the rates that are reported come to, in place of the last record.
func (r *recorder) encode(m network.Model) error {
	if r.x.Recognition.Report == 0 {
		return nil
	}
	m.RecogniseAll(r.x.Recognition.Report)
	end := len(r.records) - 1
	last := r.records[end]
	if last.Rise {
		r.rises--
	}
	r.records = r.records[:end]
	return r.record(m, last.Epoch)
}

// landmark reports whether an epoch is 1, 2, 5, 10, 20, 50 and so on: where a look that
// costs an epoch is taken.
func landmark(epoch int) bool {
	for epoch >= 10 && epoch%10 == 0 {
		epoch /= 10
	}
	return epoch == 1 || epoch == 2 || epoch == 5
}

// symbolOf returns the symbol of the objective that a model lowers.
func symbolOf(m network.Model) string { return m.Rule().Objective().Symbol() }

// ratesOf returns hidden rates for measures.
func ratesOf(h network.Hidden) measure.Rates {
	return measure.Read(h.Stimuli(), h.Neurons(), h.Read)
}

// errorsOf returns the objectives from which the measures of an experiment are computed.
func errorsOf(x *experiment.Experiment) (errors []learning.Objective) {
	for _, name := range x.Measures {
		m, _ := measure.Named(name)
		for _, o := range learning.Objectives() {
			if o.Name() == m.Error && !slices.Contains(errors, o) {
				errors = append(errors, o)
			}
		}
	}
	return errors
}

// among returns what tells the loss of one of several objectives; it panics where that is not
// among them.
func among(objectives []learning.Objective, losses []float64, o learning.Objective) func() float64 {
	return func() float64 { return losses[slices.Index(objectives, o)] }
}

// measured returns the measures that an experiment asks for of synapses w (r×n) and hidden
// rates h (m×r), with what tells their divergence and half their squared error.
func measured(x *experiment.Experiment, in *inputs.Inputs, w []float64, h measure.Rates, divergence, squares func() float64) measure.Values {
	return measure.NewLearned(measure.Learned{
		W: w, H: h, Stimuli: in.Stimuli(), Visible: in.Neurons(), Hidden: x.Hidden,
		Height: in.Set.Height, Width: in.Set.Width, Truth: in.Set.Truth, Documents: in.Set.Texts,
		Shown: in.Constants, Hides: in.Hidden, Divergence: divergence,
		SquaredErrors: func() float64 { return max(0, squares()) },
	}).Take(x.Measures)
}
