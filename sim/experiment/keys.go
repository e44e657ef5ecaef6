package experiment

import "partsnet/sim/config"

// Keys returns all keys of an experiment, those of the parameters of every circuit and
// rule included, in the order in which they are written.
func Keys() []config.Key { return config.Keys(Default().fields(true)) }

// Setting returns the setting "key=value" that gives a key a text, whatever it contains.
func Setting(key, text string) string { return key + "=" + config.Quote(text) }
