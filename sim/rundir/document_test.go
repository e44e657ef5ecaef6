package rundir

import (
	"bytes"
	"encoding/csv"
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
	for _, name := range []string{ConfigFile, MetricsFile, FeaturesFile, StartsFile, StackFile, ComparedFile, WordsFile, TitlesFile, RatesFile, ArrayFile("synapses")} {
		if !strings.Contains(doc, "`"+name+"`") {
			t.Errorf("the document does not say what %s is", name)
		}
	}
}

// TestFeaturesAreQuoted writes words that have commas and quotes, and reads them back.
func TestFeaturesAreQuoted(t *testing.T) {
	words := []string{"a,b", `say "so"`, "plain"}
	o := &outcome.Outcome{
		Arrays: []outcome.Array{{Name: "synapses", Rows: 1, Numbers: []float64{3, 2, 1}}}, Rates: measure.RatesOf([]float64{1, 2}, 1),
		Stimuli: outcome.Stimuli{Neurons: words, Texts: true, Size: 3, Count: 2},
	}
	var b bytes.Buffer
	if err := featuresTable(o).Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(words, " "); len(rows) != 2 || rows[1][2] != want {
		t.Errorf("%q, want the words %q", rows, want)
	}
}
