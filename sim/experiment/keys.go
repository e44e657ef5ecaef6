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
	for _, f := range Default().fields(true) {
		keys = append(keys, Key{f.key, f.doc, f.allowed, f.options})
	}
	return keys
}
