package inputs

import (
	"fmt"

	"partsnet/sim/stimulus"
)

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
	m, err := stimulus.Match(set.Neurons, set.Source, l.Neurons, "the visible neurons of the run")
	if err != nil || m.Same {
		return err
	}
	if l.Texts && set.Texts {
		return l.matchWords(set, m)
	}
	if difference := m.Difference(); difference != "" {
		return fmt.Errorf("%s does not have the visible neurons of the run: %s; allowed are the %d names that the run learned from, in any order", set.Source, difference, len(l.Neurons))
	}
	if set.Rates == nil && set.Counts == nil {
		return fmt.Errorf("%s has the visible neurons of the run in another order, and is mapped as it is; allowed is stimulus.map = false, which reads it and puts them in order", set.Source)
	}
	set.Read = append(set.Read, "the visible neurons were put in the order of the training, by their names")
	return l.arrange(set, m.Place)
}

// matchWords matches the words of documents: those that the network does not know are left out.
func (l *Learned) matchWords(set *stimulus.Set, m *stimulus.Matched) error {
	place, further, missing := m.Place, m.Further, m.Missing
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
		said += fmt.Sprintf("; of the %d words %d, with %v of %v occurrences, are unknown to the network and left out: %s", len(set.Neurons), len(further), unknown, all, stimulus.Listed(further))
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
