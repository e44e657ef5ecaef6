package inputs

import (
	"fmt"
	"math"

	"partsnet/sim/experiment"
)

// overFloor is how many times the floor the largest rate of the stimuli is at least. Stimuli
// of ten times the floor are learned badly, of a hundred times well; hidden rates and products
// with weights are smaller than rates.
const overFloor = 100

// aboveFloor returns an error where the floor would empty a network that learns the stimuli.
func (in *Inputs) aboveFloor(x *experiment.Experiment) error {
	if in.largest == 0 || in.largest >= overFloor*x.Floor {
		return nil
	}
	remedy := "multiply the counts"
	if in.Dense() {
		remedy = `set stimulus.scaling = "unit-maximum"`
	}
	if x.Precision == "float32" {
		remedy += `, or precision = "float64", whose floor is lower`
	}
	return &experiment.RequestError{Err: fmt.Errorf("%s: the largest rate is %.4g, and rates and weights below floor = %v become zero; allowed is a floor at most a hundredth of the largest rate: %s, or floor = %.0e",
		in.Set.Source, in.largest, x.Floor, remedy, in.largest*1e-6)}
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
