// Package draw draws the figures of a run from its outcome alone.
//
// A figure is one file, which says what it is, when there is one and how it is drawn, and
// one line in the table.
package draw

import (
	"bytes"
	"fmt"
	"io"

	"partsnet/internal/pool"
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// Figure describes one figure of a run.
type Figure struct {
	Name string
	Doc  string
	When func(o *outcome.Outcome) bool           // whether there is one; nil for every run
	Draw func(o *outcome.Outcome) []Drawing      // what it consists of, mostly one drawing
	draw func(o *outcome.Outcome) *figure.Figure // the same where it is one drawing of its name
	of   func(o *outcome.Outcome) string         // what it shows, for its caption; nil for the whole run
}

// Drawing is one drawing, made when it is asked for.
type Drawing struct {
	Name    string
	Make    func() *figure.Figure   // drawn in every format; or nil
	Animate func(w io.Writer) error // a GIF; or nil
}

// Table returns all figures. A new figure is one file and one line here.
func Table() []Figure {
	return []Figure{
		objective,
		ranks,
		timeCourse,
		raster,
		features,
		parts,
		partsAndRates,
		cycles,
		synapses,
		decomposition,
		profile,
		completion,
		comparison,
		network,
		layers,
		film,
		recovery,
	}
}

// drawings returns what a figure consists of for an outcome, nothing where there is none.
func (f Figure) drawings(o *outcome.Outcome) []Drawing {
	switch {
	case f.When != nil && !f.When(o):
		return nil
	case f.Draw != nil:
		return f.Draw(o)
	}
	return []Drawing{{Name: f.Name, Make: func() *figure.Figure { return f.captioned(o) }}}
}

// captioned draws the figure with the name and the seed of its run, and what it shows of it.
func (f Figure) captioned(o *outcome.Outcome) *figure.Figure {
	text := caption(o)
	if f.of != nil {
		text += " " + f.of(o)
	}
	return f.draw(o).Captioned(text)
}

// caption names a run.
func caption(o *outcome.Outcome) string {
	return fmt.Sprintf("%s, seed %d.", o.Experiment.Name, o.Experiment.Seed)
}

// theStimulus names the stimulus that is shown.
func theStimulus(o *outcome.Outcome) string {
	kind := "Stimulus"
	if kindOf(o) == documents {
		kind = "Document"
	}
	filled := ""
	if o.Completion != nil {
		filled = " Where a rate is missing the prediction stands for it."
	}
	if i := o.Shown.Stimulus; o.Stimuli.Names != nil {
		return fmt.Sprintf("%s %d: %s.%s", kind, i, o.Stimuli.Names[i], filled)
	}
	return fmt.Sprintf("%s %d.%s", kind, o.Shown.Stimulus, filled)
}

// All draws every figure of an outcome in every format that its experiment asks for, side by
// side, and hands their files to write in the order of the table.
func All(o *outcome.Outcome, write func(name string, content func(w io.Writer) error) error) error {
	formats := o.Experiment.Figures
	if len(formats) == 0 {
		return nil
	}
	var all []Drawing
	for _, f := range Table() {
		all = append(all, f.drawings(o)...)
	}
	files := make([][]file, len(all))
	failed := make([]error, len(all))
	pool.Each(0, len(all), func(_, k int) { files[k], failed[k] = all[k].files(formats) })
	for k := range all {
		if failed[k] != nil {
			return failed[k]
		}
		for _, f := range files[k] {
			if err := write("figures/"+f.name, func(w io.Writer) error { _, err := w.Write(f.content); return err }); err != nil {
				return err
			}
		}
	}
	return nil
}

// file is a figure in one format.
type file struct {
	name    string
	content []byte
}

// files returns a drawing in every format.
func (d Drawing) files(formats []string) (all []file, err error) {
	add := func(name string, draw func(w io.Writer) error) {
		var b bytes.Buffer
		if err == nil {
			err = draw(&b)
		}
		all = append(all, file{name, b.Bytes()})
	}
	if d.Animate != nil {
		add(d.Name+".gif", d.Animate)
	}
	if d.Make == nil {
		return all, err
	}
	f := d.Make()
	for _, format := range formats {
		add(d.Name+"."+format, func(w io.Writer) error { return f.Write(w, format) })
	}
	return all, err
}

// Answer draws how the hidden neurons explain the stimulus that an outcome shows: the figure
// of the kind of stimuli that it has.
func Answer(o *outcome.Outcome) *figure.Figure {
	for _, f := range []Figure{features, decomposition, profile} {
		if f.When(o) {
			return f.captioned(o)
		}
	}
	panic("draw: stimuli of no kind")
}
