package experiment

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestStringsAreTOML writes every text and reads it back. Go's own quotation would fail
// here at \a, \v, \x7f and others.
func TestStringsAreTOML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x7f]{0,20}`)).Draw(t, "text"), "\ufffd")
		x := Default()
		x.Look.Word, x.Stimulus.Path = text, text
		again, err := Read("a.toml", []byte(x.TOML()), nil)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if again.Look.Word != text || again.Stimulus.Path != text {
			t.Fatalf("%q came back as %q", text, again.Look.Word)
		}
	})
}

// TestSuggestions asks for keys that are nearly written.
func TestSuggestions(t *testing.T) {
	for key, want := range map[string]string{
		"hidden":           "did you mean network.hidden",
		"network.hiden":    "did you mean network.hidden",
		"recognition.step": "did you mean recognition.steps?",
		"NAME":             "did you mean name?",
		"learning.epcohs":  "did you mean learning.epochs?",
		"learning.xyzzy":   "there are learning.rule, ",
		"xyzzy":            "the sections are stimulus, ",
		"figure":           "did you mean figures?",
		"look":             "it is a section, with the header [look] and the keys stimulus, word, ",
	} {
		if _, err := Read("a.toml", nil, []string{key + "=1"}); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("there is no key %q; %s", key, want)) {
			t.Errorf("%s: %v, want %q", key, err, want)
		}
	}
}

// TestSuggestedValues mistypes values that can be listed.
func TestSuggestedValues(t *testing.T) {
	for setting, want := range map[string]string{
		"learning.rule=possion":                  `; did you mean "poisson"?`,
		"recognition.circuit=divisive_error":     `; did you mean "divisive-error"?`,
		"stimulus.generator=bar":                 `; did you mean "bars"?`,
		"measures=explained_variance,hoyer_part": `; did you mean "hoyer_parts"?`,
		"measures=rsme,deviacne":                 `; did you mean "rmse" and "deviance"?`,
	} {
		if _, err := Read("a.toml", nil, []string{setting}); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", setting, err, want)
		}
	}
	if _, err := Read("a.toml", nil, []string{"learning.rule=xyzzyxyzzy"}); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("%v", err)
	}
}

// TestListsOfBareWords sets lists as a shell makes it easy to write them.
func TestListsOfBareWords(t *testing.T) {
	for _, text := range []string{"png,pdf", "[png,pdf]", `["png", "pdf"]`, "[png, pdf]"} {
		x, err := Read("a.toml", nil, []string{"figures=" + text, "stack.hidden=25"})
		if err != nil {
			t.Errorf("figures=%s: %v", text, err)
			continue
		}
		if got := strings.Join(x.Figures, " "); got != "png pdf" {
			t.Errorf("figures=%s: %q", text, got)
		}
		if len(x.Stack.Hidden) != 1 || x.Stack.Hidden[0] != 25 {
			t.Errorf("stack.hidden=25: %v", x.Stack.Hidden)
		}
	}
	if x, err := Read("a.toml", nil, []string{"figures=[]"}); err != nil || len(x.Figures) != 0 {
		t.Errorf("figures=[]: %v", err)
	}
}

// TestValuesAreRepeatedAsWritten demands the value of the user, not that of the program.
func TestValuesAreRepeatedAsWritten(t *testing.T) {
	_, err := Read("a.toml", []byte("measures = [\"vaf\", 1, [2.5]]\n"), []string{"network.hidden=[8,16]", "seed=1,2,3"})
	for _, want := range []string{`measures = ["vaf", 1, [2.5]];`, `network.hidden = [8, 16];`, `seed = "1,2,3";`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}

// TestNamedAfterItsFile gives an experiment without a name that of its file.
func TestNamedAfterItsFile(t *testing.T) {
	for file, want := range map[string]string{"dir/emg walking.toml": "emg-walking", "a.toml": "a", "B.TOML": "B", ".toml": "faces", "..x.toml": "x"} {
		x, err := Read(file, nil, nil)
		if err != nil || x.Name != want {
			t.Errorf("%s: %q, %v; want %q", file, x.Name, err, want)
		}
	}
	if x, err := Read("a.toml", []byte("name = \"b\"\n"), nil); err != nil || x.Name != "b" {
		t.Errorf("%q, %v", x.Name, err)
	}
}

// TestKeysOfOtherStimuliAreRefused sets keys that mean nothing to the stimuli there are.
// Their default is no setting, and a --set that chooses other stimuli drops the keys that
// belong to those of the text.
func TestKeysOfOtherStimuliAreRefused(t *testing.T) {
	for settings, want := range map[string]string{
		"bars.positions=4": `--set bars.positions=4: bars.positions = 4 does not apply to generator "faces"; it applies to generator "bars"`,
		"stimulus.generator=bars squares.contrast=0.5":                     `does not apply to generator "bars"; it applies to generator "squares"`,
		"stimulus.generator=swimmer stimulus.couple=0.5":                   `it applies to generator "faces"`,
		"stimulus.path=v.csv stimulus.side=20":                             `stimulus.side = 20 does not apply to the stimuli of v.csv; it applies to generator "faces"`,
		"stimulus.generator=swimmer stimulus.count=99":                     `it applies to generator "faces" or "topics" or "bars" or "squares"`,
		"stimulus.path=v.csv stimulus.count=99":                            `stimulus.count = 99 does not apply to the stimuli of v.csv`,
		"stimulus.generator=topics stimulus.count=99":                      "",
		"stimulus.path=v.csv stimulus.generator=bars":                      `stimulus.generator = "bars" does not apply to the stimuli of v.csv; it applies to stimuli without a file`,
		"stimulus.generator=bars stimulus.transpose=true":                  `stimulus.transpose = true does not apply to generator "bars"; it applies to stimuli from a file`,
		"stimulus.map=true":                                                `does not apply to generator "faces"; it applies to stimuli from a file`,
		"stimulus.height=4 stimulus.width=256":                             `stimulus.width = 256 does not apply to generator "faces"`,
		"stimulus.pixels=columns":                                          `does not apply to generator "faces"`,
		"stimulus.path=v.csv stimulus.height=4":                            "",
		"stimulus.path=t.jsonl stimulus.words=w.txt text.skip=3":           `text.skip = 3 does not apply to the stimuli of t.jsonl; it applies to texts in stimulus.path without stimulus.words`,
		"stimulus.path=t.jsonl stimulus.words=w.txt text.alphabet=unicode": "",
		"stimulus.path=v.csv text.skip=3":                                  `it applies to texts in stimulus.path`,
		"stimulus.offset=1":                                                `does not apply to scaling "none"; it applies to scaling "shifted"`,
		"stimulus.sd=population":                                           `does not apply to scaling "none"; it applies to scaling "lee-seung" or "shifted"`,
		"stimulus.scaling=lee-seung stimulus.sd=population":                "",
		"stimulus.path=t.jsonl text.skip=3":                                "",
		"bars.positions=8":                                                 "",
		"stimulus.generator=bars bars.positions=4":                         "",
		"stimulus.scaling=shifted stimulus.offset=1":                       "",
		"stimulus.generator=squares squares.probability=0.125":             "",
	} {
		_, err := Read("a.toml", nil, strings.Fields(settings))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", settings, err, want)
		}
	}
	text := []byte("[stimulus]\ngenerator = \"bars\"\n[bars]\npositions = 4\n")
	if _, err := Read("a.toml", append(text, "[squares]\ncontrast = 0.5\n"...), nil); err == nil || !strings.Contains(err.Error(), "a.toml:6: squares.contrast") {
		t.Errorf("in a text: %v", err)
	}
	x, err := Read("a.toml", text, []string{"stimulus.path=v.csv"})
	if err != nil || !strings.Contains(x.TOML(), "positions = 8\n") {
		t.Errorf("other stimuli than those of the text: %v\n%s", err, x.TOML())
	}
	if _, err := Read("a.toml", text, []string{"stimulus.path=v.csv", "bars.width=2"}); err == nil {
		t.Error("bars of a file were set")
	}
}

// TestTextsThatAreNotUTF8AreRefused gives the name of a file in Latin-1. Its config could not
// be written as TOML and would name another file.
func TestTextsThatAreNotUTF8AreRefused(t *testing.T) {
	want := `stimulus.path = "caf\xe9.csv" is not UTF-8`
	for _, setting := range []string{"stimulus.path=caf\xe9.csv", Setting("stimulus.path", "caf\xe9.csv")} {
		if _, err := Read("a.toml", nil, []string{setting}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", setting, err, want)
		}
	}
}

// TestTheLastValueIsJudged gives a parameter several values, of which the last one is wrong:
// one error names it and where it stands.
func TestTheLastValueIsJudged(t *testing.T) {
	text := []byte("recognition.circuit = \"predictive-hierarchy\"\nlearning.rule = \"divisive-modulation\"\nrecognition.upper = 3\n")
	want := "--set recognition.upper=16.5: recognition.upper = 16.5; allowed is an integer from 1 to 1000000"
	if _, err := Read("a.toml", text, []string{"recognition.upper=4", "recognition.upper=16.5"}); err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if _, err := Read("a.toml", append(text, "bars.width = 2\n"...), []string{"bars.width=1"}); err != nil {
		t.Errorf("a key without effect was set back to its default: %v", err)
	}
}
