package experiment

import (
	"fmt"
	"strings"
)

// TOML returns the resolved experiment, every key with its meaning and what is
// allowed. Reading it gives the same experiment.
func (x *Experiment) TOML() string {
	var b strings.Builder
	section := ""
	for _, f := range x.fields(false) {
		s, key, ok := strings.Cut(f.key, ".")
		if !ok {
			s, key = "", f.key
		}
		if s != section {
			section = s
			fmt.Fprintf(&b, "\n[%s]\n", section)
		}
		fmt.Fprintf(&b, "# %s; %s\n%s = %s\n", f.doc, f.allowed, key, f.literal())
	}
	return b.String()
}
