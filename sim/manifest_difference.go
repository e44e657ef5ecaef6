package sim

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
)

// build says what wrote the run, as far as bits may depend on it.
func (m *Manifest) build() string {
	return fmt.Sprintf("version %s, %s, %s/%s, kernel %s", m.Version, m.Platform.Go, m.Platform.OS, m.Platform.Arch, m.Platform.Kernel)
}

// There are entries of a manifest of which it is compared only that they are there, and
// others that are sentences: with numbers in them, which rounding moves and which are
// compared where they come from, or in the words of a version.
var (
	apart          = []string{"version", "platform", "timing", "memory", "files"}
	counted        = []string{"why"}
	ofTheirVersion = []string{"stopped", "stimuli.source"}
)

// differences returns the entries in which two manifests differ, numbers by more than the
// tolerance, in the share of the larger. Where the version is the same both have the same
// keys; another version may have more or fewer.
func (m *Manifest) differences(other *Manifest, tolerance float64) []string {
	c := manifestComparison{tolerance: tolerance, otherVersion: m.Version != other.Version, skipped: map[string]bool{}}
	skip := apart
	if m.build() != other.build() {
		skip = append(slices.Clone(skip), counted...)
	}
	if c.otherVersion {
		skip = append(slices.Clone(skip), ofTheirVersion...)
	}
	for _, path := range skip {
		c.skipped[path] = true
	}
	c.trees("", m.all, other.all)
	return c.found
}

// manifestComparison is the comparison of two manifests on its way.
type manifestComparison struct {
	tolerance    float64
	otherVersion bool
	skipped      map[string]bool
	found        []string
}

// trees compares two maps, of which the path is that of their entries, with a dot at its
// end.
func (c *manifestComparison) trees(path string, was, is map[string]any) {
	keys := maps.Clone(was)
	maps.Copy(keys, is)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		x, before := was[key]
		y, now := is[key]
		switch at := path + key; {
		case before && now:
			c.entries(at, x, y)
		case c.otherVersion:
		case before:
			c.found = append(c.found, fmt.Sprintf("%s was there and is not", at))
		default:
			c.found = append(c.found, fmt.Sprintf("%s is missing", at))
		}
	}
}

// entries compares two entries.
func (c *manifestComparison) entries(path string, was, is any) {
	x, tree := was.(map[string]any)
	y, both := is.(map[string]any)
	p, number := was.(float64)
	q, too := is.(float64)
	switch {
	case c.skipped[path] || path == "stimuli.sha256" || strings.HasPrefix(path, "inputs."): // the sums are compared by themselves
	case tree && both:
		c.trees(path+".", x, y)
	case number && too && math.Abs(p-q) <= c.tolerance*c.scale(path, p, q):
	case !reflect.DeepEqual(was, is):
		c.found = append(c.found, fmt.Sprintf("%s was %v and is %v", path, was, is))
	}
}

// scale returns what the difference of two numbers is a share of: the larger, and 1 for
// what is itself a share and comes to nothing in the end.
func (c *manifestComparison) scale(path string, p, q float64) float64 {
	if strings.HasPrefix(path, "objective."+optimality) {
		return 1
	}
	return max(math.Abs(p), math.Abs(q))
}
