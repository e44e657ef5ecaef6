package experiment

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"partsnet/learning"
	"partsnet/network"
)

// Read returns the experiment that the TOML text asks for, with the settings
// ("key=value", the value as TOML or as a bare word) over it. File is how
// messages call the text. The error joins everything that is wrong, each with
// file, line, key, value and what is allowed.
func Read(file string, text []byte, settings []string) (*Experiment, error) {
	x := Default()
	x.leaveUnsaid()
	table := x.fields(true)
	text = withoutMark(text)
	values, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	lines := keyLines(text)
	var wrong []error
	flatten("", values, func(key string, value any) {
		if err := set(table, key, value); err != nil {
			where := file
			if line := lines[key]; line > 0 {
				where = fmt.Sprintf("%s:%d", file, line)
			}
			wrong = append(wrong, fmt.Errorf("%s: %w", where, err))
		}
	})
	var wrongSettings []error
	for _, s := range settings {
		if err := setText(table, s); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	// What a parameter means can be told only when circuit and rule are known.
	flatten("", values, func(key string, _ any) {
		if err := x.wrongParameter(key); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, lines[key], err))
		}
	})
	for _, s := range settings {
		key, _, _ := strings.Cut(s, "=")
		if err := x.wrongParameter(strings.TrimSpace(key)); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	slices.SortStableFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
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

// withoutMark returns the text without the byte order mark that some editors put before it.
func withoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// parse reads TOML; the error has a position.
func parse(file string, text []byte) (values map[string]any, err error) {
	if err := toml.Unmarshal(text, &values); err != nil {
		var d *toml.DecodeError
		if errors.As(err, &d) {
			row, column := d.Position()
			return nil, fmt.Errorf("%s:%d:%d: this is no TOML: %w", file, row, column, err)
		}
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return values, nil
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
			return fmt.Errorf("%s = %#v; allowed is %s", key, value, f.allowed)
		}
		return nil
	}
	return fmt.Errorf("there is no key %q; %s", key, suggest(table, key))
}

// suggest names the keys of the same section, or all sections.
func suggest(table []field, key string) string {
	section, _, _ := strings.Cut(key, ".")
	var keys []string
	for _, f := range table {
		if s, _, ok := strings.Cut(f.key, "."); ok && s == section {
			keys = append(keys, f.key)
		}
	}
	if keys == nil {
		for _, f := range table {
			keys = append(keys, f.key)
		}
	}
	return "there are " + strings.Join(keys, ", ")
}

// setText sets one key from "key=value".
func setText(table []field, setting string) error {
	key, text, ok := strings.Cut(setting, "=")
	if !ok {
		return errors.New("expected key=value")
	}
	return set(table, strings.TrimSpace(key), bareOrTOML(strings.TrimSpace(text)))
}

// bareOrTOML returns the value of a text that is TOML, or the text itself.
func bareOrTOML(text string) any {
	var v map[string]any
	if err := toml.Unmarshal([]byte("v = "+text), &v); err != nil || len(v) != 1 {
		return text
	}
	return v["v"]
}

// flatten visits all values with their dotted keys.
func flatten(prefix string, values map[string]any, visit func(key string, value any)) {
	for k, v := range values {
		if sub, ok := v.(map[string]any); ok {
			flatten(prefix+k+".", sub, visit)
			continue
		}
		visit(prefix+k, v)
	}
}

// keyLines returns the line of each dotted key.
func keyLines(text []byte) map[string]int {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		key, line := "", 0
		for it := e.Key(); it.Next(); {
			if line == 0 {
				line = p.Shape(p.Range(it.Node().Data)).Start.Line
			}
			key += "." + string(it.Node().Data)
		}
		switch {
		case key == "":
		case e.Kind == unstable.KeyValue:
			lines[strings.TrimPrefix(table+key, ".")] = line
		default:
			table = key
			lines[strings.TrimPrefix(key, ".")] = line
		}
	}
	return lines
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
		if err := x.BarsWanted().Validate(); err != nil {
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
	if x.Stack.Joint > 0 && (len(x.Stack.Hidden) == 0 || rule.Nature().Objective != learning.Poisson) {
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
