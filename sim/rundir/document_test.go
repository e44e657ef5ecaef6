package rundir

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// TestDocumentIsComplete finds every key of the manifest and every file that has a name of
// its own in docs/run-directory.md.
func TestDocumentIsComplete(t *testing.T) {
	text, err := os.ReadFile("../../docs/run-directory.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	m := reflect.TypeFor[Manifest]()
	for i := range m.NumField() {
		key, _, _ := strings.Cut(m.Field(i).Tag.Get("json"), ",")
		if key != "" && !strings.Contains(doc, "`"+key+"`") {
			t.Errorf("the document does not say what %q is", key)
		}
	}
	for _, name := range []string{ConfigFile, MetricsFile, FeaturesFile, IntervalsFile, SynapsesTable, RatesTable, NeuronsFile, StartsFile, RanksFile, FilmFile, FilmArray, PrimitivesFile, StackFile, ComparedFile, WordsFile, TitlesFile, RatesFile, RecordingsFile, CyclesFile, GroupsFile, MatchedFile, SimilarityFile, MissingFile, StoredFile, ArrayFile("synapses")} {
		if !strings.Contains(doc, "`"+name+"`") {
			t.Errorf("the document does not say what %s is", name)
		}
	}
}

// TestFeaturesAreQuoted writes names that have blanks, commas, quotes and line breaks, and reads
// them back, a name a field, behind which stands its weight unless it is a word.
func TestFeaturesAreQuoted(t *testing.T) {
	names := []string{"vastus, lateralis", `infra "spinatus"`, " rectus  femoris", "plain", "two\nlines", "dead"}
	for texts, what := range map[bool]string{true: "word", false: "neuron"} {
		o := &outcome.Outcome{
			Arrays: []outcome.Array{{Name: "synapses", Rows: 1, Numbers: []float64{6, 5, 4, 3, 2, 0}}}, Rates: measure.RatesOf([]float64{1, 2}, 1),
			Stimuli: outcome.Stimuli{Neurons: names, Texts: texts, Size: 6, Count: 2},
		}
		var b bytes.Buffer
		if err := featuresTable(o).Write(&b); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		head, row := []string{"neuron", "share"}, []string{"0", "1.00000"}
		for k, name := range names {
			weight := fmt.Sprint(6 - k)
			if name == "dead" {
				name, weight = "", ""
			}
			head, row = append(head, fmt.Sprintf("%s_%d", what, k+1)), append(row, name)
			if !texts {
				head, row = append(head, fmt.Sprintf("weight_%d", k+1)), append(row, weight)
			}
		}
		want := [][]string{head, row}
		if !reflect.DeepEqual(rows, want) {
			t.Errorf("%q, want %q", rows, want)
		}
	}
}
