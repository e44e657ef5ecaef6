package inputs

import (
	"fmt"
	"math"
	"strings"

	"partsnet/sim/experiment"
)

// overFloor is how many times the floor the largest rate of the stimuli is at least. Stimuli
// of ten times the floor are learned badly, of a hundred times well; hidden rates and products
// with weights are smaller than rates.
const overFloor = 100

// withinPrecision returns an error where rates are so small that the floor would empty a network
// that learns them, or so large that sums of their squares over all stimuli overflow.
func (in *Inputs) withinPrecision(x *experiment.Experiment) error {
	scale, wider := "multiply the counts", ""
	if in.Dense() {
		scale = `set stimulus.scaling = "unit-maximum"`
	}
	refuse := func(format string, args ...any) error {
		return &experiment.RequestError{Err: fmt.Errorf("%s: the largest rate is %.4g, %s", in.Set.Source, in.largest, fmt.Sprintf(format, args...))}
	}
	most := math.MaxFloat64
	if x.Precision == "float32" {
		most = math.MaxFloat32
	}
	if most = math.Sqrt(most / float64(in.Stimuli())); in.largest > most {
		if x.Precision == "float32" {
			wider = `, or precision = "float64"`
		}
		return refuse("and squares of rates are summed over %d stimuli, which overflows in %s; allowed are rates up to %.4g: %s%s", in.Stimuli(), x.Precision, most, strings.Replace(scale, "multiply", "divide", 1), wider)
	}
	if in.largest == 0 || in.largest >= overFloor*x.Floor {
		return nil
	}
	if x.Precision == "float32" {
		wider = `, or precision = "float64", whose floor is lower`
	}
	return refuse("and rates and weights below floor = %v become zero; allowed is a floor at most a hundredth of the largest rate: %s%s, or floor = %.0e", x.Floor, scale, wider, in.largest*1e-6)
}

// Faint returns the first stimulus that the floor may empty, its largest rate, and whether
// there is one.
func (in *Inputs) Faint(floor float64) (stimulus int, largest float64, ok bool) {
	for i := range in.Stimuli() {
		largest = 0
		in.Each(i, func(_ int, rate float64) { largest = math.Max(largest, rate) })
		if largest > 0 && largest < overFloor*floor {
			return i, largest, true
		}
	}
	return 0, 0, false
}
