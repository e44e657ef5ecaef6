package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
)

// lookAt looks at a file that holds a text.
func lookAt(t *testing.T, name, text string, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	path := tempfile.Write(t, name, text)
	return partsnet(append([]string{"look", path}, flags...)...)
}

// TestLook reads a table, says what was read and draws it, each visible neuron behind its name.
func TestLook(t *testing.T) {
	t.Parallel()
	const text = "time,TA,a very long name\n0,0,4\n1,1,3\n2,4,0\n3,2,\n"
	_, stdout, stderr := lookAt(t, "a.csv", text)
	if stdout != "" || !strings.Contains(stderr, `line 5, column 3 (a very long name): the value is missing`) {
		t.Errorf("%s%s", stdout, stderr)
	}
	code, stdout, stderr := lookAt(t, "a.csv", strings.Replace(text, "2,\n", "2,0\n", 1))
	want := `neurons    TA, a very long name

a visible neuron a line, a stimulus a column
TA               ░█▒
a very long n…  █▓
                from 0 (blank) to 4 (█)
`
	if code != done || !strings.HasSuffix(stdout, want) || !strings.HasPrefix(unwrapped(stdout), "read 4 stimuli of 2 values; names of columns from line 1; column 1 (time) is the axis, 0 to 3; ") {
		t.Errorf("exit %d: %s\n%s", code, stdout, stderr)
	}
	code, stdout, stderr = lookAt(t, "a.csv", "a,b\n1,2\n", "--set", "stimulus.header=no", "--set", "stimulus.names=none")
	if code != badRequest || !strings.Contains(stderr, `line 1, column 1: "a" is not a number`) {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	code, stdout, stderr = lookAt(t, "a.csv", ",a,b\nx,1,2\n", "--json")
	var said looked
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || code != done || said.Stimuli != 1 || said.Values != 2 || !slices.Equal(said.Names, []string{"x"}) || !slices.Equal(said.Neurons, []string{"a", "b"}) {
		t.Errorf("exit %d: %s%s, %v", code, stdout, stderr, err)
	}
}

// TestLookAveragesWhatDoesNotFit draws more stimuli than there are characters, of which every
// third is 3: all characters are the same.
func TestLookAveragesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := lookAt(t, "a.csv", strings.Repeat("0,3\n3,3\n0,3\n", 60))
	want := "a visible neuron a line, a stimulus a column; a character is the mean of 1 × 3 values\n" +
		strings.Repeat("▒", 60) + "\n" + strings.Repeat("█", 60) + "\nfrom 0 (blank) to 3 (█)\n"
	if code != done || !strings.HasSuffix(stdout, want) {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

// TestLookAtOtherThings looks at the stimuli of an experiment, and at what is none.
func TestLookAtOtherThings(t *testing.T) {
	t.Parallel()
	if code, stdout, stderr := partsnet("look", "bars", "--set", "stimulus.count=30"); code != done || !strings.HasPrefix(stdout, "made       30 stimuli of 64 values by generated bars") || strings.Count(stdout, "\n") < 6 {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	for _, tt := range []struct{ data, want string }{
		{"nothing.csv", "cannot find nothing.csv; allowed is the path of a file or folder of stimuli\n"},
		{"nothing", `no file and no shipped experiment "nothing"`},
	} {
		if code, _, stderr := partsnet("look", tt.data); code != badRequest || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: exit %d: %s", tt.data, code, stderr)
		}
	}
}
