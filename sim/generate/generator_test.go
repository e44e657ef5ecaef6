package generate_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// TestGeneratorsDescribeThemselves makes stimuli by every generator at its defaults, and holds
// what it says of them to what they are.
func TestGeneratorsDescribeThemselves(t *testing.T) {
	for _, g := range generate.Generators() {
		d := g.Describe()
		for _, p := range g.Parameters() {
			section, name, ok := strings.Cut(p.Key, ".")
			if !ok || section == "" || name == "" || p.Doc == "" || p.Options == nil && !(p.Low < p.High) {
				t.Errorf("%s: %+v", d.Name, p)
			}
			if n, ok := p.Value.(*int); ok && p.Key == "stimulus.count" {
				*n = 50
			}
		}
		if err := g.Validate(); err != nil {
			t.Errorf("%s: the defaults are refused: %v", d.Name, err)
		}
		set, err := g.Generate(context.Background(), stream.New(1, "x"))
		if err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		if err := set.Validate(); err != nil {
			t.Error(err)
		}
		if set.Truth.Kind != d.Name || d.Name == "" || d.Doc == "" || d.Parts == "" {
			t.Errorf("%+v makes stimuli of the kind %q", d, set.Truth.Kind)
		}
		if e := g.Extent(); e.Stimuli != set.Count || e.Dense != (set.Counts == nil) || e.Dense && (e.Visible != set.Size || e.Held != len(set.Rates)) || e.Visible < set.Size {
			t.Errorf("%s: %+v, and made are %d of %d", d.Name, e, set.Count, set.Size)
		}
		ended, end := context.WithCancel(context.Background())
		end()
		if _, err := g.Generate(ended, stream.New(1, "x")); d.Name != "swimmer" && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: a context that has ended leaves it at %v", d.Name, err)
		}
	}
}

// TestMeasuresKnowTheirGenerators demands a generator of the kind of truth that each measure
// needs.
func TestMeasuresKnowTheirGenerators(t *testing.T) {
	kinds := append(generate.Names(), "", measure.AnyTruth)
	for _, m := range measure.Table() {
		if !slices.Contains(kinds, m.Kind) {
			t.Errorf("%s needs a truth of the kind %q, which no generator makes", m.Name, m.Kind)
		}
	}
}

// generated returns valid stimuli of a generator.
func generated(t *testing.T, g generate.Generator, rng *rand.Rand) *stimulus.Set {
	t.Helper()
	set, err := g.Generate(context.Background(), rng)
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Validate(); err != nil {
		t.Fatal(err)
	}
	return set
}
