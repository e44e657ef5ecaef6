package draw

import (
	"bytes"
	"context"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// twoParts returns the parts (1, 0, 0) and (0, 3, 4)/5, each that many times as strong, in either order.
func twoParts(first, second float64, turned bool) []float64 {
	one, other := []float64{first, 0, 0}, []float64{0, 0.6 * second, 0.8 * second}
	if turned {
		one, other = other, one
	}
	return slices.Concat(one, other)
}

// threePeople are groups by subject of recordings of two stimuli: A and B walk and run, C walks. B has
// the parts in the other order, and C lacks the second: its other part is silent.
func threePeople(t *testing.T) *outcome.Groups {
	t.Helper()
	var recordings []stimulus.Recording
	for k, r := range []stimulus.Recording{{Subject: "A", Condition: "walking"}, {Subject: "B", Condition: "walking"}, {Subject: "C", Condition: "walking"}, {Subject: "A", Condition: "running"}, {Subject: "B", Condition: "running"}} {
		r.Name, r.From, r.To = r.Subject+" "+r.Condition, 2*k, 2*k+2
		recordings = append(recordings, r)
	}
	groups, err := stimulus.Groups(recordings, []string{"subject"})
	if err != nil {
		t.Fatal(err)
	}
	x := experiment.Default()
	x.Figures, x.Groups.By, x.Groups.Learn, x.Groups.Shuffles, x.Name, x.Seed = []string{"svg"}, []string{"subject"}, experiment.Alone, 50, "people", 7
	g := &outcome.Groups{Experiment: x, Stimuli: outcome.Stimuli{Count: 10, Size: 3, Neurons: []string{"TA", "SO", "GM"}, Recordings: recordings}}
	// Rates of a group: walking at two points, then running at two, of each of two hidden neurons.
	rates := [][]float64{{1, 10, 2, 20, 3, 30, 4, 40}, {10, 2, 10, 2, 20, 4, 20, 4}, {5, 9, 7, 9}}
	weights := [][]float64{twoParts(1, 2, false), twoParts(3, 1, true), {1, 0, 0, 0, 0, 0}}
	for k := range groups {
		g.Members = append(g.Members, outcome.Member{Fit: outcome.Fit{Group: groups[k]}, Stimuli: groups[k].Count(), Hidden: 2, Synapses: weights[k], Rates: measure.RatesOf(rates[k], 2)})
	}
	g.Matching, err = measure.Matched(context.Background(), weights, 3, 50, func(one, other, shuffle int) *rand.Rand {
		return stream.New(int64(one*100+other), strings.Repeat("s", shuffle))
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestCoursesOfGroups holds the courses of matched parts to means and standard deviations over groups
// that are worked out here, in units of the stimuli.
func TestCoursesOfGroups(t *testing.T) {
	g := threePeople(t)
	if g.Matching.Reference != 0 || g.Matching.Missing(2, 0) || !g.Matching.Missing(2, 1) {
		t.Fatalf("reference %d, cosines %v, chance %v", g.Matching.Reference, g.Matching.Cosine, g.Matching.Chance)
	}
	axis, all, over := courses(g, together(g))
	if axis.Count != 2 || over != "groups" || len(all) != 2 || all[0].Name != "walking" || all[0].Recordings != 3 || all[1].Recordings != 2 {
		t.Fatalf("%d points over %s: %+v", axis.Count, over, all)
	}
	// The first part: A 1 and 2; B, whose second neuron it is and thrice as strong, 6 and 6; C 5 and 7.
	// The second: A, twice as strong, 20 and 40; B 10 and 10.
	for k, want := range [][2][]float64{
		{{4, 5, 15, 25}, {math.Sqrt(7), math.Sqrt(7), math.Sqrt(50), math.Sqrt(450)}},
		{{7.5, 8, 40, 50}, {math.Sqrt(40.5), math.Sqrt(32), math.Sqrt(800), math.Sqrt(1800)}},
	} {
		for at := range want[0] {
			if math.Abs(all[k].Mean[at]-want[0][at]) > 1e-12 || math.Abs(all[k].SD[at]-want[1][at]) > 1e-12 {
				t.Errorf("%s: mean %v, standard deviation %v; want %v", all[k].Name, all[k].Mean, all[k].SD, want)
				break
			}
		}
	}
}

// TestFiguresOfGroups draws both figures, with the names of groups and what is said below them.
func TestFiguresOfGroups(t *testing.T) {
	g := threePeople(t)
	files := map[string]string{}
	err := AllOfGroups(g, func(name string, content func(w io.Writer) error) error {
		var b bytes.Buffer
		err := content(&b)
		files[name] = b.String()
		return err
	})
	if err != nil || len(files) != 2 {
		t.Fatalf("%d figures, %v", len(files), err)
	}
	for name, words := range map[string][]string{
		"figures/groups.svg":     {"part 0", "part 1, in 2 of 3 groups", "TA", "walking (n = 3)", "running (n = 2)", "people, seed 7.", "numbered as those of A"},
		"figures/similarity.svg": {">A<", ">C<", ">1.00<", "people, seed 7.", "50 shuffles"},
	} {
		for _, word := range words {
			if !strings.Contains(files[name], word) {
				t.Errorf("%s does not say %q", name, word)
			}
		}
	}
	g.Experiment.Figures = nil
	if err := AllOfGroups(g, func(string, func(w io.Writer) error) error { return io.EOF }); err != nil {
		t.Errorf("figures are drawn that nobody asked for: %v", err)
	}
}
