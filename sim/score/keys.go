package score

import (
	"partsnet/sim/config"
	"partsnet/sim/experiment"
)

// Keys returns the keys of a score: its own, those of its tasks, and those of experiments
// that are set for all its cells.
func (s *Score) Keys() []config.Key {
	var tasks []string
	table := s.fields()
	for _, t := range s.Tasks {
		tasks = append(tasks, t.Name)
		table = append(table, t.fields("tasks."+t.Name+".")...)
	}
	keys := config.Keys(table)
	for k := range keys {
		switch keys[k].Name {
		case "only.tasks":
			keys[k].Values = tasks
		case "only.rules":
			keys[k].Values = s.Rules
		}
	}
	for _, owner := range []string{"set.", "over."} {
		for _, key := range experiment.Keys() {
			key.Name = owner + key.Name
			keys = append(keys, key)
		}
	}
	return keys
}
