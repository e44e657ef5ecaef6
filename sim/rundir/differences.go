package rundir

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
)

// Differences returns the entries in which two manifests, of a run and of its repetition,
// differ: field by field, numbers by more than the tolerance relative to the larger. The tags
// of [Manifest] say what is compared. An entry that only one manifest has is a difference if
// both have the same version; another version may have more or fewer entries.
func (m *Manifest) Differences(other *Manifest, tolerance float64) []string {
	c := comparison{tolerance: tolerance, sameVersion: m.Version == other.Version, sameBuild: m.Build() == other.Build(), missing: map[string]bool{}}
	c.keys("", m.keys, other.keys)
	c.values("", "", reflect.ValueOf(*m), reflect.ValueOf(*other))
	return c.found
}

// notCompared are objects whose keys are not looked at: inputs and files are compared as files, by
// proof, and timing and memory differ, of a run that was continued also in what they have.
var notCompared = map[string]bool{"inputs": true, "files": true, "timing": true, "memory": true}

// keys finds the keys that only one of the two files has (see [Manifest.keys]).
func (c *comparison) keys(path string, was, is map[string]any) {
	all := maps.Clone(was)
	maps.Copy(all, is)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		x, before := was[key]
		y, now := is[key]
		at := join(path, key)
		if before != now {
			c.missing[at] = true
			c.present(at, before, now)
			continue
		}
		below, ok := x.(map[string]any)
		if other, too := y.(map[string]any); ok && too && !notCompared[at] {
			c.keys(at, below, other)
		}
	}
}

// comparison is the state of [Manifest.Differences].
type comparison struct {
	tolerance              float64
	sameVersion, sameBuild bool
	missing                map[string]bool // paths of keys that only one file has
	found                  []string
}

// values compares two values of one type at a path, as the tag of their field says.
func (c *comparison) values(path, tag string, was, is reflect.Value) {
	switch {
	case c.missing[path], tag == "skip", tag == "version" && !c.sameVersion, tag == "build" && !c.sameBuild:
		return
	}
	switch was.Kind() {
	case reflect.Struct:
		for i := range was.NumField() {
			f := was.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			c.values(join(path, name), f.Tag.Get("compare"), was.Field(i), is.Field(i))
		}
	case reflect.Pointer:
		if was.IsNil() || is.IsNil() {
			c.present(path, !was.IsNil(), !is.IsNil())
			return
		}
		c.values(path, tag, was.Elem(), is.Elem())
	case reflect.Map:
		keys := was.MapKeys()
		for _, k := range is.MapKeys() {
			if !was.MapIndex(k).IsValid() {
				keys = append(keys, k)
			}
		}
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, k := range keys {
			x, y := was.MapIndex(k), is.MapIndex(k)
			if !x.IsValid() || !y.IsValid() {
				c.present(join(path, k.String()), x.IsValid(), y.IsValid())
				continue
			}
			c.values(join(path, k.String()), tag, x, y)
		}
	case reflect.Slice:
		if was.Len() != is.Len() {
			c.differ(path, was, is)
			return
		}
		for i := range was.Len() {
			c.values(fmt.Sprintf("%s.%d", path, i), tag, was.Index(i), is.Index(i))
		}
	case reflect.Float64:
		p, q := was.Float(), is.Float()
		top := max(math.Abs(p), math.Abs(q))
		if tag == "one" { // already relative to 1; it approaches 0
			top = 1
		}
		if math.Abs(p-q) > c.tolerance*top {
			c.differ(path, was, is)
		}
	case reflect.Int, reflect.Int64:
		p, q := float64(was.Int()), float64(is.Int())
		if math.Abs(p-q) > c.tolerance*max(math.Abs(p), math.Abs(q)) {
			c.differ(path, was, is)
		}
	default:
		if !was.Equal(is) {
			c.differ(path, was, is)
		}
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (c *comparison) differ(path string, was, is reflect.Value) {
	c.found = append(c.found, fmt.Sprintf("%s was %v and is %v", path, was, is))
}

// present reports an entry that only one manifest has.
func (c *comparison) present(path string, was, is bool) {
	switch {
	case was == is || !c.sameVersion:
	case was:
		c.found = append(c.found, fmt.Sprintf("%s is only in the manifest of the run", path))
	default:
		c.found = append(c.found, fmt.Sprintf("%s is missing from the manifest of the run", path))
	}
}
