package experiment

import "regexp"

// Key describes one key of an experiment.
type Key struct {
	Name    string
	Doc     string
	Allowed string   // values, in words
	Values  []string // values, where they can be listed; or nil
}

// Keys returns all keys of an experiment, those of the parameters of every circuit and
// rule included, in the order in which they are written.
func Keys() (keys []Key) {
	for _, f := range Default().fields(true) {
		keys = append(keys, Key{f.key, f.doc, f.allowed, listed(f.allowed)})
	}
	return keys
}

var (
	quotedValue = regexp.MustCompile(`"([^"]*)"`)
	listedValue = regexp.MustCompile(`^one of ([-0-9., ]+)$`)
	numberValue = regexp.MustCompile(`[-0-9.]+`)
)

// listed returns the values that a text in words lists; nil where it lists none.
func listed(allowed string) (values []string) {
	if allowed == "true or false" {
		return []string{"true", "false"}
	}
	if m := listedValue.FindStringSubmatch(allowed); m != nil {
		return numberValue.FindAllString(m[1], -1)
	}
	for _, m := range quotedValue.FindAllStringSubmatch(allowed, -1) {
		values = append(values, m[1])
	}
	return values
}
