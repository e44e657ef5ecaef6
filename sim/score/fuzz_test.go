package score_test

import (
	"testing"

	"partsnet/sim/score"
)

// FuzzReadScore demands that a score is refused with an error, or that every experiment
// it has can be made.
func FuzzReadScore(f *testing.F) {
	f.Add([]byte(twoByTwo), "seeds=1")
	f.Add([]byte("[rules.a]\n[tasks.\"a.b\"]\nsizes = [1]\n"), "set.floor=0")
	f.Fuzz(func(t *testing.T, text []byte, setting string) {
		s, err := score.Read("s.toml", text, []string{setting})
		if err != nil {
			return
		}
		for _, c := range s.Cells() {
			if _, err := c.Experiment(s.FirstSeed); err != nil {
				t.Fatal(err)
			}
		}
	})
}
