package inputs

import (
	"fmt"
	"strings"

	"partsnet/sim/stimulus"
)

// namesTold is the number of names that an error lists.
const namesTold = 10

// match brings the visible neurons of new stimuli, which may have other names or the same in
// another order, into the order of the training. What it did is said in the set.
func (l *Learned) match(set *stimulus.Set) error {
	switch {
	case l.Neurons == nil && set.Neurons == nil:
		return nil
	case l.Neurons == nil:
		set.Read = append(set.Read, "the visible neurons of the run have no names: those of these stimuli are taken in their order")
		return nil
	case set.Neurons == nil:
		if set.Size == len(l.Neurons) { // else there are too many or too few, which is an error
			set.Read = append(set.Read, "the values of these stimuli have no names: they are taken in the order of the visible neurons of the run")
		}
		return nil
	}
	known, err := places(l.Neurons, "the visible neurons of the run")
	same := len(l.Neurons) == len(set.Neurons)
	for j := 0; same && j < len(l.Neurons); j++ {
		same = stimulus.OneLine(l.Neurons[j]) == stimulus.OneLine(set.Neurons[j])
	}
	if same {
		return nil
	}
	own, twice := places(set.Neurons, set.Source)
	if err == nil {
		err = twice
	}
	if err != nil {
		return err
	}
	place := make([]int, len(set.Neurons))
	var further, missing []string
	for j, name := range set.Neurons {
		at, ok := known[stimulus.OneLine(name)]
		if place[j] = at; !ok {
			place[j], further = -1, append(further, name)
		}
	}
	for _, name := range l.Neurons {
		if _, ok := own[stimulus.OneLine(name)]; !ok {
			missing = append(missing, name)
		}
	}
	if l.Texts && set.Texts {
		return l.matchWords(set, place, further, missing)
	}
	if further != nil || missing != nil {
		var said []string
		for _, d := range []struct {
			what  string
			names []string
		}{{"it lacks", missing}, {"it has further", further}} {
			if d.names != nil {
				said = append(said, d.what+" "+listed(d.names))
			}
		}
		return fmt.Errorf("%s does not have the visible neurons of the run: %s; allowed are the %d names that the run learned from, in any order", set.Source, strings.Join(said, " and "), len(l.Neurons))
	}
	if set.Rates == nil && set.Counts == nil {
		return fmt.Errorf("%s has the visible neurons of the run in another order, and is mapped as it is; allowed is stimulus.map = false, which reads it and puts them in order", set.Source)
	}
	set.Read = append(set.Read, "the visible neurons were put in the order of the training, by their names")
	return l.arrange(set, place)
}

// matchWords matches the words of documents: those that the network does not know are left out.
func (l *Learned) matchWords(set *stimulus.Set, place []int, further, missing []string) error {
	if len(further) == len(set.Neurons) {
		return fmt.Errorf("%s has none of the %d words of the run; both must be in the same language, and in lower case", set.Source, len(l.Neurons))
	}
	unknown, all := 0.0, 0.0
	for i := range set.Count {
		visit := func(j int, x float64) {
			if all += x; place[j] < 0 {
				unknown += x
			}
		}
		if set.Counts != nil {
			set.Counts.Each(i, visit)
			continue
		}
		for j, x := range set.Row(i) {
			visit(j, x)
		}
	}
	said := "the words were put in the order of the training"
	if further != nil {
		said += fmt.Sprintf("; of the %d words %d, with %v of %v occurrences, are unknown to the network and left out: %s", len(set.Neurons), len(further), unknown, all, listed(further))
	}
	if missing != nil {
		said += fmt.Sprintf("; of the words of the network %d are not among those of these documents", len(missing))
	}
	set.Read = append(set.Read, said)
	return l.arrange(set, place)
}

func (l *Learned) arrange(set *stimulus.Set, place []int) error {
	err := set.Arrange(place, len(l.Neurons))
	set.Neurons = l.Neurons
	return err
}

// places returns the place of each name. It returns an error if one names two.
func places(names []string, whose string) (map[string]int, error) {
	at := map[string]int{}
	for j, name := range names {
		if before, twice := at[stimulus.OneLine(name)]; twice {
			return nil, fmt.Errorf("%q is the name of the values %d and %d (counted from 0) of %s: what has one name cannot be matched by it; give them different names", name, before, j, whose)
		}
		at[stimulus.OneLine(name)] = j
	}
	return at, nil
}

// listed returns the first of some names in quotes.
func listed(names []string) string {
	said := fmt.Sprintf("%q", names[:min(namesTold, len(names))])
	if len(names) > namesTold {
		said += fmt.Sprintf(" and %d more", len(names)-namesTold)
	}
	return said
}
