package recorded

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Axis is an axis of an array: what is counted along it.
type Axis struct {
	Is      string   // "epoch", "recognition step", "stimulus", "hidden neuron", …
	Side    string   // "from" or "onto" where a projection has two sides; ""
	Numbers []int    // of what is at each place: of an epoch, a step, a stimulus or a neuron
	Names   []string // one a place; or nil
	// At is the time at each place in a Unit such as ms; nil where a clock counts nothing but steps.
	At   []float64
	Unit string
}

// Len returns the number of places.
func (a Axis) Len() int { return len(a.Numbers) }

// Clock is what frames are counted by.
type Clock struct {
	Is   string  // "epoch", "recognition step"
	Step float64 // of what it counts, in a Unit such as ms; 0 where it has none
	Unit string
}

// axis returns the axis of the frames that are taken every so often from 0 to last.
func (c Clock) axis(every, last int) Axis {
	a := Axis{Is: c.Is, Unit: c.Unit}
	for at := 0; at <= last; at += every {
		a.Numbers = append(a.Numbers, at)
		if c.Step > 0 {
			a.At = append(a.At, float64(at)*c.Step)
		}
	}
	return a
}

// chosen returns the axis of those of count things that are wanted by name or number, of all where
// none is. Names of the things may be nil.
func chosen(key, is string, wanted []string, count int, names []string, find func(name string) (int, bool)) (Axis, error) {
	a := Axis{Is: is}
	if len(wanted) == 0 {
		for k := range count {
			a.Numbers = append(a.Numbers, k)
		}
	}
	for _, name := range wanted {
		k, ok := -1, false
		if find != nil {
			k, ok = find(name)
		} else if k = slices.Index(names, name); k >= 0 {
			ok = true
		}
		if number, err := strconv.Atoi(name); !ok && err == nil && number >= 0 && number < count {
			k, ok = number, true
		}
		if !ok {
			named := ""
			if names != nil {
				named = ", or a name"
			}
			return a, fmt.Errorf("%s = %q; allowed is a number from 0 to %d%s", key, name, count-1, named)
		}
		if slices.Contains(a.Numbers, k) {
			return a, fmt.Errorf("%s = %q is %s %d, which is there already", key, name, is, k)
		}
		a.Numbers = append(a.Numbers, k)
	}
	for _, k := range a.Numbers {
		if names != nil {
			a.Names = append(a.Names, names[k])
		}
	}
	return a, nil
}

// axes returns a row for each place of each axis of the arrays, and one that says what the numbers
// of an array are.
func axes(all []*Array) [][]string {
	t := [][]string{{"file", "axis", "is", "index", "number", "name", "at", "unit"}}
	for _, a := range all {
		t = append(t, []string{a.File, "numbers", a.Is, "", "", "", "", ""})
		for k, axis := range a.All() {
			for i, number := range axis.Numbers {
				name, at := "", ""
				if axis.Names != nil {
					name = strings.Join(strings.Fields(axis.Names[i]), " ")
				}
				if axis.At != nil {
					at = fmt.Sprint(axis.At[i])
				}
				t = append(t, []string{a.File, strconv.Itoa(k), strings.TrimSpace(axis.Side + " " + axis.Is), strconv.Itoa(i), strconv.Itoa(number), name, at, axis.Unit})
			}
		}
	}
	return t
}

// things names those of an axis for a message: "361 visible neurons".
func (a Axis) things() string {
	if a.Len() == 1 {
		return "1 " + a.Is
	}
	return fmt.Sprintf("%d %s", a.Len(), cmp.Or(map[string]string{"stimulus": "stimuli"}[a.Is], a.Is+"s"))
}
