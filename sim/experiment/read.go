package experiment

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/config"
)

// Read returns the experiment that the TOML text asks for, with the settings
// ("key=value", the value as TOML or as a bare word) over it. File is how
// messages call the text. The error joins everything that is wrong, each with
// file, line, key, value and what is allowed.
func Read(file string, text []byte, settings []string) (*Experiment, error) {
	return read(file, text, settings, false)
}

// read is [Read]; where it is resolved, keys of the text that belong to other stimuli are
// dropped.
func read(file string, text []byte, settings []string, resolved bool) (*Experiment, error) {
	x := Default()
	x.unsetDerived()
	table := x.fields(true)
	d, err := config.Parse(file, text)
	if err != nil {
		return nil, err
	}
	x.Name = cmp.Or(nameOf(file), x.Name)
	keys := slices.SortedFunc(maps.Keys(d.Values), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.Lines[a], d.Lines[b]), strings.Compare(a, b))
	})
	var wrong []error
	for _, key := range keys {
		if err := config.Set(table, key, d.Values[key]); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, d.Lines[key], err))
		}
	}
	var wrongSettings []error
	for _, s := range settings {
		if err := config.SetText(table, s); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	// What a key means can be told only when circuit, rule and stimuli are known. A setting
	// that chooses other stimuli replaces those of the text, with the keys that belong to
	// them.
	replaced := resolved || slices.ContainsFunc(settings, func(s string) bool { return slices.Contains(sourceKeys, config.KeyOf(s)) })
	for _, key := range keys {
		if replaced && !slices.ContainsFunc(settings, func(s string) bool { return config.KeyOf(s) == key }) {
			x.reset(table, key)
		}
		if err := cmp.Or(x.wrongParameter(key), x.meaningless(table, key)); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, d.Lines[key], err))
		}
	}
	for _, s := range settings {
		if err := cmp.Or(x.wrongParameter(config.KeyOf(s)), x.meaningless(table, config.KeyOf(s))); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	wrong = append(wrong, wrongSettings...)
	if len(wrong) == 0 {
		if err := x.Complete(); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
		}
	}
	return x, errors.Join(wrong...)
}

// sourceKeys choose what is shown.
var sourceKeys = []string{"stimulus.path", "stimulus.generator", "stimulus.scaling"}

func floorOf(precision string) float64 {
	if precision == "float32" {
		return network.Floor32
	}
	return network.Floor64
}

// nameOf returns the name of an experiment that a file does not give one: that of the file,
// as far as it may stand in a path; "" where nothing is left.
func nameOf(file string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(config.NameRunes, r) {
			return r
		}
		return '-'
	}, strings.TrimSuffix(filepath.Base(file), ".toml"))
	name = strings.TrimLeft(name, ".")
	return name[:min(len(name), config.MaxName)]
}

// check looks at what only several keys together can get wrong.
func (x *Experiment) check() error {
	if x.Start.Low > x.Start.High || x.Start.High == 0 {
		return fmt.Errorf("synapses.low = %v and synapses.high = %v; allowed is low ≤ high and high > 0", x.Start.Low, x.Start.High)
	}
	if x.Restarts > 1 && x.Start.Synapses != "" && x.Start.Rates != "" {
		return fmt.Errorf("restarts = %d with synapses.path and rates.path; allowed is restarts = 1, as all starts would be the same", x.Restarts)
	}
	if x.Stimulus.Map && (x.Stimulus.Transpose || x.Stimulus.Pixels != Rows || x.Stimulus.Scaling != "none" || x.Stimulus.Levels != 0) {
		return errors.New("stimulus.map = true uses the file as it is; allowed with it are stimulus.transpose = false, stimulus.pixels = \"rows\", stimulus.scaling = \"none\" and stimulus.levels = 0")
	}
	if !slices.Contains(x.Constraints, NonNegative) || x.Constraints[0] != NonNegative {
		return fmt.Errorf("network.constraints = %q; allowed is a list that begins with %q: circuit and rule learn under that one, and the others are compared with it", x.Constraints, NonNegative)
	}
	if x.Stimulus.Path == "" && x.Stimulus.Generator == "bars" {
		if err := x.BarOptions().Validate(); err != nil {
			return err
		}
	}
	for _, a := range x.Look.Neurons {
		if a >= x.Hidden {
			return fmt.Errorf("look.neurons = %v; allowed are hidden neurons from 0 to %d", x.Look.Neurons, x.Hidden-1)
		}
	}
	circuit, err := Circuit[float64](x)
	if err != nil {
		return err
	}
	rule, err := Rule[float64](x)
	if err != nil {
		return err
	}
	plan, err := x.Plan()
	if err != nil {
		return err
	}
	if x.Stack.Joint > 0 && (len(x.Stack.Hidden) == 0 || rule.Objective() != (*learning.UpPropagation[float64])(nil).Objective()) {
		return fmt.Errorf("stack.joint = %d; allowed is 0 where stack.hidden is [] or the rule does not lower the Poisson objective", x.Stack.Joint)
	}
	return network.Pair(circuit, rule, plan)
}

func circuitNames() (names []string) {
	for _, c := range network.Circuits[float64]() {
		names = append(names, c.Name())
	}
	return names
}

func ruleNames() (names []string) {
	for _, r := range learning.Rules[float64]() {
		names = append(names, r.Name())
	}
	return names
}
