package stimulus

import (
	"fmt"
	"math"

	"partsnet/neuron"
)

// The values of Missing in a [Table], which hold for arrays too.
const (
	Refuse = "refuse" // there are none
	Masked = "mask"   // nothing is known of them: see [Set.Seen]
)

// MissingValues are the allowed values of Missing in a [Table].
var MissingValues = []string{Refuse, Masked}

// Lack moves what is missing, the rates that are not numbers, from the rates to the mask, and says
// how many they are.
func (s *Set) Lack() error {
	if s.Counts != nil {
		return fmt.Errorf("%s: of counts those that are not held are 0 and none is missing; allowed is stimulus.missing = %q, and mask.path to hide some", s.Source, Refuse)
	}
	seen := neuron.NewMask(s.Count, s.Size)
	for k, x := range s.Rates {
		if math.IsNaN(x) {
			seen.Hide(k/s.Size, k%s.Size)
			s.Rates[k] = 0
		}
	}
	missing := seen.Missing()
	s.Read = append(s.Read, MissingPhrase(missing, s.Count*s.Size)+" missing")
	if missing == len(s.Rates) {
		return fmt.Errorf("%s: all values are missing", s.Source)
	}
	if missing > 0 {
		s.Seen = seen
	}
	return nil
}

// MissingPhrase says how many values of all are spoken of, "1,234 of 47,000 values".
func MissingPhrase(some, all int) string {
	if some == 0 {
		return "no value is"
	}
	verb := "are"
	if some == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s of %s values %s", thousands(some), thousands(all), verb)
}

// thousands writes a number with commas between thousands.
func thousands(x int) string {
	text := fmt.Sprint(x)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Known calls visit for every rate of a stimulus that is known.
func (s *Set) Known(i int, visit func(j int, x float64)) {
	for j, x := range s.Row(i) {
		if s.Seen == nil || s.Seen.Seen(i, j) {
			visit(j, x)
		}
	}
}
