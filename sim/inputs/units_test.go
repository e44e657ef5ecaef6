package inputs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestUnits refuses stimuli in units so small that the floor would empty the network, or so
// large that sums of squares overflow, names floor and largest rate, and takes what it says to do.
func TestUnits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	table, counts := write("v.csv", "1e-18,0\n2e-19,3e-18\n"), write("v.mtx", "%%MatrixMarket matrix coordinate real general\n1 2 1\n1 2 3e-18\n")
	large, huge := write("large.csv", "2e19,0\n1,3\n"), write("huge.csv", "2e155,0\n1,3\n")
	small, blank := write("s.csv", "9e-149,0\n"), write("b.csv", "0,0\n")
	for settings, want := range map[string]string{
		table + " precision=float32":                               `the largest rate is 3e-18, and rates and weights below floor = 1e-17 become zero; allowed is a floor at most a hundredth of the largest rate: set stimulus.scaling = "unit-maximum", or precision = "float64", whose floor is lower, or floor = 3e-24`,
		table + " precision=float32 stimulus.scaling=unit-maximum": "",
		table + " precision=float32 floor=3e-24":                   "",
		table + " precision=float32 floor=3e-20":                   "",
		table + " precision=float32 floor=3.1e-20":                 "the largest rate is 3e-18, and rates and weights below floor = 3.1e-20",
		table:                        "",
		small:                        `the largest rate is 9e-149, and rates and weights below floor = 1e-150 become zero; allowed is a floor at most a hundredth of the largest rate: set stimulus.scaling = "unit-maximum", or floor = 9e-155`,
		large + " precision=float32": `the largest rate is 2e+19, and squares of rates are summed over 2 stimuli, which overflows in float32; allowed are rates up to 1.304e+19: set stimulus.scaling = "unit-maximum", or precision = "float64"`,
		large + " precision=float32 stimulus.scaling=unit-maximum": "",
		large:                         "",
		huge:                          `allowed are rates up to 9.481e+153: set stimulus.scaling = "unit-maximum"`,
		counts + " precision=float32": `multiply the counts, or precision = "float64"`,
		blank:                         "",
	} {
		x, err := experiment.Read("a.toml", nil, strings.Fields("stimulus.path="+settings))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Prepare(t.Context(), x)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", settings, err, want)
		}
	}
	mixed := write("m.csv", "1,2\n0,0\n0,1e-16\n")
	x, err := experiment.Read("a.toml", nil, []string{"stimulus.path=" + mixed, "precision=float32"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := Prepare(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	if i, largest, ok := in.Faint(x.Floor); !ok || i != 2 || largest < 0.9e-16 || largest > 1.1e-16 {
		t.Errorf("faint is stimulus %d of %v, %v", i, largest, ok)
	}
	if i, _, ok := in.Faint(1e-20); ok {
		t.Errorf("stimulus %d is faint above the floor", i)
	}
}
