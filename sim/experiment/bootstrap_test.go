package experiment_test

import (
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestBootstrapKeys refuses keys of a bootstrap that mean nothing.
func TestBootstrapKeys(t *testing.T) {
	for setting, want := range map[string]string{
		"bootstrap.over=stimuli":                   "bootstrap.over = \"stimuli\" with bootstrap.repeats = 0",
		"bootstrap.block=3":                        "bootstrap.block = 3 with bootstrap.repeats = 0",
		"bootstrap.epochs=3":                       "bootstrap.epochs = 3 with bootstrap.repeats = 0",
		"bootstrap.level=0.9":                      "bootstrap.level = 0.9 with bootstrap.repeats = 0",
		"bootstrap.repeats=19":                     "bootstrap.repeats = 19; allowed is 0, or from 20",
		"bootstrap.repeats=20 bootstrap.level=0.3": "bootstrap.level = 0.3; allowed",
		"bootstrap.repeats=20 bootstrap.over=recordings bootstrap.block=2":                                     "allowed is bootstrap.block = 1",
		"bootstrap.repeats=20 stimulus.average=true bootstrap.over=stimuli":                                    "the means depend on all recordings",
		"bootstrap.repeats=20 stack.hidden=[3]":                                                                "or one layer",
		"bootstrap.repeats=20 bootstrap.over=stimuli bootstrap.block=2 bootstrap.epochs=1 bootstrap.level=0.5": "",
	} {
		_, err := experiment.Read("x.toml", nil, strings.Fields(setting))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", setting, err, want)
		}
	}
}
