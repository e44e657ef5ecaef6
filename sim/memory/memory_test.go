package memory_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/memory"
)

// TestTooLittleMemory asks for more than there is, before and after the stimuli are
// known.
func TestTooLittleMemory(t *testing.T) {
	have := 1 << 30
	memory.SetAvailable(t, func() (float64, bool) { return float64(have), true })
	x := experiment.Default()
	x.Figures, x.Learning.Epochs = nil, 1
	set := func(setting string) {
		if err := x.Set(setting); err != nil {
			t.Fatal(err)
		}
	}
	set("stimulus.side=8")
	run := func() error {
		_, err := sim.Run(context.Background(), x, filepath.Join(t.TempDir(), "r"), sim.Options{})
		return err
	}
	if err := run(); err != nil {
		t.Fatal(err)
	}
	set("stimulus.count=10000000")
	want := "learning 10000000 stimuli of 64 visible with 49 hidden neurons needs about "
	if err := run(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	x.Stimulus.Generator, x.Hidden = "topics", 1_000_000
	set("stimulus.count=100")
	if err := run(); err == nil || !strings.Contains(err.Error(), "choose fewer hidden neurons") {
		t.Errorf("got %v", err)
	}
	memory.SetAvailable(t, func() (float64, bool) { return 0, false })
	x.Hidden = 3
	if err := run(); err != nil {
		t.Errorf("where nothing is known: %v", err)
	}
}

// TestMemoryGivenBack lets what was read be given back before a run is refused: it is
// asked twice how much there is, and refused where it is too little again.
func TestMemoryGivenBack(t *testing.T) {
	x := experiment.Default()
	x.Figures, x.Learning.Epochs, x.Hidden, x.Look.Frames = nil, 1, 2, 0
	x.Stimulus.Path = filepath.Join(t.TempDir(), "v.csv")
	if err := os.WriteFile(x.Stimulus.Path, []byte("1,2,3\n3,2,1\n1,0,1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		have []float64
		fits bool
	}{{[]float64{1, 1e12}, true}, {[]float64{1, 2}, false}, {[]float64{1e12}, true}} {
		asked := 0
		memory.SetAvailable(t, func() (float64, bool) { asked++; return c.have[asked-1], true })
		if _, err := sim.Learn(context.Background(), x, 1); (err == nil) != c.fits || asked != len(c.have) {
			t.Errorf("%v: asked %d times, %v", c.have, asked, err)
		}
	}
}

// TestEstimate asks that what takes memory is in the estimate, by what it takes at the
// least.
func TestEstimate(t *testing.T) {
	most := func(settings ...string) float64 {
		t.Helper()
		x, err := experiment.Read("", nil, append([]string{"stimulus.count=1000", "stimulus.side=20", "network.hidden=50"}, settings...))
		if err != nil {
			t.Fatal(err)
		}
		e, ok := memory.Announced(x)
		if !ok {
			t.Fatal("nothing is announced")
		}
		return memory.Of(x, e).Most()
	}
	gaussian := []string{"recognition.circuit=lateral-inhibition", "learning.rule=gaussian"}
	plain, online := most(), most("learning.rule=poisson-online")
	for _, c := range []struct {
		what          string
		got, of, more float64
	}{
		{"layers", most("stack.hidden=[1500]"), plain, 8 * (1000*1500 + 18*1500*50 + 4*1500*400)},
		{"stability", most("restarts=4", `measures=["stability"]`), most("restarts=4"), 8 * 4 * 50 * 400},
		{"lateral inhibition", most(append(gaussian, "network.hidden=2000")...), most("network.hidden=2000"), 8 * 18 * 2000 * 2000},
		{"synapses learned apart", most("learning.rule=poisson-online", "network.separate=true"), online, 8 * 4 * 50 * 400},
		{"an upper stage", most("recognition.circuit=predictive-hierarchy", "learning.rule=divisive-modulation", "recognition.upper=10000"), plain, 8 * 4 * 10000 * 50},
	} {
		if c.got < c.of+c.more {
			t.Errorf("%s: %.1f MB with and %.1f without; at least %.1f more are held", c.what, c.got/1e6, c.of/1e6, c.more/1e6)
		}
	}
}
