package draw_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

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
