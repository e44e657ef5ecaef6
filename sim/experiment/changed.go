package experiment

import (
	"slices"
	"strings"
)

// Changed returns the shortest TOML text from which [Read] makes the same experiment: its
// name, and the keys that differ from their defaults. A default may follow from other keys,
// as the number of epochs does from the rule.
func (x *Experiment) Changed() string {
	want := x.TOML()
	lines := x.differing()
	for k := len(lines) - 1; k > 0; k-- { // the name, which comes first, stays
		without := slices.Delete(slices.Clone(lines), k, k+1)
		if y, err := Read("", []byte(strings.Join(without, "\n")), nil); err == nil && y.TOML() == want {
			lines = without
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// differing returns lines of TOML from which [Read] makes the same experiment, the name and
// hardly more than what differs from the defaults: first what differs from those of an empty
// text, then what differs from those that follow from that. Where this comes to nothing that
// can be read, it returns all lines.
func (x *Experiment) differing() []string {
	all := x.fields(false)
	needed := make([]bool, len(all))
	needed[0] = true
	for {
		var lines, rest []string
		for k, f := range all {
			line := f.Key + " = " + f.Literal()
			if needed[k] {
				lines = append(lines, line)
			}
			rest = append(rest, line)
		}
		y, err := Read("", []byte(strings.Join(lines, "\n")), nil)
		if err != nil {
			return rest
		}
		usual := map[string]string{}
		for _, f := range y.fields(false) {
			usual[f.Key] = f.Literal()
		}
		more := false
		for k, f := range all {
			if literal, ok := usual[f.Key]; !needed[k] && (!ok || literal != f.Literal()) {
				needed[k], more = true, true
			}
		}
		if !more {
			return lines
		}
	}
}
