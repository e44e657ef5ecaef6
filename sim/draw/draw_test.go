package draw_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"partsnet/internal/tempfile"
	"partsnet/sim/draw"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/simtest"
	"partsnet/sim/train"
)

// learned returns the outcome of a short run with settings.
func learned(t *testing.T, settings ...string) *outcome.Outcome {
	t.Helper()
	base := []string{"stimulus.count=20", "network.hidden=3", "learning.epochs=3"}
	if !slices.Contains(settings, "stimulus.generator=topics") {
		base = append(base, "stimulus.side=8")
	}
	x := simtest.Experiment(t, append(base, settings...)...)
	in, err := inputs.Prepare(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	o, err := train.Learn(t.Context(), x, in, train.Options{Clock: outcome.NewClock(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// drawn returns the figures of an outcome, and their names in the order of writing.
func drawn(t *testing.T, o *outcome.Outcome) (names []string, files map[string][]byte) {
	t.Helper()
	files = map[string][]byte{}
	if err := draw.All(o, func(name string, content func(w io.Writer) error) error {
		var b bytes.Buffer
		if files[name] != nil {
			t.Errorf("%s is written twice", name)
		}
		names = append(names, name)
		err := content(&b)
		files[name] = b.Bytes()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names, files
}

// TestFiguresOfEachKind asks which figures there are of images, of documents, and of a stack.
func TestFiguresOfEachKind(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures")
	}
	for _, c := range []struct{ settings, want string }{
		{"look.frames=0", "objective time-course raster parts decomposition recovery"},
		{"stimulus.generator=topics look.frames=0", "objective time-course raster features"},
		{"stack.hidden=[2] look.frames=2", "objective time-course raster parts decomposition parts-layer-1 parts-layer-2 film recovery"},
		{`network.constraints=["non-negative","orthonormal"] look.frames=0`, "objective time-course raster parts decomposition comparison recovery"},
	} {
		names, _ := drawn(t, learned(t, append(strings.Fields(c.settings), `figures=["svg"]`)...))
		var got []string
		for _, name := range names {
			if name, format, _ := strings.Cut(strings.TrimPrefix(name, "figures/"), "."); format == "svg" {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q; want %q", c.settings, got, c.want)
		}
	}
}

// learnedFile returns the outcome of a short run on a table, or on a folder with an image.
func learnedFile(t *testing.T, name string, content []byte, settings ...string) *outcome.Outcome {
	t.Helper()
	path := tempfile.Write(t, name, content)
	if strings.HasSuffix(name, ".pgm") {
		path = filepath.Dir(path)
	}
	x := simtest.Experiment(t, append([]string{"stimulus.path=" + path, "network.hidden=2", "learning.epochs=3", `figures=["svg"]`, "look.frames=0"}, settings...)...)
	in, err := inputs.Prepare(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	o, err := train.Learn(t.Context(), x, in, train.Options{Clock: outcome.NewClock(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestFiguresOfATable draws what was learned from a table with names: figures of vectors, with
// the names of muscles and times on their axes, the run and the stimulus named, and the share
// of the variance of each muscle as it is worked out here.
func TestFiguresOfATable(t *testing.T) {
	table := "time,soleus,tibialis,never\n0,1,0,2\n0.5,3,1,2\n1,0,4,2\n1.5,1,1,2\n"
	v := [][]float64{{1, 0, 2}, {3, 1, 2}, {0, 4, 2}, {1, 1, 2}}
	o := learnedFile(t, "table.csv", []byte(table), "name=walk", "seed=7", `look.stimulus="2"`)
	names, files := drawn(t, o)
	if got, want := strings.Join(names, " "), "figures/objective.svg figures/time-course.svg figures/raster.svg figures/parts.svg figures/synapses.svg figures/decomposition.svg"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
	for name, words := range map[string][]string{
		"parts":         {"soleus", "tibialis", "time", "0.5", "walk, seed 7."},
		"synapses":      {"soleus", "tibialis", "walk, seed 7."},
		"raster":        {"time", "1.5", "walk, seed 7."},
		"decomposition": {"soleus", "Stimulus 2", "The rate of 1 of 3 visible neurons is the same"},
	} {
		for _, word := range words {
			if !strings.Contains(string(files["figures/"+name+".svg"]), word) {
				t.Errorf("%s has no text %q", name, word)
			}
		}
	}
	h := make([]float64, 2)
	for j := range 3 {
		mean, varied, missed := 0.0, 0.0, 0.0
		for i := range v {
			mean += v[i][j] / 4
		}
		for i := range v {
			o.Rates.Stimulus(i, h)
			varied += (v[i][j] - mean) * (v[i][j] - mean)
			missed += (v[i][j] - o.Predict(h)[j]) * (v[i][j] - o.Predict(h)[j])
		}
		if got, want := o.Shown.Explained[j], 1-missed/varied; math.Abs(got-want) > 1e-12 || varied == 0 && !math.IsNaN(got) {
			t.Errorf("muscle %d: %v of the variance is explained; want %v", j, got, want)
		}
	}
}

// TestPhotographsAreLight draws images of a file as light unless ink is asked for, and those of
// a generator as ink.
func TestPhotographsAreLight(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures six times")
	}
	image := []byte("P5\n2 2\n255\n\xff\x00\x10\x80")
	parts := func(settings ...string) string {
		_, files := drawn(t, learnedFile(t, "one.pgm", image, append(settings, "stimulus.scaling=none", `figures=["svg"]`)...))
		return string(files["figures/parts.svg"])
	}
	auto, light, ink := parts(), parts("look.shades=light"), parts("look.shades=ink")
	if auto != light || auto == ink {
		t.Errorf("auto is light: %v; auto is ink: %v", auto == light, auto == ink)
	}
	of := func(shades string) string {
		_, files := drawn(t, learned(t, "look.frames=0", "look.shades="+shades, `figures=["svg"]`))
		return string(files["figures/parts.svg"])
	}
	if auto, ink, light := of("auto"), of("ink"), of("light"); auto != ink || auto == light {
		t.Errorf("generated images: auto is ink: %v; auto is light: %v; %d bytes", auto == ink, auto == light, len(auto))
	}
}

// TestSideBySide draws the figures one after the other and side by side: the same files in
// the same order.
func TestSideBySide(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures twice")
	}
	o := learned(t, "look.frames=2", `figures=["png", "pdf"]`)
	side, files := drawn(t, o)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	after, alone := drawn(t, o)
	if !slices.Equal(side, after) {
		t.Errorf("in another order: %q and %q", side, after)
	}
	for name, file := range files {
		if !bytes.Equal(file, alone[name]) {
			t.Errorf("%s is another", name)
		}
	}
}

// TestNotWritten returns the error of a file that cannot be written.
func TestNotWritten(t *testing.T) {
	full := errors.New("the disk is full")
	o := learned(t, "look.frames=0")
	if err := draw.All(o, func(string, func(io.Writer) error) error { return full }); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

// TestEveryFigureIsDescribed demands a name and a text of every figure.
func TestEveryFigureIsDescribed(t *testing.T) {
	for _, f := range draw.Table() {
		if f.Name == "" || f.Doc == "" {
			t.Errorf("%q: %q", f.Name, f.Doc)
		}
	}
}
