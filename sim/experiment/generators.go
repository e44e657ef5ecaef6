package experiment

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"partsnet/sim/config"
	"partsnet/sim/generate"
)

// Generator returns the generator that makes the stimuli of the experiment; ok is false if
// they are read from a file.
func (x *Experiment) Generator() (g generate.Generator, ok bool) {
	if x.Stimulus.Path != "" {
		return nil, false
	}
	return generate.Named(x.Generators, x.Stimulus.Generator)
}

// generatorFields returns a field for each key of the generators, those of the section of
// stimuli first. A key that several generators share sets the parameter of each.
func (x *Experiment) generatorFields() []config.Field {
	var keys []string
	values := map[string][]generate.Parameter{}
	for _, g := range x.Generators {
		for _, p := range g.Parameters() {
			if values[p.Key] == nil {
				keys = append(keys, p.Key)
			}
			values[p.Key] = append(values[p.Key], p)
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return order(a) - order(b) })
	var fields []config.Field
	for _, key := range keys {
		fields = append(fields, together(values[key]))
	}
	return fields
}

// order puts keys of the section of stimuli, which stands before, in front of others.
func order(key string) int {
	if strings.HasPrefix(key, "stimulus.") {
		return 0
	}
	return 1
}

// together returns one field for parameters of one key.
func together(parameters []generate.Parameter) config.Field {
	var fields []config.Field
	for _, p := range parameters {
		switch v := p.Value.(type) {
		case *int:
			fields = append(fields, config.Integer(p.Key, v, int64(p.Low), int64(p.High), p.Doc))
		case *float64:
			fields = append(fields, config.Number(p.Key, v, p.Low, p.High, p.Doc))
		case *string:
			fields = append(fields, config.Choice(p.Key, v, p.Options, p.Doc))
		default:
			panic("experiment: " + p.Key + " is neither a number nor a text")
		}
	}
	f := fields[0]
	f.Accept = func(value any) bool {
		for _, each := range fields {
			if !each.Accept(value) {
				return false
			}
		}
		return true
	}
	return f
}

// generatorsOf returns the names of the generators with each key.
var generatorsOf = sync.OnceValue(func() map[string][]string {
	names := map[string][]string{}
	for _, g := range generate.Generators() {
		for _, p := range g.Parameters() {
			names[p.Key] = append(names[p.Key], g.Describe().Name)
		}
	}
	return names
})

// Set gives keys values, as the settings "key=value" of [Read] do, but checks nothing beyond
// the range of each.
func (x *Experiment) Set(settings ...string) error {
	var wrong []error
	table := x.fields(true)
	for _, s := range settings {
		wrong = append(wrong, config.SetText(table, s))
	}
	return errors.Join(wrong...)
}
