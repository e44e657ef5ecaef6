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
//	shifted        v ← max( 0, Offset + ¼ (v − mean)/sd )
//
// Lee-seung is the paper's (Lee & Seung 1999, Methods). Shifted says how much of a
// stimulus becomes zero: about half of it at an offset of 0, next to nothing at 1. A
// constant stimulus has no standard deviation: all its rates become ¼, or the offset.
// All but unit-maximum look at one stimulus at a time, so that they need no constants.
type Scaling struct {
	Name       string
	Maximum    float64 // of unit-maximum: what all rates are divided by; 0 for the largest rate of the set
	Population bool    // lee-seung: divisor n of the variance instead of n − 1
	Offset     float64 // of shifted
	Levels     int     // if not 0, v ← floor(Levels·v)/Levels afterwards
}

// Scalings are the names of scalings.
var Scalings = []string{"none", "unit-maximum", "lee-seung", "shifted"}

// PaperScaling is the one with which the matrix of faces that circulates was
// made: the sample standard deviation, and 8 bits.
var PaperScaling = Scaling{Name: "lee-seung", Levels: 255}

// maximumConstant is the name of Maximum among the constants of a scaling.
const maximumConstant = "maximum"

// Constants returns what the scaling found in the stimuli as a whole, by name, so that others
// can be scaled alike; nil if it looks at one stimulus at a time.
func (by Scaling) Constants() map[string]float64 {
	if by.Name != "unit-maximum" {
		return nil
	}
	return map[string]float64{maximumConstant: by.Maximum}
}

// With returns the scaling with constants that [Scaling.Constants] returned. It returns an error
// for constants that no scaling has found.
func (by Scaling) With(constants map[string]float64) (Scaling, error) {
	for name, x := range constants {
		if name != maximumConstant || by.Name != "unit-maximum" {
			return by, fmt.Errorf("the scaling %q has no constant %q", by.Name, name)
		}
		if !(x >= 0) || math.IsInf(x, 1) {
			return by, fmt.Errorf("the constant %q of the scaling %q is %v; allowed are finite numbers of at least 0", name, by.Name, x)
		}
		by.Maximum = x
	}
	return by, nil
}

// Scale applies the scaling to all rates of the set, and keeps it with the constants that were
// used in s.Scaled.
func (s *Set) Scale(by Scaling) error {
	if s.Counts != nil && (by.Name != "none" || by.Levels != 0) {
		return fmt.Errorf("%s: counts are used as they are; allowed are stimulus.scaling = \"none\" and stimulus.levels = 0", s.Source)
	}
	if s.Seen != nil && (by.Name == "lee-seung" || by.Name == "shifted") {
		return fmt.Errorf("%s: the scaling %q needs the mean and the standard deviation of whole stimuli, and of these values are missing; allowed is stimulus.scaling = \"none\" or \"unit-maximum\"", s.Source, by.Name)
	}
	switch by.Name {
	case "none":
	case "unit-maximum":
		if by.Maximum == 0 {
			for _, x := range s.Rates {
				by.Maximum = max(by.Maximum, x)
			}
		}
		if by.Maximum > 0 {
			for i := range s.Rates {
				s.Rates[i] /= by.Maximum
			}
		}
	case "lee-seung":
		for i := range s.Count {
			standardise(s.Row(i), by.Population, 0.25, 1)
		}
	case "shifted":
		for i := range s.Count {
			standardise(s.Row(i), by.Population, by.Offset, math.Inf(1))
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
	s.Scaled = by
	return nil
}

// standardise gives a stimulus the mean offset and the standard deviation ¼, and then takes
// away what is below 0 or above most.
func standardise(row []float64, population bool, offset, most float64) {
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
		row[j] = min(most, max(0, offset+float64(0.25*z)))
	}
}
