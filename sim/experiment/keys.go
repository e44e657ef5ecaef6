package experiment

import (
	"unicode/utf8"

	"partsnet/sim/config"
)

// Keys returns all keys of an experiment, those of the parameters of every circuit and
// rule included, in the order in which they are written.
func Keys() []config.Key { return config.Keys(Default().fields(true)) }

// Setting returns the setting "key=value" that gives a key a text, whatever it contains. A
// text that is not UTF-8 is left as it is, so that reading the setting refuses it.
func Setting(key, text string) string {
	if !utf8.ValidString(text) {
		return key + "=" + text
	}
	return key + "=" + config.Quote(text)
}
