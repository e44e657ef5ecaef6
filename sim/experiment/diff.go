package experiment

import (
	"fmt"
	"maps"
	"slices"
)

// Diff returns the keys in which two experiments differ, in alphabetical order, with
// both values. The number of hidden neurons is none where it is chosen among the same numbers.
func Diff(before, after *Experiment) (changed []string) {
	literals := func(x *Experiment) map[string]string {
		out := map[string]string{}
		for _, f := range x.fields(false) {
			out[f.Key] = f.Literal()
		}
		return out
	}
	was, is := literals(before), literals(after)
	if len(before.Choose.Among) > 0 && slices.Equal(before.Choose.Among, after.Choose.Among) {
		delete(was, hiddenKey)
		delete(is, hiddenKey)
	}
	all := maps.Clone(was)
	maps.Copy(all, is)
	said := func(of map[string]string, key string) string {
		if value, ok := of[key]; ok {
			return value
		}
		return "not set"
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if was[key] != is[key] {
			changed = append(changed, fmt.Sprintf("%s was %s and is %s", key, said(was, key), said(is, key)))
		}
	}
	return changed
}
