package generate_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"partsnet/internal/shared"
	"partsnet/sim/generate"
	"partsnet/sim/stream"
)

// TestTopics holds the documents to their recipe: B as published, and the mean and
// the spread of lengths. The length is 10 + Poisson(120 G) with a mean of 130 and a
// variance of 120 + 120²/2, so over 4,000 documents the mean scatters by 1.35 and
// five of these are allowed.
func TestTopics(t *testing.T) {
	set, err := generate.Topics{Count: 4000}.Generate(context.Background(), stream.New(1, "topics"))
	if err != nil {
		t.Fatal(err)
	}
	if set.Size != 215 || len(set.Truth.Names) != 12 {
		t.Fatalf("%d words in %d topics, want 215 in 12", set.Size, len(set.Truth.Names))
	}
	total := 0.0
	for x := range set.Counts.Rates() {
		total += x
	}
	if mean := total / 4000; math.Abs(mean-130) > 5*1.35 {
		t.Errorf("documents of %v words in the mean, want 130", mean)
	}
	many := 0
	for j := range set.Size {
		in := 0
		for k := range 12 {
			if set.Truth.Parts[k*set.Size+j] > 0 {
				in++
			}
		}
		if in > 1 {
			many++
		}
	}
	if many != 22 {
		t.Errorf("%d words of several meanings, want 22", many)
	}
	text, err := os.ReadFile(shared.Path(t, "reference", "topics-12.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lists map[string][]string
	if err := json.Unmarshal(text, &lists); err != nil {
		t.Fatal(err)
	}
	for k, name := range set.Truth.Names {
		seen, sum := map[string]bool{}, 0.0
		var words []string
		for _, w := range lists[name] {
			if !seen[w] {
				words, seen[w] = append(words, w), true
				sum += 1 / float64(len(words)+2)
			}
		}
		for rank, w := range words {
			j := slices.Index(set.Neurons, w)
			if want := 1 / float64(rank+3) / sum; j < 0 || math.Abs(set.Truth.Parts[k*set.Size+j]-want) > 1e-15 {
				t.Fatalf("%s: word %s is not as probable as its rank says", name, w)
			}
		}
	}
}
