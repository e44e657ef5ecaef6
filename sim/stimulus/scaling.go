package stimulus

import (
	"fmt"
	"math"
)

// Scalings are the names that [Set.Scale] knows.
var Scalings = []string{"none", "unit-maximum", "lee-seung"}

// Scale brings the rates of the set to a common range:
//
//	none           nothing is changed
//	unit-maximum   v ← v / max of the whole set; zeros alone stay
//	lee-seung      v ← clip( ¼ + ¼ (v − mean)/sd, 0, 1 )  for each stimulus
//
// The last is the paper's (Lee & Seung 1999, Methods), with the sample standard
// deviation (divisor n − 1), as in the matrix that circulates. A constant
// stimulus has no standard deviation: all its rates become ¼.
func (s *Set) Scale(name string) error {
	switch name {
	case "none":
	case "unit-maximum":
		top := 0.0
		for _, x := range s.Rates {
			top = max(top, x)
		}
		if top > 0 {
			for i := range s.Rates {
				s.Rates[i] /= top
			}
		}
	case "lee-seung":
		for i := range s.Count {
			leeSeung(s.Row(i))
		}
	default:
		return fmt.Errorf("there is no scaling %q; there are %q", name, Scalings)
	}
	return nil
}

func leeSeung(row []float64) {
	mean, variance := 0.0, 0.0
	for _, x := range row {
		mean += x / float64(len(row))
	}
	for _, x := range row {
		variance += (x - mean) * (x - mean) / float64(len(row)-1)
	}
	sd := math.Sqrt(variance)
	for j, x := range row {
		z := 0.0
		if sd > 0 {
			z = (x - mean) / sd
		}
		row[j] = min(1, max(0, 0.25+0.25*z))
	}
}
