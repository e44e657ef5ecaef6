package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
)

// Plan is how stimuli are presented.
type Plan struct {
	// Order is the order in which rates and synapses are updated.
	Order Order
	// Steps is the number of recognition steps of a presentation.
	Steps int
	// Batch is the number of stimuli after which the synapses change; 0 for all, so
	// that they change once an epoch.
	Batch int
	// Untied: the network has feedforward weights that are learned apart from the
	// generative ones; see [NewUntied].
	Untied bool
	// Relaxed: steps are lengthened; see [Learner.Relax].
	Relaxed bool
	// Shuffle writes into order the numbers of the stimuli in the order in which an
	// epoch, from 1, presents them. It must depend on the epoch alone: what a run
	// that goes on where it was killed asks again gets the same answer. Where it is nil
	// they come as they are; without a batch it is not asked.
	Shuffle func(epoch int, order []int)
}

// Pair reports why a circuit, a rule and a plan cannot learn together, or nil.
func Pair[T kernel.Float](c Circuit[T], rule learning.Rule[T], plan Plan) error {
	has, wants := c.Nature(), rule.Nature()
	if has.Objective != wants.Objective {
		return fmt.Errorf("network: circuit %q lowers the %s objective and rule %q the %s objective: "+
			"rates and synapses would work against each other; choose a pair that shares one",
			c.Name(), has.Objective.Name(), rule.Name(), wants.Objective.Name())
	}
	if wants.Circuit != "" && wants.Circuit != c.Name() && wants.Circuit != has.As {
		return fmt.Errorf("network: rule %q reads activity that circuit %q does not have; it goes with circuit %q alone", rule.Name(), c.Name(), wants.Circuit)
	}
	if _, lateral := rule.(learning.LateralRule[T]); has.Lateral && !lateral {
		return fmt.Errorf("network: circuit %q needs a rule that changes its inhibitory synapses, and %q does not", c.Name(), rule.Name())
	}
	if has.Normalisation != synapse.Free && has.Normalisation != wants.Normalisation {
		return fmt.Errorf("network: circuit %q needs synapses of %s and rule %q leaves them at %s: choose a rule that keeps %s",
			c.Name(), has.Normalisation, rule.Name(), wants.Normalisation, has.Normalisation)
	}
	if cost, ok := c.(Costly); ok && cost.FiringCost() > 0 && wants.Normalisation == synapse.Free {
		return fmt.Errorf("network: firing costs %v in circuit %q, and rule %q leaves the synapses free: they would grow and rates shrink without end, for nothing; choose a rule that keeps the size of a part, or no cost",
			cost.FiringCost(), c.Name(), rule.Name())
	}
	if plan.Untied && !(has.ErrorUnits && wants.Local && wants.Online) {
		return fmt.Errorf("network: synapses up and down are learned apart by circuit %s with a rule that is local and online; circuit %q and rule %q cannot", withErrorUnits[T](), c.Name(), rule.Name())
	}
	if plan.Relaxed && !(has.Multiplicative && wants.Multiplicative) {
		return fmt.Errorf("network: steps are lengthened where both circuit and rule multiply by a quotient; circuit %q and rule %q cannot be relaxed", c.Name(), rule.Name())
	}
	if plan.Steps < 1 {
		return fmt.Errorf("network: %d recognition steps an epoch; at least 1 is needed", plan.Steps)
	}
	if wants.Stepwise && plan.Steps < 2 {
		return fmt.Errorf("network: rule %q learns in the second half of the steps of a presentation; at least 2 are needed", rule.Name())
	}
	if has.OneByOne && plan.Batch != 1 {
		return fmt.Errorf("network: circuit %q has synapses of its own that learn from single presentations; it needs a batch of 1 and a rule that learns online", c.Name())
	}
	if plan.Batch < 0 {
		return fmt.Errorf("network: a batch of %d stimuli; allowed is 0 for all, or at least 1", plan.Batch)
	}
	if plan.Batch > 0 && !wants.Online && !remembers(rule) {
		return fmt.Errorf("network: rule %q learns from a batch as if there was nothing else, and would lose what the batch does not show; present all stimuli at once (batch 0)%s",
			rule.Name(), forgettingHelps(rule))
	}
	if wants.Online && plan.Order != RecogniseLearn {
		return fmt.Errorf("network: rule %q learns from what recognition has found from the start; its order is %q", rule.Name(), RecogniseLearn)
	}
	if wants.After && plan.Order != RecogniseLearn {
		return fmt.Errorf("network: rule %q learns from what recognition has left; its order is %q", rule.Name(), RecogniseLearn)
	}
	if has.FromRest && plan.Order != RecogniseLearn {
		return fmt.Errorf("network: circuit %q begins with silent hidden neurons, from which a rule that learns first would learn that they do nothing; its order is %q", c.Name(), RecogniseLearn)
	}
	if plan.Order == Simultaneous && !wants.Simultaneous {
		return fmt.Errorf("network: rule %q cannot update rates and synapses from one state (it would oscillate or is not known to converge); choose order %q or %q",
			rule.Name(), LearnRecognise, RecogniseLearn)
	}
	if plan.Order == Simultaneous && plan.Steps != 1 {
		return fmt.Errorf("network: order %q has exactly 1 recognition step an epoch, not %d", plan.Order, plan.Steps)
	}
	if plan.Order == Simultaneous && !has.ErrorUnits {
		return fmt.Errorf("network: circuit %q has no error units that rates and synapses could share; order %q goes with circuit %s", c.Name(), plan.Order, withErrorUnits[T]())
	}
	return nil
}

// remembers reports whether a rule keeps what earlier batches have said.
func remembers[T kernel.Float](rule learning.Rule[T]) bool {
	m, ok := rule.(learning.Remembering[T])
	return ok && m.NewMemory(1, 1) != nil
}

// forgettingHelps says how a rule that could remember is made to.
func forgettingHelps[T kernel.Float](rule learning.Rule[T]) string {
	if _, ok := rule.(learning.Remembering[T]); ok {
		return ", or let it remember with a forgetting below 1"
	}
	return ""
}
