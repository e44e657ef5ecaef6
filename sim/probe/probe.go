// Package probe follows a trained network step by step while it recognises stimuli and is disturbed.
package probe

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
)

// Probe says what is done to a trained network, and what is looked at.
type Probe struct {
	Name    string
	Steps   int      // of recognition; 0 for as many as the circuit needs
	Stimuli []string // by number or name; none for look.stimulus of the run
	Seed    int64    // of what is chosen by chance; -1 for that of the run
	Events  []experiment.Event
	Shows   []Show // in place of Stimuli

	Recorders     []experiment.Recorder
	RecorderLimit float64 // GB

	file string // that it was read from
}

// Default returns the probe that an empty file describes.
func Default() *Probe {
	return &Probe{Name: "probe", Stimuli: []string{}, Seed: -1, Events: []experiment.Event{}, Shows: []Show{}, Recorders: []experiment.Recorder{}, RecorderLimit: experiment.RecorderLimit}
}

// fields is the table of all keys, in the order in which they are written.
func (p *Probe) fields() []config.Field {
	return []config.Field{
		config.Identifier("name", &p.Name, "name of the probe"),
		config.Integer("steps", &p.Steps, 0, 100_000_000, "number of recognition steps; 0 for as many as the circuit needs"),
		config.NamesOrNumbers("stimuli", &p.Stimuli, "stimuli that are shown, by name or number from 0; [] for look.stimulus of the run"),
		config.Integer("seed", &p.Seed, -1, 1<<62, "seed of what is chosen by chance; -1 for the seed of the run"),
		experiment.Events(&p.Events, experiment.Steps),
		shows(&p.Shows),
		experiment.Recorders(&p.Recorders, experiment.Steps),
		experiment.LimitOfRecorders(&p.RecorderLimit),
	}
}

// Keys returns all keys of a probe, in the order in which they are written.
func Keys() []config.Key { return config.Keys(Default().fields()) }

// TOML returns the probe, every key with its meaning and what is allowed. Reading it gives the same.
func (p *Probe) TOML() string { return config.Write(p.fields()) }

// Read returns the probe of a TOML text, and the settings that are not of a probe: they are of the run
// that is probed. File is the name of the text in errors, which are reported all together.
func Read(file string, text []byte, settings []string) (p *Probe, rest []string, err error) {
	d, err := config.Parse(file, text)
	if err != nil {
		return nil, nil, err
	}
	p = Default()
	p.file = file
	table := p.fields()
	var wrong []error
	keys := slices.SortedFunc(maps.Keys(d.Values), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.Lines[a], d.Lines[b]), strings.Compare(a, b))
	})
	for _, key := range keys {
		if err := config.Set(table, key, d.Values[key]); err != nil {
			wrong = append(wrong, d.Located(file, key, err))
		}
	}
	for _, s := range settings {
		if !slices.ContainsFunc(table, func(f config.Field) bool { return f.Key == config.KeyOf(s) }) {
			rest = append(rest, s)
		} else if err := config.SetText(table, s); err != nil {
			wrong = append(wrong, fmt.Errorf("--set %s: %w", s, err))
		}
	}
	return p, rest, errors.Join(wrong...)
}
