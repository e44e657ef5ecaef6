package experiment

import (
	"context"
	"maps"
	"strings"

	"partsnet/sim/config"
)

// SweepTable is the name of the table of a text that says how an experiment is varied. It is not of
// the experiment: [Document.Cut] takes it out.
const SweepTable = "sweep"

// Document is the TOML text of experiments: of one or, with other settings each time, of many.
type Document struct {
	file  string
	toml  *config.Document
	texts Texts
}

// Parse reads a TOML text; file is its name in errors. The context ends [Document.Experiment] while
// that looks whether archives hold texts.
func Parse(ctx context.Context, file string, text []byte) (*Document, error) {
	d, err := config.Parse(file, text)
	if err != nil {
		return nil, err
	}
	return &Document{file, d, TextsIn(ctx)}, nil
}

// Varies reports whether a text has the table of a sweep.
func Varies(file string, text []byte) bool {
	d, err := config.Parse(file, text)
	return err == nil && d.Tables[SweepTable] != nil
}

// Cut takes a table out of the document and returns it, its keys without the name of the table;
// nil if there is none.
func (d *Document) Cut(table string) *config.Document {
	nested, ok := d.toml.Tables[table].(map[string]any)
	if !ok {
		return nil
	}
	cut := &config.Document{Values: map[string]any{}, Lines: map[string]int{}, Tables: nested}
	for key, line := range d.toml.Lines {
		if rest, ok := strings.CutPrefix(key, table+"."); ok {
			cut.Lines[rest] = line
		}
	}
	for key, value := range d.toml.Values {
		if rest, ok := strings.CutPrefix(key, table+"."); ok {
			cut.Values[rest] = value
		}
	}
	maps.DeleteFunc(d.toml.Values, func(key string, _ any) bool { return strings.HasPrefix(key, table+".") })
	delete(d.toml.Tables, table)
	return cut
}

// Experiment returns the experiment of the document, with settings ("key=value") that override it. See
// [Read].
func (d *Document) Experiment(ctx context.Context, settings []string) (*Experiment, error) {
	x, err := read(d.file, d.toml, settings, false, d.texts)
	if ctx.Err() != nil {
		return nil, ctx.Err() // whatever was said of an archive that was not read to its end
	}
	return x, err
}
