package inputs_test

import (
	"context"
	"strings"
	"testing"

	"partsnet/sim/inputs"
	"partsnet/sim/simtest"
)

// TestGroupsAreOfRecordings refuses groups of stimuli without recordings, and by what is not known
// of them.
func TestGroupsAreOfRecordings(t *testing.T) {
	for _, c := range []struct{ generator, by, want string }{
		{"bars", `["condition"]`, `groups.by = ["condition"]: generated bars`},
		{"synergies", `["condition", "subject"]`, "subject is not known of the recording \"walking, step 1\"; of all recordings are known: condition, trial, recording"},
		{"synergies", `["condition"]`, ""},
	} {
		in, err := inputs.Prepare(context.Background(), simtest.Experiment(t, "stimulus.generator="+c.generator, "groups.by="+c.by))
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s by %s: %v, want %q", c.generator, c.by, err, c.want)
		case c.want == "" && !strings.Contains(strings.Join(in.Set.Read, "; "), "2 groups by condition: walking; running"):
			t.Errorf("groups are not said: %q", in.Set.Read)
		}
	}
}
