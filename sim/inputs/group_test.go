package inputs_test

import (
	"context"
	"os"
	"path/filepath"
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

// TestGroupsAloneAreSaid says of groups that learn alone what is said of all stimuli where they learn
// together, and keeps that of each group to its own.
func TestGroupsAloneAreSaid(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, text := range map[string]string{"A.csv": "1,2\n-3,4\n", "B.csv": "0,9\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	settings := []string{"stimulus.path=" + folder, "groups.files={subject}.csv", "groups.by=subject", "stimulus.rectify=true", "groups.learn=alone"}
	x := simtest.Experiment(t, settings...)
	a, err := inputs.Divide(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(a.Read, "; ")
	if want := "3 stimuli of 2 values; 2 files read; "; !strings.HasPrefix(said, want) || !strings.HasSuffix(said, "; 1 negative value was set to 0, the lowest -3; values from 0 to 9, 33.3 % of them 0") {
		t.Errorf("says %s", said)
	}
	if a.Set.Rates[2] != -3 {
		t.Error("the rates that each group scales by itself were changed")
	}
	in, err := a.Prepare(context.Background(), x.Of("B"))
	if err != nil {
		t.Fatal(err)
	}
	said = strings.Join(in.Set.Read, "; ")
	if !strings.HasPrefix(said, "1 stimulus of 2 values; ") || strings.Contains(said, "3 stimuli of") || !strings.Contains(said, "no value is negative; values from 0 to 9") {
		t.Errorf("says of B: %s", said)
	}
}

// TestFilesThatAreNotThere names the key whose file is missing, and takes the name of a group in
// composed and in decomposed letters.
func TestFilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "Zoe\u0308.csv"), []byte("1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, table, want, not string }{
		{folder, "missing.csv", `groups.table = "missing.csv": `, "set stimulus.path"},
		{folder + "/nowhere.zip", "missing.csv", "name a folder or an archive with --set stimulus.path=PATH", "groups.table"},
	} {
		_, err := inputs.Prepare(context.Background(), simtest.Experiment(t, "stimulus.path="+c.path, "groups.table="+c.table))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), c.not) {
			t.Errorf("%s by %s: %v", c.path, c.table, err)
		}
	}
	for _, name := range []string{"Zo\u00eb", "Zoe\u0308"} {
		in, err := inputs.Prepare(context.Background(), simtest.Experiment(t, "stimulus.path="+folder, "groups.files={subject}.csv", "groups.by=subject", "groups.learn=alone", "groups.only="+name))
		if err != nil || in.Set.Recordings[0].Subject != "Zo\u00eb" {
			t.Errorf("%+q: %v", name, err)
		}
	}
}
