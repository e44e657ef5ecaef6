package experiment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partsnet/sim/experiment"
)

// FuzzRead demands that a config is refused with an error, or read and written back as
// the same experiment.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"seed = 1\n", "[learning]\nrule = \"gaussian\"\n[recognition]\ncircuit = \"lateral-inhibition\"\n", "figures = []\n[look]\nword = \"a\\u0000\"\n", "a = [[1]]\n[a.b]"} {
		f.Add([]byte(s), "seed=3")
	}
	f.Fuzz(func(t *testing.T, text []byte, setting string) {
		x, err := experiment.Read("a.toml", text, []string{setting})
		if err != nil {
			return
		}
		again, err := experiment.Read("b.toml", []byte(x.TOML()), nil)
		if err != nil {
			t.Fatalf("%v of\n%s", err, x.TOML())
		}
		if d := cmp.Diff(x, again); d != "" {
			t.Error(d)
		}
	})
}
