package neuron_test

import (
	"errors"
	"math"
	"testing"

	"partsnet/neuron"
)

func TestRatesRefuseWhatIsNoRate(t *testing.T) {
	for _, bad := range []float64{-1, -5e-324, math.Inf(1), math.Inf(-1), math.NaN()} {
		_, err := neuron.RatesOf(2, 3, []float64{0, 1, 2, 3, bad, 5})
		var re *neuron.RateError
		if !errors.As(err, &re) {
			t.Fatalf("rate %v: got error %v, want a RateError", bad, err)
		}
		if re.Stimulus != 1 || re.Neuron != 1 {
			t.Errorf("rate %v: found at stimulus %d, neuron %d; want 1, 1", bad, re.Stimulus, re.Neuron)
		}
	}
}

func TestRatesAcceptZeroAndLarge(t *testing.T) {
	r, err := neuron.RatesOf(1, 3, []float32{0, math.SmallestNonzeroFloat32, math.MaxFloat32})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Of(0)[2]; got != math.MaxFloat32 {
		t.Errorf("got %v, want the rate as given", got)
	}
}

func TestRowsAreViews(t *testing.T) {
	r := neuron.NewRates[float64](3, 2)
	r.Fill(1)
	r.Of(1)[0] = 7
	if got := r.Rows(1, 3)[0]; got != 7 {
		t.Errorf("Rows(1, 3)[0] = %v, want 7", got)
	}
	r.Of(2)[1] = -1
	if err := r.Check(); err == nil {
		t.Error("Check accepted a rate of -1 written through a view")
	}
	if cap(r.Of(0)) != 2 {
		t.Error("appending to one stimulus could overwrite the next")
	}
}

func TestLayerHasNeurons(t *testing.T) {
	if err := (neuron.Layer{Name: "hidden", Size: 0}).Validate(); err == nil {
		t.Error("a layer of no neurons was accepted")
	}
	if err := (neuron.Layer{Name: "hidden", Size: 1}).Validate(); err != nil {
		t.Error(err)
	}
}
