package outcome

import (
	"fmt"
	"math"

	"partsnet/network"
)

// Disturbance is an event of learning, and what the records say of it.
type Disturbance struct {
	Event network.Event
	// Objective at the record of the epoch after which the event begins, of the next epoch, and at the
	// end; NaN for one that there is not.
	Before, After, End float64
}

// Disturbances returns the events of learning, in the order of the experiment.
func (o *Outcome) Disturbances() (all []Disturbance) {
	at := func(epoch int) float64 {
		for _, e := range o.Records {
			if e.Epoch == epoch {
				return e.Objective
			}
		}
		return math.NaN()
	}
	for _, e := range o.Experiment.Events {
		all = append(all, Disturbance{e, at(e.From), at(e.From + 1), o.Objective})
	}
	return all
}

// Says describes the event with its epochs.
func (d Disturbance) Says() string {
	text := d.Event.Says()
	switch {
	case d.Event.From == 0 && d.Event.Until == 0:
		return text + " in all epochs"
	case d.Event.Until == 0:
		return fmt.Sprintf("%s after epoch %d", text, d.Event.From)
	}
	return fmt.Sprintf("%s after epoch %d until epoch %d", text, d.Event.From, d.Event.Until)
}
