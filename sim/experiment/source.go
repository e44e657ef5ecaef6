package experiment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"partsnet/sim/config"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// Texts reports whether a path names documents.
type Texts func(path string) bool

// TextsIn returns what looks whether a path names documents and remembers it: many keys ask, and to
// list a compressed archive takes as long as to unpack it. The context ends that.
func TextsIn(ctx context.Context) Texts {
	known := map[string]bool{}
	return func(path string) bool {
		holds, ok := known[path]
		if !ok {
			holds = text.Holds(ctx, path)
			known[path] = holds
		}
		return holds
	}
}

// Several reports whether several files are read as one set of stimuli.
func (x *Experiment) Several() bool { return x.Files().Several() }

// Files says which files are read as one set of stimuli, where several are.
func (x *Experiment) Files() stimulus.Files {
	return stimulus.Files{Pattern: x.Groups.Files, Table: x.Groups.Table, Transpose: x.Stimulus.Transpose}
}

// scope names the stimuli that some keys apply to. With other stimuli, a value other than
// the default is refused, because it would have no effect.
type scope struct {
	keys    []string // whole keys, or sections with a dot at the end
	stimuli string   // which those are, in words
	applies func(x *Experiment, texts Texts) bool
}

var scopes = []scope{
	{[]string{"text.min-length", "text.min-documents", "text.stop", "text.skip", "text.keep"}, "texts in stimulus.path without stimulus.words", func(x *Experiment, texts Texts) bool {
		return x.Stimulus.Path != "" && !x.Several() && x.Stimulus.Words == "" && texts(x.Stimulus.Path)
	}},
	{[]string{"text."}, "texts in stimulus.path", func(x *Experiment, texts Texts) bool {
		return x.Stimulus.Path != "" && !x.Several() && texts(x.Stimulus.Path)
	}},
	{[]string{"groups.files", "groups.table", "groups.parts"}, "a folder or an archive in stimulus.path", func(x *Experiment, _ Texts) bool {
		return x.Stimulus.Path != "" && stimulus.HoldsFiles(x.Stimulus.Path)
	}},
	{[]string{"groups.condition", "groups.trial", "stimulus.first-line", "stimulus.header", "stimulus.names", "stimulus.time", "stimulus.columns", "stimulus.decimal", "stimulus.thousands", "stimulus.bin"},
		"a table of numbers in text in stimulus.path", func(x *Experiment, _ Texts) bool {
			return x.Stimulus.Path != "" && stimulus.HoldsTable(context.Background(), x.Stimulus.Path, x.Files())
		}},
	{[]string{"groups.cycle", "stimulus.missing", "stimulus.rectify", "stimulus.map", "stimulus.transpose", "stimulus.height", "stimulus.width", "stimulus.pixels"}, "stimuli from a file", func(x *Experiment, _ Texts) bool { return x.Stimulus.Path != "" }},
	{[]string{"stimulus.generator"}, "stimuli without a file", func(x *Experiment, _ Texts) bool { return x.Stimulus.Path == "" }},
	{[]string{"stimulus.offset"}, `scaling "shifted"`, func(x *Experiment, _ Texts) bool { return x.Stimulus.Scaling == "shifted" }},
	{[]string{"stimulus.sd"}, `scaling "lee-seung" or "shifted"`, func(x *Experiment, _ Texts) bool {
		return slices.Contains([]string{"lee-seung", "shifted", AutoScaling}, x.Stimulus.Scaling)
	}},
}

// generatorScope returns the scope of a key of generators; ok is false for other keys.
func generatorScope(key string) (s scope, ok bool) {
	names := generatorsOf()[key]
	return scope{[]string{key}, "generator " + strings.ReplaceAll(config.QuoteAll(names), ", ", " or "), func(x *Experiment, _ Texts) bool {
		return x.Stimulus.Path == "" && slices.Contains(names, x.Stimulus.Generator)
	}}, names != nil
}

// outOfScope returns the scope of a key, and whether the stimuli of the experiment are
// outside it.
func (x *Experiment) outOfScope(key string, texts Texts) (scope, bool) {
	if s, ok := generatorScope(key); ok {
		return s, !s.applies(x, texts)
	}
	for _, s := range scopes {
		if slices.ContainsFunc(s.keys, func(k string) bool { return key == k || strings.HasSuffix(k, ".") && strings.HasPrefix(key, k) }) {
			return s, !s.applies(x, texts)
		}
	}
	return scope{}, false
}

// meaningless returns an error if a key applies to other stimuli than those of the
// experiment and differs from its default.
func (x *Experiment) meaningless(table []config.Field, key string, texts Texts) error {
	i := slices.IndexFunc(table, func(f config.Field) bool { return f.Key == key })
	if i < 0 || table[i].Literal() == DefaultOf(key) {
		return nil // without a look into an archive, to see whether it holds texts
	}
	s, out := x.outOfScope(key, texts)
	if !out {
		return nil
	}
	return fmt.Errorf("%s = %s does not apply to %s; it applies to %s", key, table[i].Literal(), x.shows(s), s.stimuli)
}

// shows names the stimuli or the scaling of the experiment, which are outside the scope.
func (x *Experiment) shows(s scope) string {
	switch {
	case strings.HasPrefix(s.stimuli, "scaling"):
		return fmt.Sprintf("scaling %q", x.Stimulus.Scaling)
	case x.Stimulus.Path != "":
		return "the stimuli of " + x.Stimulus.Path
	}
	return fmt.Sprintf("generator %q", x.Stimulus.Generator)
}

// reset sets a key that applies to other stimuli to its default.
func (x *Experiment) reset(table []config.Field, key string, texts Texts) {
	for _, f := range table {
		if f.Key != key || f.Literal() == DefaultOf(key) {
			continue
		}
		if _, out := x.outOfScope(key, texts); out {
			f.Accept(config.Value(DefaultOf(key)))
		}
	}
}

// DefaultOf returns the default of a key as TOML.
func DefaultOf(key string) string { return defaultLiterals()[key] }

var defaultLiterals = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, f := range Default().fields(true) {
		all[f.Key] = f.Literal()
	}
	return all
})
