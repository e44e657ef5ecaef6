package score_test

import (
	"partsnet/sim/score"
	"strings"
	"testing"
)

const twoByTwo = `seeds = 2
[rules]
second = { learning.rule = "gaussian", recognition.circuit = "lateral-inhibition" }
first = { learning.rule = "poisson" }
[tasks.b]
sizes = [4, 8]
measures = ["hoyer_parts"]
set = { stimulus.generator = "bars" }
with.first.learning.epochs = 7
[tasks.a]
sizes = [3]
rules = ["first"]
success = "parts_recovered"
of = 3
measures = ["hoyer_parts", "parts_recovered"]
[set]
learning.epochs = 5
`

func TestScoreCells(t *testing.T) {
	s, err := score.Read("s.toml", []byte(twoByTwo), []string{"set.record=3", "tasks.a.sizes=[5]"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range s.Cells() {
		names = append(names, c.Name())
	}
	if got, want := strings.Join(names, " "), "b/second/4 b/second/8 b/first/4 b/first/8 a/first/5"; got != want {
		t.Fatalf("cells are %s, want %s: the order of the file", got, want)
	}
	x, err := s.Cells()[2].Experiment(9)
	if err != nil {
		t.Fatal(err)
	}
	if x.Seed != 9 || x.Hidden != 4 || x.Learning.Epochs != 7 || x.Record != 3 || x.Stimulus.Generator != "bars" || len(x.Figures) != 0 {
		t.Errorf("settings of b/first/4: %+v", x)
	}
	if y, err := s.Cells()[0].Experiment(1); err != nil || y.Learning.Epochs != 5 || y.Learning.Rule != "gaussian" {
		t.Errorf("settings of b/second/4: %+v, %v", y, err)
	}
	if got := strings.Join(s.Cells()[4].Asked(), " "); got != "parts_recovered hoyer_parts" {
		t.Errorf("measures are %s", got)
	}
}

// TestSettingsStayComments reads score.toml again, with settings that hold line breaks and other
// characters that end a comment: it is the score of the file without them, and each is a line.
func TestSettingsStayComments(t *testing.T) {
	for _, over := range []string{"only.tasks=[\n\"a\"]", "seeds=3\r\nseeds = 5", "seeds=4 # \t'x'", "tasks.a.title=\"\"\"\nseeds = 7\"\"\""} {
		s, _ := score.Read("s.toml", []byte(twoByTwo), []string{over}) // some are refused, with the text all the same
		again, err := score.Read("score.toml", []byte(s.Source), nil)
		if err != nil {
			t.Errorf("%q: %v", over, err)
			continue
		}
		if again.Seeds != 2 || len(again.Cells()) != 5 {
			t.Errorf("%q: %d seeds and %d cells", over, again.Seeds, len(again.Cells()))
		}
		if added, ok := strings.CutPrefix(s.Source, twoByTwo+"\n"); !ok || strings.Contains(added, "\n") || !strings.HasPrefix(added, "# --set ") {
			t.Errorf("%q is written as %q", over, added)
		}
	}
}

func TestScoreErrorsAreTheProduct(t *testing.T) {
	for text, want := range map[string]string{
		"seeds = 0\n" + twoByTwo[10:]:                                            "s.toml:1: seeds = 0; allowed is an integer from 1",
		strings.Replace(twoByTwo, "learning.epochs = 5", "epoch = 5", 1):         `s.toml:17: there is no key "epoch"`,
		strings.Replace(twoByTwo, "sizes = [3]", "size = [3]", 1):                `s.toml:11: there is no key "tasks.a.size"`,
		strings.Replace(twoByTwo, `["first"]`, `["fisrt"]`, 1):                   `there are "second", "first"; did you mean "first"?`,
		strings.Replace(twoByTwo, `["first"]`, `["third"]`, 1):                   `s.toml:12: tasks.a.rules has "third"; there are "second", "first"`,
		strings.Replace(twoByTwo, `"gaussian"`, `"hebb"`, 1):                     `s.toml:3: learning.rule = "hebb"; allowed is one of`,
		strings.Replace(twoByTwo, "with.first", "with.third", 1):                 `there is no key "tasks.b.with.third.learning.epochs"`,
		strings.Replace(twoByTwo, `"lateral-inhibition"`, `"divisive-error"`, 1): "cell b/second/4: network: circuit",
		"seeds = 2": "a score needs rules in [rules] and tasks in [tasks.NAME]",
		"seeds = ":  "s.toml:1:",
		"rules = 3": "rules is not a table",
	} {
		if _, err := score.Read("s.toml", []byte(text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s\ngot %v", want, err)
		}
	}
	if _, err := score.Read("s.toml", []byte(twoByTwo), []string{`only.tasks=["c"]`}); err == nil || !strings.Contains(err.Error(), `there are "b", "a"`) {
		t.Errorf("got %v", err)
	}
	want := "--set over.learning.epochs=0: learning.epochs = 0; allowed is an integer from 1 to 100000000"
	if _, err := score.Read("s.toml", []byte(twoByTwo), []string{"over.learning.epochs=0"}); err == nil || err.Error() != want {
		t.Errorf("one wrong setting of all cells:\n%v\nwant once\n%s", err, want)
	}
}
