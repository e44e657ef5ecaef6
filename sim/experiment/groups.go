package experiment

import (
	"fmt"

	"partsnet/sim/config"
)

// Shuffles is the usual number of shuffles with which the likeness of parts is compared.
const Shuffles = 1000

// Apart reports whether the experiment makes a network for each of several groups.
func (x *Experiment) Apart() bool { return x.Groups.Learn == Alone && x.Groups.Only == "" }

// Of returns the experiment of one of the groups that learn alone.
func (x *Experiment) Of(group string) *Experiment {
	one := *x
	one.Groups.Only = group
	return &one
}

// checkGroups checks the keys of groups.
func (x *Experiment) checkGroups() error {
	g := x.Groups
	switch {
	case len(g.By) == 0 && g.Learn != Concatenated:
		return fmt.Errorf("groups.learn = %q without groups; allowed is %q where groups.by is []", g.Learn, Concatenated)
	case g.Only != "" && g.Learn != Alone:
		return fmt.Errorf("groups.only = %s with groups.learn = %q; allowed is groups.only = \"\", or groups.learn = %q", config.Quote(g.Only), g.Learn, Alone)
	case g.Learn != Alone && g.Shuffles != Shuffles:
		return fmt.Errorf("groups.shuffles = %d with groups.learn = %q, which compares no parts; allowed is groups.learn = %q", g.Shuffles, g.Learn, Alone)
	case g.Learn != Alone && g.Parts != "":
		return fmt.Errorf("groups.parts = %s with groups.learn = %q; allowed is groups.parts = \"\", or groups.learn = %q, whose groups have parts of their own", config.Quote(g.Parts), g.Learn, Alone)
	case len(g.By) > 0 && x.Stimulus.Map:
		return fmt.Errorf("groups.by = [%s] with stimulus.map = true; allowed is groups.by = [], as a file that is mapped has no recordings", config.QuoteAll(g.By))
	case x.Apart() && x.Start.Rates != "":
		return fmt.Errorf("rates.path = %s with groups.learn = %q; allowed is rates.path = \"\", as each group has other stimuli", config.Quote(x.Start.Rates), Alone)
	}
	return nil
}
