package measure_test

import (
	"slices"
	"testing"

	"partsnet/sim/measure"
)

func TestUnit(t *testing.T) {
	unit, length := measure.Unit([]float64{3, 4, 0, 0, 0, 2}, 2)
	if !slices.Equal(unit, []float64{0.6, 0.8, 0, 0, 0, 1}) || !slices.Equal(length, []float64{5, 0, 2}) {
		t.Errorf("%v of length %v", unit, length)
	}
}
