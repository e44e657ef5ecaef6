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

// Differences returns the entries in which two manifests differ, numbers by more than the
// tolerance, as a share of the larger. Where the version is the same both have the same
// entries; another version may have more or fewer. The tags of [Manifest] say what is
// compared.
func (m *Manifest) Differences(other *Manifest, tolerance float64) []string {
	c := comparison{tolerance: tolerance, sameVersion: m.Version == other.Version, sameBuild: m.Build() == other.Build(), missing: map[string]bool{}}
	c.keys("", m.keys, other.keys)
	c.values("", "", reflect.ValueOf(*m), reflect.ValueOf(*other))
	return c.found
}

// keys says which keys only one of two files has.
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
		if other, too := y.(map[string]any); ok && too && at != "inputs" && at != "files" { // the files are compared by themselves
			c.keys(at, below, other)
		}
	}
}

// comparison is the comparison of two manifests on its way.
type comparison struct {
	tolerance              float64
	sameVersion, sameBuild bool
	missing                map[string]bool // in one of the files, by path
	found                  []string
}

// values compares two values of one type that stand at a path, by the tag of their field.
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
		if tag == "one" { // itself a share, which comes to nothing in the end
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

// present says of an entry that only one manifest has that it is not in the other.
func (c *comparison) present(path string, was, is bool) {
	switch {
	case was == is || !c.sameVersion:
	case was:
		c.found = append(c.found, fmt.Sprintf("%s was there and is not", path))
	default:
		c.found = append(c.found, fmt.Sprintf("%s is missing", path))
	}
}
