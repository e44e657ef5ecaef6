package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"partsnet/internal/nearest"
)

// suggest names the keys that a missing key may mean: if it is a section, the keys of that;
// or those with a similar name or end, or else the keys of its section, or else the sections.
func suggest(table []Field, key string) string {
	if below := keysBelow(table, key); below != nil {
		return fmt.Sprintf("it is a section, with the header [%s] and the keys %s", key, strings.Join(below, ", "))
	}
	section, name, inSection := strings.Cut(key, ".")
	if !inSection {
		name = key
	}
	type near struct {
		key  string
		cost int
	}
	var alike []near
	var keys, sections []string
	for _, f := range table {
		s, last, ok := strings.Cut(f.Key, ".")
		if !ok {
			last, s = f.Key, ""
		}
		cost := nearest.Distance(strings.ToLower(last), strings.ToLower(name))
		if s != section || !inSection && s != "" {
			cost += min(nearest.Distance(s, section), 2)
		}
		if cost <= 2+len(name)/5 && cost < len(name) {
			alike = append(alike, near{f.Key, cost})
		}
		if inSection && s == section {
			keys = append(keys, f.Key)
		}
		if s != "" && !slices.Contains(sections, s) {
			sections = append(sections, s)
		}
	}
	if alike != nil {
		slices.SortStableFunc(alike, func(a, b near) int { return cmp.Compare(a.cost, b.cost) })
		var names []string
		for _, a := range alike[:min(3, len(alike))] {
			if a.cost == alike[0].cost {
				names = append(names, a.key)
			}
		}
		return "did you mean " + strings.Join(names, " or ") + "?"
	}
	if keys != nil {
		return "there are " + strings.Join(keys, ", ")
	}
	if sections == nil { // an item of a list, or another small table
		for _, f := range table {
			keys = append(keys, f.Key)
		}
		return "there are " + strings.Join(keys, ", ")
	}
	return "the sections are " + strings.Join(sections, ", ") + "; partsnet show reference lists all keys"
}

// keysBelow returns the names of the keys of a section.
func keysBelow(table []Field, section string) (names []string) {
	for _, f := range table {
		if name, ok := strings.CutPrefix(f.Key, section+"."); ok {
			names = append(names, name)
		}
	}
	return names
}

// DidYouMean returns "; did you mean ...?" with the allowed values that are nearest to
// the wrong ones, or "" if none is near.
func DidYouMean(allowed []string, value any) string {
	items, isList := value.([]any)
	if !isList {
		items = []any{value}
	}
	var meant []string
	for _, item := range items {
		text, ok := item.(string)
		if !ok || slices.Contains(allowed, text) {
			continue
		}
		if near := nearest.Name(text, allowed); near != "" && !slices.Contains(meant, near) {
			meant = append(meant, near)
		}
	}
	if meant == nil {
		return ""
	}
	return "; did you mean " + strings.ReplaceAll(QuoteAll(meant), ", ", " and ") + "?"
}
