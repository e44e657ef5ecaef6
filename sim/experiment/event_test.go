package experiment_test

import (
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestEventErrors demands errors that name the event and say what is allowed.
func TestEventErrors(t *testing.T) {
	for settings, want := range map[string]string{
		`event=[{neurons=[60]}]`:                                                    "event[1]: neurons = [60]; allowed are hidden neurons from 0 to 48",
		`event=[{neurons=[1]}, {neurons=[1], from=500}]`:                            "event[2].from = 500; there are 500 epochs",
		`event=[{neurons=[1], from=7, until=7}]`:                                    "event[1]: from = 7 and until = 7",
		`event=[{kind="zap"}]`:                                                      `event[1].kind = "zap"; allowed is one of "silence"`,
		`event=[{kind="silence", neurons=[1], drive=2}]`:                            `event[1]: drive means nothing to an event of kind "silence"`,
		`event=[{neurons=[1]}];stack.hidden=[3]`:                                    "event with stack.hidden = [3]",
		`event=[{neurons=[1]}];network.constraints=["non-negative", "orthonormal"]`: "event with network.constraints",
		`event=[{neurons=[1]}];bootstrap.repeats=30`:                                "event with bootstrap.repeats",
		`event=[{neurons=[1]}];learning.tolerance=0.1`:                              "event with learning.tolerance",
		`event=[{neurons=[10]}];network.choose=[5, 20, 30]`:                         "allowed are hidden neurons from 0 to 4",
	} {
		_, err := experiment.Read("x.toml", nil, strings.Split(settings, ";"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v does not say %s", settings, err, want)
		}
	}
}

// TestEventsAreWritten reads the resolved events of an experiment again.
func TestEventsAreWritten(t *testing.T) {
	x, err := experiment.Read("x.toml", []byte("[[event]]\nneurons = [1, 2]\nfrom = 3\n[[event]]\nkind = \"cut\"\nfrom = 5\nsynapses = [[0, 1]]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	const line = `event = [{from = 3, neurons = [1, 2]}, {kind = "cut", from = 5, synapses = [[0, 1]]}]`
	if !strings.Contains(x.TOML(), line) {
		t.Error("the resolved experiment has no line " + line)
	}
	again, err := experiment.Read("x.toml", []byte(x.TOML()), nil)
	if err != nil || again.TOML() != x.TOML() {
		t.Errorf("read again it is another: %v", err)
	}
	for _, c := range []struct {
		before, after int
		raises        bool
	}{{1, 2, false}, {2, 3, false}, {3, 4, true}, {4, 5, false}, {2, 10, true}, {5, 6, true}, {6, 7, false}} {
		if got := x.Raises(c.before, c.after); got != c.raises {
			t.Errorf("from epoch %d to %d events explain a rise: %v", c.before, c.after, got)
		}
	}
}
