package experiment

import (
	"fmt"
	"maps"
	"slices"
)

// Diff returns the keys in which two experiments differ, in alphabetical order, with
// both values. The number of hidden neurons is none where it is chosen among the same numbers.
func Diff(before, after *Experiment) (changed []string) {
	was, is := before.literals(), after.literals()
	if len(before.Choose.Among) > 0 && slices.Equal(before.Choose.Among, after.Choose.Among) {
		delete(was, hiddenKey)
		delete(is, hiddenKey)
	}
	all := maps.Clone(was)
	maps.Copy(all, is)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if was[key] != is[key] {
			changed = append(changed, fmt.Sprintf("%s was %s and is %s", key, said(was, key), said(is, key)))
		}
	}
	return changed
}

// Differing returns the keys in which any of several experiments differ, in the order of the reference config,
// and the values of each experiment.
func Differing(all []*Experiment) (keys []string, values [][]string) {
	of := make([]map[string]string, len(all))
	for i, x := range all {
		of[i] = x.literals()
	}
	values = make([][]string, len(all))
	for _, f := range Default().fields(true) {
		differs := false
		for i := range all {
			differs = differs || of[i][f.Key] != of[0][f.Key]
		}
		if !differs {
			continue
		}
		keys = append(keys, f.Key)
		for i := range all {
			values[i] = append(values[i], said(of[i], f.Key))
		}
	}
	return keys, values
}

// literals returns the values of all keys as the config of the experiment has them.
func (x *Experiment) literals() map[string]string {
	out := map[string]string{}
	for _, f := range x.fields(false) {
		out[f.Key] = f.Literal()
	}
	return out
}

// said returns a value in words.
func said(of map[string]string, key string) string {
	if value, ok := of[key]; ok {
		return value
	}
	return "not set"
}
