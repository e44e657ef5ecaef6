package train

import (
	"context"
	"math"
	"testing"
	"time"

	"partsnet/configs"
	"partsnet/internal/suite"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stream"
)

// TestAgainLearnsAsWellAsFreshStarts lets a network learn from draws of recordings, from what the run
// has learned, and from five random starts for four times as long each. The best of these comes to no
// lower divergence, and to the same weights within a fifth of their standard error. The suite takes
// two draws, campaigns five.
func TestAgainLearnsAsWellAsFreshStarts(t *testing.T) {
	if testing.Short() {
		t.Skip("learns for a second")
	}
	t.Parallel()
	text, err := configs.Files.ReadFile("synergies.toml")
	if err != nil {
		t.Fatal(err)
	}
	x, err := experiment.Read("synergies.toml", text, []string{"figures=[]", `measures=["divergence"]`, "stimulus.average=true", "bootstrap.repeats=40", "learning.epochs=4000", "bootstrap.epochs=1000",
		"recognition.circuit=divisive-error", "learning.rule=poisson", "learning.order=learn-recognise"})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	in, err := inputs.Prepare(ctx, x)
	if err != nil {
		t.Fatal(err)
	}
	learnt := func(in *inputs.Inputs, seed int64, repeats, restarts int) *outcome.Outcome {
		t.Helper()
		y := *x
		y.Seed, y.Bootstrap.Repeats, y.Restarts = seed, repeats, restarts
		o, err := Learn(ctx, &y, in, Options{Clock: outcome.NewClock(time.Now()), Workers: 1, InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	once := learnt(in, x.Seed, x.Bootstrap.Repeats, 1)
	n := in.Neurons()
	unit, length := measure.Unit(once.Synapses(), n)
	arrays, h := raised(once)
	units, _, err := (&run{candidate: &candidate{x: x}, in: in}).units()
	if err != nil {
		t.Fatal(err)
	}
	for k := range suite.Cases(2, 5) {
		drawn, err := in.Drawn(units.Draw(stream.New(int64(k), "draw")))
		if err != nil {
			t.Fatal(err)
		}
		w, measures, err := again(ctx, x, drawn, arrays, h, x.Bootstrap.Epochs, 1)
		if err != nil {
			t.Fatal(err)
		}
		best := learnt(drawn, int64(100+k), 0, 5)
		mine, _ := measures.Of("divergence")
		theirs, _ := best.Measures.Of("divergence")
		if mine > theirs {
			t.Errorf("draw %d: divergence %.8g from what was learned, %.8g from the best of five starts", k, mine, theirs)
		}
		warm, fresh := matchedTo(unit, w, n), matchedTo(unit, best.Synapses(), n)
		for at, p := range unit {
			// Weights near zero fall for ever.
			if s := once.Bootstrap.Error[at] / length[at/n]; p > 0.05 && math.Abs(warm[at]-fresh[at]) > 0.2*s {
				t.Errorf("draw %d, weight %d: %.5f from what was learned, %.5f from a fresh start; its standard error is %.5f", k, at, warm[at], fresh[at], s)
			}
		}
	}
}

// matchedTo returns parts of unit length in the order of those that they are matched with.
func matchedTo(parts, w []float64, n int) []float64 {
	own, _ := measure.Unit(w, n)
	out := make([]float64, 0, len(parts))
	for _, a := range measure.Recover(parts, own, n).Neuron {
		out = append(out, own[a*n:(a+1)*n]...)
	}
	return out
}
