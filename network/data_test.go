package network_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"partsnet/network"
	"partsnet/neuron"
)

// ones is a matrix of any size that holds no numbers.
type ones struct{ rows, cols int }

func (o ones) Dims() (rows, cols int) { return o.rows, o.cols }
func (o ones) At(int, int) float64    { return 1 }
func (o ones) T() mat.Matrix          { return mat.Transpose{Matrix: o} }

// TestDataAreRefused gives a network that has learned matrices that it cannot recognise or predict
// from: each is an error with what is wrong, where, and what is allowed, and no result.
func TestDataAreRefused(t *testing.T) {
	l, err := network.Learn(mat.NewDense(4, 3, numbers(12, 1)), 2, network.Options{Plan: network.Plan{Epochs: 3}})
	if err != nil {
		t.Fatal(err)
	}
	row := func(x ...float64) mat.Matrix { return mat.NewDense(1, len(x), x) }
	nan, inf, much := math.NaN(), math.Inf(1), math.MaxFloat64
	recognise := func(v mat.Matrix) (*mat.Dense, error) { return l.Recognise(v) }
	predict := func(h mat.Matrix) (*mat.Dense, error) { return l.Predict(h) }
	for _, tt := range []struct {
		what string
		use  func(mat.Matrix) (*mat.Dense, error)
		data mat.Matrix
		rate bool // whether the error names the entry
		want string
	}{
		{"recognise", recognise, &mat.Dense{}, false, "the matrix of stimuli is empty; it needs a stimulus a row and a visible neuron a column"},
		{"recognise", recognise, ones{3, 0}, false, "the matrix of stimuli is empty"},
		{"recognise", recognise, row(1, 2), false, "stimuli have 2 visible neurons; the network has 3 visible neurons"},
		{"recognise", recognise, row(1, 2, 3, 4), false, "stimuli have 4 visible neurons; the network has 3 visible neurons"},
		{"recognise", recognise, row(1, nan, 3), true, "the rate of neuron 1 to stimulus 0 is NaN; a rate is finite and never negative"},
		{"recognise", recognise, row(1, 2, -3), true, "the rate of neuron 2 to stimulus 0 is -3"},
		{"recognise", recognise, row(inf, 2, 3), true, "the rate of neuron 0 to stimulus 0 is +Inf"},
		{"recognise", recognise, row(much, much, much), true, "hidden rates overflow: neuron: the rate of neuron 0 to stimulus 0 is"},
		{"recognise", recognise, ones{math.MaxInt / 2, 3}, false, "does not fit into memory; allowed are"},
		{"predict", predict, &mat.Dense{}, false, "the matrix of encodings is empty; it needs an encoding a row and a hidden neuron a column"},
		{"predict", predict, ones{0, 2}, false, "the matrix of encodings is empty"},
		{"predict", predict, row(1), false, "encodings have 1 hidden neurons; the network has 2 hidden neurons"},
		{"predict", predict, row(1, 2, 3), false, "encodings have 3 hidden neurons; the network has 2 hidden neurons"},
		{"predict", predict, row(1, nan), true, "the rate of neuron 1 to stimulus 0 is NaN; a rate is finite and never negative"},
		{"predict", predict, row(1, -2), true, "the rate of neuron 1 to stimulus 0 is -2"},
		{"predict", predict, row(inf, 2), true, "the rate of neuron 0 to stimulus 0 is +Inf"},
		{"predict", predict, ones{math.MaxInt / 2, 2}, false, "does not fit into memory; allowed are"},
	} {
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s from %v panics: %v", tt.what, tt.data, p)
				}
			}()
			got, err := tt.use(tt.data)
			if err == nil || got != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, %v; want %q", tt.what, got, err, tt.want)
			}
			if named := errors.As(err, new(*neuron.RateError)); named != tt.rate {
				t.Errorf("%s: %v names an entry: %v, want %v", tt.what, err, named, tt.rate)
			}
		}()
	}
}

// TestPredictionsOverflow predicts from encodings whose predictions are no numbers.
func TestPredictionsOverflow(t *testing.T) {
	net := netOf(t, 1, 2, []float64{1e-10, 1e10}, &network.LateralInhibition[float64]{}, 1)
	l := &network.Result{Network: net}
	if p, err := l.Predict(mat.NewDense(2, 1, []float64{1, 1e300})); p != nil || err == nil || !strings.Contains(err.Error(), "the prediction of encoding 1 overflows at visible neuron 1: it is +Inf; divide") {
		t.Errorf("%v, %v", p, err)
	}
}

// TestShapesPanic gives a network slices and rates of another size: the panic says which, and what
// is allowed.
func TestShapesPanic(t *testing.T) {
	net := netOf(t, 2, 3, numbers(6, 1), &network.DivisiveError[float64]{}, 1)
	for want, f := range map[string]func(){
		"a prediction of 2 and hidden rates of 2 neurons; allowed are 3 and 2":             func() { net.Predict(make([]float64, 2), make([]float64, 2)) },
		"stimuli 4×3 and hidden rates 5×2 do not fit the network; allowed are m×3 and m×2": func() { net.Recognise(neuron.NewRates[float64](4, 3), neuron.NewRates[float64](5, 2), 1) },
	} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, want) {
					t.Errorf("got %s, want %s", p, want)
				}
			}()
			f()
		}()
	}
}
