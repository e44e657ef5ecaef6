package stimulus

import (
	"fmt"
	"math"
)

// Scaling says how the rates of a set are brought to a common range:
//
//	none           nothing is changed
//	unit-maximum   v ← v / max of the whole set; zeros alone stay
//	lee-seung      v ← clip( ¼ + ¼ (v − mean)/sd, 0, 1 )  for each stimulus
//
// The last is the paper's (Lee & Seung 1999, Methods). A constant stimulus has
// no standard deviation: all its rates become ¼.
type Scaling struct {
	Name       string
	Population bool // lee-seung: divisor n of the variance instead of n − 1
	Levels     int  // if not 0, v ← floor(Levels·v)/Levels afterwards
}

// Scalings are the names of scalings.
var Scalings = []string{"none", "unit-maximum", "lee-seung"}

// PaperScaling is the one with which the matrix of faces that circulates was
// made: the sample standard deviation, and 8 bits.
var PaperScaling = Scaling{Name: "lee-seung", Levels: 255}

// Scale applies the scaling to all rates of the set.
func (s *Set) Scale(by Scaling) error {
	if s.Counts != nil && (by.Name != "none" || by.Levels != 0) {
		return fmt.Errorf("%s: counts are used as they are; allowed are stimulus.scaling = \"none\" and stimulus.levels = 0", s.Source)
	}
	switch by.Name {
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
			leeSeung(s.Row(i), by.Population)
		}
	default:
		return fmt.Errorf("there is no scaling %q; there are %q", by.Name, Scalings)
	}
	if by.Levels > 0 {
		levels := float64(by.Levels)
		for i, x := range s.Rates {
			s.Rates[i] = math.Floor(levels*x) / levels
		}
	}
	return nil
}

func leeSeung(row []float64, population bool) {
	divisor := float64(len(row) - 1)
	if population {
		divisor = float64(len(row))
	}
	mean, variance := 0.0, 0.0
	for _, x := range row {
		mean += x / float64(len(row))
	}
	for _, x := range row {
		variance += (x - mean) * (x - mean) / divisor
	}
	sd := math.Sqrt(variance)
	for j, x := range row {
		z := 0.0
		if sd > 0 {
			z = (x - mean) / sd
		}
		row[j] = min(1, max(0, 0.25+float64(0.25*z)))
	}
}
