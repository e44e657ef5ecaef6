package network

import (
	"errors"
	"fmt"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// refusal is a condition under which a circuit, a rule and a plan cannot learn together,
// with the sentence that says why and what to do.
type refusal[T neuron.Float] struct {
	when    func(pairing[T]) bool
	because func(pairing[T]) string
}

// refusals returns all of them; the first that holds is reported.
func refusals[T neuron.Float]() []refusal[T] {
	type p = pairing[T]
	online := func(p p) bool { return learning.Has[learning.Online](p.rule) }
	simultaneous := func(p p) bool { return p.plan.Order == Simultaneous }
	first := func(p p) bool { return p.plan.Order != RecogniseLearn }
	reads := func(p p) learning.Activity {
		if r, ok := p.rule.(learning.Reader); ok {
			return r.Reads()
		}
		return ""
	}
	return []refusal[T]{
		{func(p p) bool { return p.circuit.Objective() != p.rule.Objective() }, func(p p) string {
			return fmt.Sprintf("circuit %q lowers the %s objective and rule %q the %s objective; circuit and rule must lower the same one",
				p.circuit.Name(), p.circuit.Objective().Name(), p.rule.Name(), p.rule.Objective().Name())
		}},
		{func(p p) bool { return reads(p) != "" && !offers(p.circuit, reads(p)) }, func(p p) string {
			return fmt.Sprintf("rule %q reads %s, which circuit %q does not have; allowed is %s",
				p.rule.Name(), reads(p), p.circuit.Name(), quotedNames(Offers(reads(p))))
		}},
		{func(p p) bool {
			return offers(p.circuit, learning.LearnedInhibition) && !learning.Has[learning.LateralRule[T]](p.rule)
		}, func(p p) string {
			return fmt.Sprintf("circuit %q needs a rule that changes its inhibitory synapses, and %q does not", p.circuit.Name(), p.rule.Name())
		}},
		{func(p p) bool {
			need := required(p.circuit)
			return need != synapse.Free && need != learning.Kept(p.rule)
		}, func(p p) string {
			return fmt.Sprintf("circuit %q needs synapses of %s and rule %q leaves them at %s: choose a rule that keeps %s",
				p.circuit.Name(), required(p.circuit), p.rule.Name(), learning.Kept(p.rule), required(p.circuit))
		}},
		{func(p p) bool { return penalty(p.circuit) > 0 && learning.Kept(p.rule) == synapse.Free }, func(p p) string {
			return fmt.Sprintf("rates cost %v in circuit %q, and rule %q leaves the synapses free: synapses would grow and rates shrink without end; choose a rule that keeps the size of a part, or no cost",
				penalty(p.circuit), p.circuit.Name(), p.rule.Name())
		}},
		{func(p p) bool {
			return p.plan.Untied && !(learning.Has[ErrorUnits](p.circuit) && p.rule.Describe().Local && online(p))
		}, func(p p) string {
			return fmt.Sprintf("feedforward and feedback synapses can be learned apart by circuit %s with a rule that is local and online; circuit %q and rule %q cannot", withErrorUnits[T](), p.circuit.Name(), p.rule.Name())
		}},
		{func(p p) bool {
			return p.plan.Relaxation != 0 && p.plan.Relaxation != 1 && !(learning.Has[learning.Multiplicative](p.circuit) && learning.Has[learning.Multiplicative](p.rule))
		}, func(p p) string {
			return fmt.Sprintf("steps can be relaxed where both circuit and rule multiply by a quotient; circuit %q and rule %q do not", p.circuit.Name(), p.rule.Name())
		}},
		{func(p p) bool {
			return !p.plan.Noise.None() && !p.plan.Noise.Frozen && !online(p) && !learning.Has[Resting](p.circuit)
		}, func(p p) string {
			return fmt.Sprintf("noise that is new at every presentation needs a rule that learns online, or a circuit that begins at rest (%s): rule %q lets recognition go on from the rates of the last presentation, of which those that chance has set to zero would stay zero; choose frozen noise, or another rule",
				circuitsThat[T](learning.Has[Resting]), p.rule.Name())
		}},
		{func(p p) bool { return p.plan.Steps < 1 }, func(p p) string {
			return fmt.Sprintf("%d recognition steps an epoch; at least 1 is needed", p.plan.Steps)
		}},
		{func(p p) bool { return learning.Has[learning.EachStep](p.rule) && p.plan.Steps < 2 }, func(p p) string {
			return fmt.Sprintf("rule %q learns in the second half of the steps of a presentation; at least 2 are needed", p.rule.Name())
		}},
		{func(p p) bool { return learning.Has[BatchOfOne](p.circuit) && p.plan.Batch != 1 }, func(p p) string {
			return fmt.Sprintf("circuit %q has synapses of its own that learn from single presentations; it needs a batch of 1 and a rule that learns online", p.circuit.Name())
		}},
		{func(p p) bool { return p.plan.Batch < 0 }, func(p p) string {
			return fmt.Sprintf("a batch of %d stimuli; allowed is 0 for all, or at least 1", p.plan.Batch)
		}},
		{func(p p) bool { return p.plan.Batch > 0 && !online(p) && !remembers(p.rule) }, func(p p) string {
			return fmt.Sprintf("rule %q needs all stimuli at once, because it forgets what a batch does not show: set learning.batch = 0%s", p.rule.Name(), forgettingHelps(p.rule))
		}},
		{func(p p) bool { return online(p) && first(p) }, func(p p) string {
			return fmt.Sprintf("rule %q learns from what recognition has found from the start; its order is %q", p.rule.Name(), RecogniseLearn)
		}},
		{func(p p) bool { return learning.Has[learning.FinalErrors](p.rule) && first(p) }, func(p p) string {
			return fmt.Sprintf("rule %q learns from what recognition has left; its order is %q", p.rule.Name(), RecogniseLearn)
		}},
		{func(p p) bool { return learning.Has[Resting](p.circuit) && first(p) }, func(p p) string {
			return fmt.Sprintf("circuit %q begins with silent hidden neurons, from which a rule that learns first would learn that they do nothing; its order is %q", p.circuit.Name(), RecogniseLearn)
		}},
		{func(p p) bool { return simultaneous(p) && !learning.Has[learning.Simultaneous](p.rule) }, func(p p) string {
			return fmt.Sprintf("rule %q cannot update rates and synapses from one state (it would oscillate or is not known to converge); choose order %q or %q",
				p.rule.Name(), LearnRecognise, RecogniseLearn)
		}},
		{func(p p) bool { return simultaneous(p) && p.plan.Steps != 1 }, func(p p) string {
			return fmt.Sprintf("order %q has exactly 1 recognition step an epoch, not %d", p.plan.Order, p.plan.Steps)
		}},
		{func(p p) bool { return simultaneous(p) && !learning.Has[ErrorUnits](p.circuit) }, func(p p) string {
			return fmt.Sprintf("circuit %q has no error units that rates and synapses could share; order %q goes with circuit %s", p.circuit.Name(), p.plan.Order, withErrorUnits[T]())
		}},
	}
}

// remembers reports whether a rule keeps what earlier batches have shown.
func remembers[T neuron.Float](rule learning.Rule[T]) bool {
	m, ok := rule.(learning.Remembering[T])
	return ok && m.NewMemory(1, 1) != nil
}

// forgettingHelps says how a rule that could remember is made to.
func forgettingHelps[T neuron.Float](rule learning.Rule[T]) string {
	if learning.Has[learning.Remembering[T]](rule) {
		return ", or let it remember with a forgetting below 1"
	}
	return ""
}

// quotedNames lists names for a message.
func quotedNames(names []string) string {
	text := ""
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", n)
	}
	return text
}

// accepts asks circuit and rule whether they can take stimuli.
func accepts[T neuron.Float](c Circuit[T], rule learning.Rule[T], v Stimuli[T], plan Plan) error {
	_, counts := v.(*neuron.Counts[T])
	if !plan.Noise.None() {
		if err := CheckNoise(plan.Noise); err != nil {
			return err
		}
		if partial, ok := v.(*neuron.Partial[T]); ok {
			_, counts = partial.Known().(*neuron.Counts[T])
		}
		if counts {
			return errors.New("network: noise of stimuli that are counts: these are held where they are not zero, and are whole numbers already drawn by chance; give them as rates")
		}
	}
	partial, missing := v.(*neuron.Partial[T])
	if missing = missing && partial.Seen().Missing() > 0; missing {
		if err := PairMissing(c, rule, plan); err != nil {
			return err
		}
	}
	for _, m := range []learning.Mechanism{c, rule} {
		selective, ok := m.(learning.Selective)
		if !ok {
			continue
		}
		form := learning.Form{Counts: counts, Batch: plan.Batch, Missing: missing}
		for i := range v.Stimuli() {
			v.Each(i, func(_ int, x T) { form.Largest = max(form.Largest, float64(x)) })
		}
		if err := selective.Accepts(form); err != nil {
			return err
		}
	}
	return nil
}

// PairMissing reports why a circuit, a rule and a plan that go together cannot learn from stimuli
// with missing entries, or nil.
func PairMissing[T neuron.Float](c Circuit[T], rule learning.Rule[T], plan Plan) error {
	if err := TakesMissing[T](c); err != nil {
		return err
	}
	if err := refuseMissing("rule", rule); err != nil {
		return fmt.Errorf("%w; allowed is %s", err, rulesThatTakeMissing[T]())
	}
	if plan.Order == Simultaneous {
		return fmt.Errorf("network: order %q cannot learn from stimuli with missing entries: what a rate sends is no longer the same for all synapses, so that one state does not serve both; choose order %q or %q",
			plan.Order, LearnRecognise, RecogniseLearn)
	}
	return nil
}

// TakesMissing returns why a circuit cannot recognise stimuli with missing entries, or nil.
func TakesMissing[T neuron.Float](c Circuit[T]) error {
	if err := refuseMissing("circuit", c); err != nil {
		return fmt.Errorf("%w; allowed is %s", err, circuitsThat[T](learning.Has[learning.Missing]))
	}
	return nil
}

// refuseMissing returns why a mechanism cannot take missing entries, or nil.
func refuseMissing(what string, m learning.Mechanism) error {
	if learning.Has[learning.Missing](m) {
		return nil
	}
	why := "it does not say what they mean to it"
	if all, ok := m.(learning.NeedsAll); ok {
		why = all.WhyAll()
	}
	return fmt.Errorf("network: %s %q takes no stimuli with missing entries: %s", what, m.Name(), why)
}

func rulesThatTakeMissing[T neuron.Float]() string {
	var names []string
	for _, r := range learning.Rules[T]() {
		if learning.Has[learning.Missing](r) {
			names = append(names, r.Name())
		}
	}
	return quotedNames(names)
}
