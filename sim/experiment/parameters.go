package experiment

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/config"
)

// unset marks a number whose default follows from other keys.
const unset = -1

// unsetDerived unsets the keys whose defaults follow from the precision, the circuit and
// the rule.
func (x *Experiment) unsetDerived() {
	x.Floor, x.Recognition.Steps, x.Recognition.Report = unset, unset, unset
	x.Learning.Order, x.Learning.Batch, x.Learning.Epochs = "", unset, unset
	x.Recognition.Parameters, x.Learning.Parameters = map[string]float64{}, map[string]float64{}
}

// resolve fills in the defaults that follow from other keys.
func (x *Experiment) resolve() error {
	circuit, err := network.CircuitNamed[float64](x.Recognition.Circuit)
	if err != nil {
		return err
	}
	rule, err := learning.RuleNamed[float64](x.Learning.Rule)
	if err != nil {
		return err
	}
	x.resolveChoice()
	steps := circuit.Describe().Steps
	online, fromRest := learning.Has[learning.Online](rule), learning.Has[network.Resting](circuit)
	fill := func(p *int, value int) {
		if *p == unset {
			*p = value
		}
	}
	if x.Floor == unset {
		x.Floor = floorOf(x.Precision)
	}
	if online {
		fill(&x.Recognition.Steps, steps)
		fill(&x.Recognition.Report, 4*steps)
		fill(&x.Learning.Batch, 1)
		fill(&x.Learning.Epochs, 10)
	} else {
		if !fromRest {
			steps = 1
		}
		fill(&x.Recognition.Steps, steps)
		fill(&x.Recognition.Report, 0)
		fill(&x.Learning.Batch, 0)
		fill(&x.Learning.Epochs, 500)
	}
	if x.Learning.Order == "" {
		x.Learning.Order = network.LearnRecognise.String()
		if online || fromRest || learning.Has[learning.FinalErrors](rule) {
			x.Learning.Order = network.RecogniseLearn.String()
		}
	}
	for _, part := range x.parametric() {
		for _, p := range learning.Parameters(part.of) {
			if _, said := part.values[p.Name]; !said {
				part.values[p.Name] = p.Get()
			}
		}
	}
	return nil
}

// parametric returns the chosen circuit and rule with the values of their parameters, by
// the section of their keys.
func (x *Experiment) parametric() map[string]struct {
	of     any
	values map[string]float64
} {
	circuit, _ := network.CircuitNamed[float64](x.Recognition.Circuit)
	rule, _ := learning.RuleNamed[float64](x.Learning.Rule)
	return map[string]struct {
		of     any
		values map[string]float64
	}{"recognition": {circuit, x.Recognition.Parameters}, "learning": {rule, x.Learning.Parameters}}
}

// candidates returns the circuits or the rules whose parameters are keys of a section.
func candidates(section string) (all []any) {
	if section == "recognition" {
		for _, c := range network.Circuits[float64]() {
			all = append(all, c)
		}
		return all
	}
	for _, r := range learning.Rules[float64]() {
		all = append(all, r)
	}
	return all
}

// parameterFields returns a field for each parameter of the chosen circuit or rule of the
// section or, if all is true, of every circuit or rule. A field accepts any number:
// [Experiment.wrongParameter] checks the value once all keys have been read, because the
// circuit or rule may be chosen by a later key.
func (x *Experiment) parameterFields(section string, all bool) (fields []config.Field) {
	chosen := x.parametric()[section]
	own := learning.Parameters(chosen.of)
	for _, c := range candidates(section) {
		for _, p := range learning.Parameters(c) {
			key := section + "." + p.Name
			if slices.ContainsFunc(fields, func(f config.Field) bool { return f.Key == key }) {
				continue
			}
			mine := slices.IndexFunc(own, func(o learning.Parameter) bool { return o.Name == p.Name })
			if mine >= 0 {
				p = own[mine]
			}
			name := p.Name
			value := math.NaN()
			f := config.Number(key, &value, -math.MaxFloat64, math.MaxFloat64, p.Doc)
			set := f.Accept
			f.Allowed = allowed(p)
			f.Accept = func(v any) bool {
				if !set(v) {
					return false
				}
				chosen.values[name] = value
				return true
			}
			f.Literal = func() string {
				value = chosen.values[name]
				if p.Count != nil && value == math.Trunc(value) {
					return strconv.FormatFloat(value, 'f', 0, 64)
				}
				return config.Number(key, &value, 0, 0, "").Literal()
			}
			if mine >= 0 || all {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// wrongParameter returns an error if the key is a parameter that the chosen circuit or rule
// does not have, or if its value is out of range.
func (x *Experiment) wrongParameter(key string) error {
	section, name, _ := strings.Cut(key, ".")
	chosen, ok := x.parametric()[section]
	value, said := chosen.values[name]
	if !ok || !said {
		return nil
	}
	kind := map[string]string{"recognition": "circuit", "learning": "rule"}[section]
	var names, others []string
	for _, c := range candidates(section) {
		called := c.(interface{ Name() string }).Name()
		for _, p := range learning.Parameters(c) {
			if p.Name == name {
				others = append(others, called)
			}
		}
	}
	for _, p := range learning.Parameters(chosen.of) {
		if p.Name != name {
			names = append(names, section+"."+p.Name)
			continue
		}
		if !p.Takes(value) {
			return fmt.Errorf("%s = %s; allowed is %s", key, strconv.FormatFloat(value, 'g', -1, 64), allowed(p))
		}
		return nil
	}
	has := "none"
	if names != nil {
		has = strings.Join(names, ", ")
	}
	return fmt.Errorf("%s = %s does not apply to %s %q, whose parameters are: %s; it is a parameter of %s",
		key, strconv.FormatFloat(value, 'g', -1, 64), kind, chosen.of.(interface{ Name() string }).Name(), has, config.QuoteAll(others))
}

// Circuit returns the circuit of the experiment, with its parameters.
func Circuit[T neuron.Float](x *Experiment) (network.Circuit[T], error) {
	c, err := network.CircuitNamed[T](x.Recognition.Circuit)
	if err == nil {
		learning.Assign(c, x.Recognition.Parameters)
	}
	return c, err
}

// Rule returns the plasticity rule of the experiment, with its parameters.
func Rule[T neuron.Float](x *Experiment) (learning.Rule[T], error) {
	r, err := learning.RuleNamed[T](x.Learning.Rule)
	if err == nil {
		learning.Assign(r, x.Learning.Parameters)
	}
	return r, err
}

// Plan returns how the experiment presents its stimuli, except for their order in an epoch.
func (x *Experiment) Plan() (network.Plan, error) {
	order, err := network.OrderNamed(x.Learning.Order)
	plan := network.Plan{Order: order, Steps: x.Recognition.Steps, Batch: x.Learning.Batch, Untied: x.Separate, Relaxation: x.Learning.Relaxation}
	if x.NewNoise() {
		plan.Noise = x.Noise
	}
	return plan, err
}

// allowed says which values a parameter takes.
func allowed(p learning.Parameter) string {
	if p.Count != nil {
		return fmt.Sprintf("an integer from %.0f to %.0f", p.Low, p.High)
	}
	return fmt.Sprintf("a number from %v to %v", p.Low, p.High)
}
