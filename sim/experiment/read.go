package experiment

import (
	"cmp"
	"context"
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

// Read returns the experiment of a TOML text, with settings ("key=value", the value as TOML
// or as a bare word) that override it. File is the name of the text in errors. The error joins everything that is wrong, each with
// file, line, key, value and what is allowed.
func Read(file string, text []byte, settings []string) (*Experiment, error) {
	return ReadContext(context.Background(), file, text, settings)
}

// ReadContext is [Read], which the context ends with its error while it looks whether an archive
// holds texts.
func ReadContext(ctx context.Context, file string, text []byte, settings []string) (*Experiment, error) {
	d, err := Parse(ctx, file, text)
	if err != nil {
		return nil, err
	}
	return d.Experiment(ctx, settings)
}

// read returns the experiment of a document; if it is a resolved config, its keys that apply to
// other stimuli are ignored.
func read(file string, d *config.Document, settings []string, resolved bool, texts Texts) (*Experiment, error) {
	x := Default()
	x.unsetDerived()
	table := x.fields(true)
	x.Name = cmp.Or(nameOf(file), x.Name)
	keys := slices.SortedFunc(maps.Keys(d.Values), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.Lines[a], d.Lines[b]), strings.Compare(a, b))
	})
	var wrong []error
	for _, key := range keys {
		if strings.HasPrefix(key, SweepTable+".") {
			return nil, fmt.Errorf("%s:%d: the table [%s] makes many runs of an experiment; run it with: partsnet sweep %s", file, d.Lines[key], SweepTable, file)
		}
		if err := config.Set(table, key, d.Values[key]); err != nil {
			wrong = append(wrong, d.Located(file, key, err))
		}
	}
	var wrongSettings []error
	for _, s := range settings {
		if err := config.SetText(table, s); err != nil {
			wrongSettings = append(wrongSettings, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	// Whether a key applies is known only once circuit, rule and stimuli are known. A setting
	// that chooses other stimuli also removes the keys of the text that apply to the
	// replaced ones.
	replaced := resolved || slices.ContainsFunc(settings, func(s string) bool { return slices.Contains(sourceKeys, config.KeyOf(s)) })
	for _, key := range keys {
		if overridden(key, settings) {
			continue
		}
		if replaced {
			x.reset(table, key, texts)
		}
		if err := cmp.Or(x.wrongParameter(key), x.meaningless(table, key, texts)); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, d.Lines[key], err))
		}
	}
	if _, inText := d.Values[hiddenKey]; len(wrong)+len(wrongSettings) == 0 {
		if err := x.otherNumber(inText, settings); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
		}
	}
	for k, s := range settings {
		if overridden(config.KeyOf(s), settings[k+1:]) {
			continue
		}
		if err := cmp.Or(x.wrongParameter(config.KeyOf(s)), x.meaningless(table, config.KeyOf(s), texts)); err != nil {
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

// overridden reports whether later settings give a key another value, which alone is judged
// then.
func overridden(key string, later []string) bool {
	return slices.ContainsFunc(later, func(s string) bool { return config.KeyOf(s) == key })
}

// sourceKeys choose the stimuli and their scaling.
var sourceKeys = []string{"stimulus.path", "stimulus.generator", "stimulus.scaling"}

func floorOf(precision string) float64 {
	if precision == "float32" {
		return network.Floor32
	}
	return network.Floor64
}

// nameOf returns the name of an experiment without one: that of its file, with characters
// that a name cannot have replaced; "" if nothing is left.
func nameOf(file string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(config.NameRunes, r) {
			return r
		}
		return '-'
	}, withoutTOML(filepath.Base(file)))
	name = strings.TrimLeft(name, ".")
	return name[:min(len(name), config.MaxName)]
}

// withoutTOML returns the name of a file without its ending ".toml" in either case.
func withoutTOML(name string) string {
	if end := filepath.Ext(name); strings.EqualFold(end, ".toml") {
		return strings.TrimSuffix(name, end)
	}
	return name
}

// check checks what depends on several keys.
func (x *Experiment) check() error {
	if x.Start.Low > x.Start.High || x.Start.High == 0 {
		return fmt.Errorf("synapses.low = %v and synapses.high = %v; allowed is low ≤ high and high > 0", x.Start.Low, x.Start.High)
	}
	if x.Restarts > 1 && x.Start.Synapses != "" && x.Start.Rates != "" {
		return fmt.Errorf("restarts = %d with synapses.path and rates.path; allowed is restarts = 1, as all starts would be the same", x.Restarts)
	}
	if x.Stimulus.Map && (x.Stimulus.Transpose || x.Stimulus.Pixels != Rows || x.Stimulus.Scaling != "none" || x.Stimulus.Levels != 0 || x.Stimulus.Rectify) {
		return errors.New("stimulus.map = true uses the file as it is; allowed with it are stimulus.transpose = false, stimulus.pixels = \"rows\", stimulus.scaling = \"none\", stimulus.levels = 0 and stimulus.rectify = false")
	}
	if x.Stimulus.Map && x.Stimulus.Save {
		return errors.New("stimulus.save = true with stimulus.map = true; allowed is stimulus.save = false, as the file holds the stimuli as they are learned")
	}
	if x.Stimulus.Map && x.Stimulus.Average {
		return errors.New("stimulus.average = true with stimulus.map = true; allowed is stimulus.average = false, as a file that is mapped has no recordings")
	}
	if t := x.Stimulus.Table; t.Decimal == t.Thousands {
		return fmt.Errorf("stimulus.decimal and stimulus.thousands are both %q; allowed are different marks", t.Decimal)
	}
	if !slices.Contains(x.Constraints, NonNegative) || x.Constraints[0] != NonNegative {
		return fmt.Errorf("network.constraints = %q; allowed is a list that begins with %q: circuit and rule learn under that one, and the others are compared with it", x.Constraints, NonNegative)
	}
	if g, ok := x.Generator(); ok {
		if err := g.Validate(); err != nil {
			return err
		}
	}
	if w := x.Look.Width; w != 0 && (w < leastWidth || w > mostWidth) {
		return fmt.Errorf("look.width = %d; allowed is 0 or a width from %d to %d mm", w, leastWidth, mostWidth)
	}
	if x.Groups.Files != "" && x.Groups.Table != "" {
		return fmt.Errorf("groups.files = %q and groups.table = %q both choose files; allowed is one of them", x.Groups.Files, x.Groups.Table)
	}
	if t := x.Stimulus.Table; x.Stimulus.Transpose && (t.Condition != "" || t.Trial != "") {
		return errors.New("groups.condition and groups.trial name a column of a table in which a stimulus is a line; allowed with them is stimulus.transpose = false")
	}
	if x.Stimulus.Map && x.Several() {
		return errors.New("stimulus.map = true maps one file; allowed with it are groups.files = \"\" and groups.table = \"\"")
	}
	if err := x.checkGroups(); err != nil {
		return err
	}
	least := slices.Min(x.Tried())
	for _, a := range x.Look.Neurons {
		if a >= least {
			return fmt.Errorf("look.neurons = %v; allowed are hidden neurons from 0 to %d", x.Look.Neurons, least-1)
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
	if err := x.checkChoice(rule.Objective()); err != nil {
		return err
	}
	plan, err := x.Plan()
	if err != nil {
		return err
	}
	if x.Stack.Joint > 0 && (len(x.Stack.Hidden) == 0 || rule.Objective() != (*learning.UpPropagation[float64])(nil).Objective()) {
		return fmt.Errorf("stack.joint = %d; allowed is 0 where stack.hidden is [] or the rule does not lower the Poisson objective", x.Stack.Joint)
	}
	if err := x.checkBootstrap(); err != nil {
		return err
	}
	if err := x.checkRecorders(circuit); err != nil {
		return err
	}
	if err := x.checkNoise(); err != nil {
		return err
	}
	if err := x.checkEvents(circuit, rule, plan); err != nil {
		return err
	}
	if err := network.Pair(circuit, rule, plan); err != nil || !x.Masks() {
		return err
	}
	return x.checkMask(circuit, rule, plan)
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
