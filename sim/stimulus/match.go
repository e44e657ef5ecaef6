package stimulus

import (
	"fmt"
	"slices"
	"strings"
)

// Matched says where the visible neurons of some stimuli are among known ones of the same names.
type Matched struct {
	Same    bool     // all are in the places of the known ones
	Place   []int    // of each among the known ones, −1 for one that is not known
	Further []string // names that are not known
	Missing []string // known names that none has
}

// Match matches visible neurons, whose names are own, with known ones by their names. The error
// is that two have one name, where that matters; whose and known say whose these are.
func Match(own []string, whose string, known []string, knownWhose string) (*Matched, error) {
	m := &Matched{Same: slices.EqualFunc(own, known, func(a, b string) bool { return OneLine(a) == OneLine(b) })}
	if m.Same {
		return m, nil
	}
	at, err := places(known, knownWhose)
	if err != nil {
		return nil, err
	}
	mine, err := places(own, whose)
	if err != nil {
		return nil, err
	}
	m.Place = make([]int, len(own))
	for j, name := range own {
		place, ok := at[OneLine(name)]
		if m.Place[j] = place; !ok {
			m.Place[j], m.Further = -1, append(m.Further, name)
		}
	}
	for _, name := range known {
		if _, ok := mine[OneLine(name)]; !ok {
			m.Missing = append(m.Missing, name)
		}
	}
	return m, nil
}

// Difference says which names are missing and which further ones there are; "" for none.
func (m *Matched) Difference() string {
	var said []string
	for _, d := range []struct {
		what  string
		names []string
	}{{"it lacks", m.Missing}, {"it has further", m.Further}} {
		if d.names != nil {
			said = append(said, d.what+" "+Listed(d.names))
		}
	}
	return strings.Join(said, " and ")
}

// places returns the place of each name. It returns an error if one names two.
func places(names []string, whose string) (map[string]int, error) {
	at := map[string]int{}
	for j, name := range names {
		if before, twice := at[OneLine(name)]; twice {
			return nil, fmt.Errorf("%q is the name of the values %d and %d (counted from 0) of %s: what has one name cannot be matched by it; give them different names", name, before, j, whose)
		}
		at[OneLine(name)] = j
	}
	return at, nil
}

// Listed returns the first of some names in quotes.
func Listed(names []string) string {
	const most = 10
	said := fmt.Sprintf("%q", names[:min(most, len(names))])
	if len(names) > most {
		said += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return said
}
