package config

// Key describes one key without its value.
type Key struct {
	Name    string
	Doc     string
	Allowed string   // values, in words
	Values  []string // the allowed values, or items of a list, if they can be listed
}

// Keys returns the keys of a table.
func Keys(table []Field) (keys []Key) {
	for _, f := range table {
		keys = append(keys, Key{f.Key, f.Doc, f.Allowed, f.Values})
	}
	return keys
}
