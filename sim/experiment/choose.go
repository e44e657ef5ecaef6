package experiment

import (
	"errors"
	"fmt"
	"slices"

	"partsnet/learning"
	"partsnet/sim/config"
	"partsnet/sim/measure"
)

// The keys of the number of hidden neurons and of the numbers among which it is chosen.
const (
	hiddenKey = "network.hidden"
	chooseKey = "network.choose"
)

// Tried returns the numbers of hidden neurons that are learned.
func (x *Experiment) Tried() []int {
	if len(x.Choose.Among) > 0 {
		return x.Choose.Among
	}
	return []int{x.Hidden}
}

// Stability reports whether the stability of several starts is measured: where it is asked for, and
// where a number of hidden neurons is chosen.
func (x *Experiment) Stability() bool {
	return slices.Contains(x.Measures, measure.OfStarts) || x.Restarts > 1 && len(x.Choose.Among) > 0
}

// Attempts returns how often the first layer learns: from every random start and with entries hidden,
// with every number of hidden neurons.
func (x *Experiment) Attempts() int { return len(x.Tried()) * (x.Restarts + x.Choose.Folds) }

// WithHidden returns the experiment with a number of hidden neurons.
func (x *Experiment) WithHidden(hidden int) *Experiment {
	with := *x
	with.Hidden = hidden
	return &with
}

// resolveChoice sets the number of hidden neurons of an experiment that chooses it to the
// largest that is tried, unless it is one of them, as it is in the config of a finished run.
func (x *Experiment) resolveChoice() {
	if among := x.Choose.Among; len(among) > 0 && !slices.Contains(among, x.Hidden) {
		x.Hidden = slices.Max(among)
	}
}

// otherNumber returns an error if the number of hidden neurons is given by the text or by
// settings, later than the numbers among which it is chosen, and is none of them.
func (x *Experiment) otherNumber(inText bool, settings []string) error {
	set := func(key string) bool {
		return slices.ContainsFunc(settings, func(s string) bool { return config.KeyOf(s) == key })
	}
	if len(x.Choose.Among) == 0 || slices.Contains(x.Choose.Among, x.Hidden) || !set(hiddenKey) && (!inText || set(chooseKey)) {
		return nil
	}
	return fmt.Errorf("network.hidden = %d, and network.choose = %v chooses it; allowed is one of these numbers, which the run replaces by the one that it chooses, or network.choose = []", x.Hidden, x.Choose.Among)
}

// checkChoice checks the keys that choose the number of hidden neurons.
func (x *Experiment) checkChoice(objective learning.Objective) error {
	c, usual := x.Choose, Default().Choose
	if len(c.Among) == 0 {
		if c.Criterion != usual.Criterion || c.Explained != usual.Explained || c.Threshold != usual.Threshold || c.Folds != usual.Folds || c.Hidden != usual.Hidden {
			return errors.New("network.criterion, network.explained, network.threshold, network.folds and network.held-out choose among network.choose, which is []; allowed without it are their defaults")
		}
		return nil
	}
	if !slices.IsSorted(c.Among) {
		return fmt.Errorf("network.choose = %v; allowed are rising numbers", c.Among)
	}
	if least := measure.LeastOf(c.Criterion); len(c.Among) < least {
		return fmt.Errorf("network.choose = %v; allowed for criterion %q are at least %d numbers", c.Among, c.Criterion, least)
	}
	if c.Folds == 1 || c.Criterion == measure.HeldOut && c.Folds == 0 {
		return fmt.Errorf("network.folds = %d with network.criterion = %q; allowed are folds of at least 2, or 0 for other criteria than %q", c.Folds, c.Criterion, measure.HeldOut)
	}
	if c.Criterion == measure.Stable && x.Restarts < 2 {
		return fmt.Errorf("network.criterion = %q with restarts = %d; allowed is restarts of at least 2, whose parts are compared", c.Criterion, x.Restarts)
	}
	if x.Start.Synapses != "" || x.Start.Rates != "" {
		return errors.New("network.choose with synapses.path or rates.path; allowed with it are random starts, as a file has one number of hidden neurons")
	}
	if _, predicts := objective.(learning.Predictive); !predicts {
		return fmt.Errorf("network.choose with rule %q, which predicts no stimuli, so that none are explained; allowed is network.choose = []", x.Learning.Rule)
	}
	return nil
}
