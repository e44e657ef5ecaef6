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
	d, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	x.Name = cmp.Or(nameOf(file), x.Name)
	keys := slices.SortedFunc(maps.Keys(d.values), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.lines[a], d.lines[b]), strings.Compare(a, b))
	})
	var wrong []error
	for _, key := range keys {
		if err := set(table, key, d.values[key]); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, d.lines[key], err))
		}
	}
	var wrongSettings []error
	for _, s := range settings {
		if err := setText(table, s); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	// What a key means can be told only when circuit, rule and stimuli are known. A setting
	// that chooses other stimuli replaces those of the text, with the keys that belong to
	// them.
	replaced := resolved || slices.ContainsFunc(settings, func(s string) bool { return slices.Contains(sourceKeys, settingKey(s)) })
	for _, key := range keys {
		if replaced && !slices.ContainsFunc(settings, func(s string) bool { return settingKey(s) == key }) {
			x.reset(table, key)
		}
		if err := cmp.Or(x.wrongParameter(key), x.meaningless(table, key)); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, d.lines[key], err))
		}
	}
	for _, s := range settings {
		if err := cmp.Or(x.wrongParameter(settingKey(s)), x.meaningless(table, settingKey(s))); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	wrong = append(wrong, wrongSettings...)
	if len(wrong) == 0 {
		if err := x.resolve(); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
		} else if err := x.check(); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
		}
	}
	return x, errors.Join(wrong...)
}

// sourceKeys choose what is shown.
var sourceKeys = []string{"stimulus.path", "stimulus.generator", "stimulus.scaling"}

// settingKey returns the key of "key=value".
func settingKey(setting string) string {
	key, _, _ := strings.Cut(setting, "=")
	return strings.TrimSpace(key)
}

func floorOf(precision string) float64 {
	if precision == "float32" {
		return network.Floor32
	}
	return network.Floor64
}

// set gives one key its value.
func set(table []field, key string, value any) error {
	for _, f := range table {
		if f.key != key {
			continue
		}
		if !f.set(value) {
			return fmt.Errorf("%s = %s; allowed is %s", key, literal(value), f.allowed)
		}
		return nil
	}
	return fmt.Errorf("there is no key %q; %s", key, suggest(table, key))
}

// setText sets one key from "key=value", as it is written on a command line: a value is TOML
// or a bare word, and a list may be bare words with commas between them.
func setText(table []field, setting string) error {
	key, text, ok := strings.Cut(setting, "=")
	key, text = strings.TrimSpace(key), strings.TrimSpace(text)
	if !ok {
		return fmt.Errorf("expected key=value, such as --set %s=VALUE", cmp.Or(key, "seed"))
	}
	value := bareOrTOML(text)
	if i := slices.IndexFunc(table, func(f field) bool { return f.key == key }); i >= 0 && table[i].list {
		value = bareList(value)
	}
	return set(table, key, value)
}

// bareList returns the items of a list that was written without quotation marks or
// brackets; any other value as it is.
func bareList(value any) any {
	text, ok := value.(string)
	if !ok {
		if _, isList := value.([]any); isList {
			return value
		}
		return []any{value}
	}
	if inner, opened := strings.CutPrefix(text, "["); opened {
		text = strings.TrimSuffix(inner, "]")
	}
	items := []any{}
	for item := range strings.SplitSeq(text, ",") {
		items = append(items, bareOrTOML(strings.TrimSpace(item)))
	}
	return items
}

// nameOf returns the name of an experiment that a file does not give one: that of the file,
// as far as it may stand in a path; "" where nothing is left.
func nameOf(file string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(nameRunes, r) {
			return r
		}
		return '-'
	}, strings.TrimSuffix(filepath.Base(file), ".toml"))
	name = strings.TrimLeft(name, ".")
	return name[:min(len(name), maxName)]
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
