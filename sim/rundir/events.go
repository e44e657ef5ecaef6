package rundir

import (
	"fmt"
	"strconv"

	"partsnet/sim/outcome"
)

// EventsFile has a row for each event of learning, and the objective before, after and at the end.
const EventsFile = "events.csv"

func eventsTable(o *outcome.Outcome) Table {
	t := Table{{"event", "kind", "from", "until", "what", o.Symbol + "_before", o.Symbol + "_after", o.Symbol + "_end"}}
	for k, d := range o.Disturbances() {
		until := ""
		if d.Event.Until > 0 {
			until = strconv.Itoa(d.Event.Until)
		}
		t = append(t, []string{fmt.Sprint(k + 1), string(d.Event.Kind), strconv.Itoa(d.Event.From), until, d.Says(), number(d.Before), number(d.After), number(d.End)})
	}
	return t
}
