package inputs

import (
	"fmt"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// group finds the groups into which the experiment puts the recordings of a set, and says in the set
// which they are.
func group(set *stimulus.Set, x *experiment.Experiment) error {
	by := x.Groups.By
	if set.Recordings == nil {
		return fmt.Errorf("groups.by = [%s]: %s is not made of recordings; allowed is groups.by = []", config.QuoteAll(by), set.Source)
	}
	groups, err := stimulus.Groups(set.Recordings, by)
	if err != nil {
		return fmt.Errorf("groups.by = [%s]: %s: %w", config.QuoteAll(by), set.Source, err)
	}
	var names []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	set.Read = append(set.Read, fmt.Sprintf("%s by %s: %s", counted(len(groups), "group", "groups"), strings.Join(by, " and "), first(names)))
	return nil
}

// namesTold is the number of names that are listed.
const namesTold = 10

// first lists the first of many names.
func first(names []string) string {
	if len(names) > namesTold {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namesTold], "; "), len(names)-namesTold)
	}
	return strings.Join(names, "; ")
}

// counted returns a number of things in the singular or plural.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
