package experiment

// Key describes one key of an experiment.
type Key struct {
	Name    string
	Doc     string
	Allowed string   // values, in words
	Values  []string // values, or those that a list may hold, where they can be listed; or nil
}

// Keys returns all keys of an experiment, those of the parameters of every circuit and
// rule included, in the order in which they are written.
func Keys() (keys []Key) {
	return keysOf(Default().fields(true))
}

// Keys returns the keys of a score: its own, those of its tasks, and those of experiments
// that are set for all its cells.
func (s *Score) Keys() []Key {
	var tasks []string
	table := s.fields()
	for _, t := range s.Tasks {
		tasks = append(tasks, t.Name)
		table = append(table, t.fields("tasks."+t.Name+".")...)
	}
	keys := keysOf(table)
	for k := range keys {
		switch keys[k].Name {
		case "only.tasks":
			keys[k].Values = tasks
		case "only.rules":
			keys[k].Values = s.Rules
		}
	}
	for _, owner := range []string{"set.", "over."} {
		for _, key := range Keys() {
			key.Name = owner + key.Name
			keys = append(keys, key)
		}
	}
	return keys
}

func keysOf(table []field) (keys []Key) {
	for _, f := range table {
		keys = append(keys, Key{f.key, f.doc, f.allowed, f.options})
	}
	return keys
}
