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
	var lines []string
	for _, f := range x.fields(false) {
		lines = append(lines, f.Key+" = "+f.Literal())
	}
	for k := len(lines) - 1; k > 0; k-- { // the name, which comes first, stays
		without := slices.Delete(slices.Clone(lines), k, k+1)
		if y, err := Read("", []byte(strings.Join(without, "\n")), nil); err == nil && y.TOML() == want {
			lines = without
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
