package inputs_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
)

// TestStoredParts reads parts that were stored beside the recordings: transposed, by the names of the
// muscles, for the group that the name of the table says.
func TestStoredParts(t *testing.T) {
	const recording, stored = "TA,SO\n1,2\n3,4\n", ",one,two\nSO,5,6\nTA,7,8\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // of an error
		said  string
	}{
		{"whole", map[string]string{"A_V.csv": recording, "B_V.csv": recording, "B_M.csv": stored, "C_M.csv": stored}, "", "stored parts by groups.parts = \"{subject}_M.csv\": 2; no stored parts of A; stored parts of no group left out: C"},
		{"none", map[string]string{"A_V.csv": recording, "B_V.csv": recording}, `groups.parts = "{subject}_M.csv" fits none of 2 files`, ""},
		{"others", map[string]string{"A_V.csv": recording, "B_M.csv": stored}, "no table is of a group of the stimuli; they are of B", ""},
		{"muscles", map[string]string{"A_V.csv": recording, "A_M.csv": ",one\nSO,5\nGM,6\n"}, "the stored parts have other visible neurons than the stimuli", ""},
		{"fewer", map[string]string{"A_V.csv": "1,2\n3,4\n", "A_M.csv": "5,6\n7,8\n1,2\n"}, "parts of 3 visible neurons; the stimuli have 2", ""},
	} {
		dir := t.TempDir()
		for name, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		x, err := experiment.Read("test", nil, []string{"stimulus.path=" + dir, "groups.files={subject}_V.csv", "groups.by=subject", "groups.learn=alone", "groups.parts={subject}_M.csv", "network.hidden=1"})
		if err != nil {
			t.Fatal(err)
		}
		a, err := inputs.Divide(context.Background(), x)
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if said := strings.Join(a.Set.Read, "; "); !strings.Contains(said, c.said) {
			t.Errorf("%s: said is %q", c.name, said)
		}
		if len(a.Stored) != 1 || a.Stored[0].Group != 1 || !slices.Equal(a.Stored[0].Names, []string{"one", "two"}) || !slices.Equal(a.Stored[0].Parts, []float64{7, 5, 8, 6}) {
			t.Errorf("%s: %+v", c.name, a.Stored)
		}
		if len(a.Tables) != 2 || a.Tables[filepath.Join(dir, "B_M.csv")] == "" {
			t.Errorf("%s: checksums %v", c.name, a.Tables)
		}
	}
}
