package experiment

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"sync"

	"partsnet/configs"
	"partsnet/learning"
	"partsnet/network"
)

// Shipped returns the experiments that ship: the files of package configs, and an example
// of every circuit and every rule, "circuits/NAME" and "rules/NAME", which follows from its
// description.
var Shipped = sync.OnceValue(func() configs.Set {
	all := maps.Clone(configs.Files)
	circuits, rules := network.Circuits[float64](), learning.Rules[float64]()
	for _, c := range circuits {
		partner := ""
		for _, r := range rules {
			if partner == "" && pairs(c, r) {
				partner = r.Name()
			}
		}
		e := c.Describe()
		all["circuits/"+c.Name()+".toml"] = example(c, c.Name(), cmp.Or(e.Example.Partner, partner))
	}
	for _, r := range rules {
		partner := ""
		for _, c := range circuits {
			if partner == "" && pairs(c, r) {
				partner = c.Name()
			}
		}
		all["rules/"+r.Name()+".toml"] = example(r, cmp.Or(r.Describe().Example.Partner, partner), r.Name())
	}
	return all
})

// pairs reports whether a circuit and a rule can learn together at all.
func pairs(c network.Circuit[float64], r learning.Rule[float64]) bool {
	for _, batch := range []int{0, 1} {
		if network.Pair(c, r, network.Plan{Order: network.RecogniseLearn, Steps: 2, Batch: batch}) == nil {
			return true
		}
	}
	return false
}

// example returns the experiment that shows a circuit or a rule at work.
func example(m learning.Mechanism, circuit, rule string) string {
	d := m.Describe()
	e := d.Example
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", d.Doc)
	if e.Text != "" {
		b.WriteString("#\n")
		for line := range strings.Lines(e.Text) {
			b.WriteString(strings.TrimRight("# "+strings.TrimRight(line, "\n"), " ") + "\n")
		}
	}
	fmt.Fprintf(&b, "name = %q\n", m.Name())
	if e.Starts > 1 {
		fmt.Fprintf(&b, "restarts = %d\n", e.Starts)
	}
	fmt.Fprintf(&b, "\n%s\n[network]\nhidden = %d\n", cmp.Or(e.Stimuli, learning.Bars), cmp.Or(e.Hidden, 16))
	section := func(name, key, value, more string) {
		fmt.Fprintf(&b, "\n[%s]\n%s = %q\n", name, key, value)
		if more != "" {
			b.WriteString(strings.TrimRight(more, "\n") + "\n")
		}
	}
	section("recognition", "circuit", circuit, e.Recognition)
	section("learning", "rule", rule, e.Learning)
	return b.String()
}
