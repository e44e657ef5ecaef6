package sim_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestAnswersAreDefined shows stimuli to which an answer, a deviance or a variance is not defined:
// none of the numbers is infinite or a 0 that means nothing, and a sentence says why.
func TestAnswersAreDefined(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	rows := signals(t, at("all.csv"), 24, 4, 1)
	write(t, at("one.csv"), rows[5]+"\n")
	write(t, at("same.csv"), rows[5]+"\n"+rows[5]+"\n"+rows[5]+"\n")
	write(t, at("blank.csv"), rows[5]+"\n0,0,0,0\n"+rows[6]+"\n0,0,0,0\n")
	write(t, at("nothing.csv"), "0,0,0,0\n0,0,0,0\n")
	write(t, at("tiny.csv"), rows[5]+"\n1e-18,2e-18,0,1e-19\n"+rows[6]+"\n")
	run := learned(t, at("all.csv"), "precision=float32")
	without := recognised(t, run, at("all.csv"))
	for _, tt := range []struct {
		file, note string
		undefined  int
		deviance   bool
		variance   bool
	}{
		{"one.csv", "variance is not defined for one stimulus", 0, true, false},
		{"same.csv", "all stimuli are the same, so that there is no variance to explain", 0, true, false},
		{"blank.csv", "no visible neuron fires to stimulus 1: it has no answer and no deviance; so it is with 1 more", 2, true, true},
		{"nothing.csv", "no visible neuron fires to stimulus 0", 2, false, false},
		{"tiny.csv", "all hidden rates to stimulus 1 fell below floor = 1e-17, as its values are at most 2e-18", 1, true, true},
	} {
		rec := recognised(t, run, at(tt.file))
		if !strings.Contains(strings.Join(rec.Notes, "\n"), tt.note) || rec.Undefined != tt.undefined {
			t.Errorf("%s: %d are not defined, and noted was %q", tt.file, rec.Undefined, rec.Notes)
		}
		for what, x := range map[string]float64{"objective": rec.Objective, "deviance": rec.Deviance, "explained variance": rec.Explained, "vaf": rec.VAF} {
			if math.IsInf(x, 0) {
				t.Errorf("%s: the %s is %v", tt.file, what, x)
			}
		}
		if math.IsNaN(rec.Deviance) == tt.deviance || math.IsNaN(rec.Objective) == tt.deviance || math.IsNaN(rec.Explained) == tt.variance {
			t.Errorf("%s: objective %v, deviance %v, explained variance %v", tt.file, rec.Objective, rec.Deviance, rec.Explained)
		}
		undefined := 0
		for _, row := range table(t, rec.Dir, "deviance.csv")[1:] {
			if row[3] == "" {
				undefined++
			}
		}
		if undefined != tt.undefined || strings.Contains(read(t, rec.Dir, "recognition.json"), "Inf") {
			t.Errorf("%s: %d deviances are empty", tt.file, undefined)
		}
		if tt.file == "blank.csv" && rec.Worst != nil && (rec.Worst.Blank || rec.Best.Blank) {
			t.Errorf("a blank stimulus is explained best or worst")
		}
	}
	if without.Notes != nil || !(without.VAF > without.Explained) || !(without.VAF <= 1) {
		t.Errorf("of stimuli that are all defined was noted %q; vaf %v, explained variance %v", without.Notes, without.VAF, without.Explained)
	}

	// A document without a known word, and a word that no hidden neuron predicts.
	write(t, at("docword.a.txt"), "3\n3\n4\n1 1 3\n1 2 1\n2 2 2\n3 1 4\n")
	write(t, at("vocab.txt"), "river\nbank\nmoney\n")
	write(t, at("new.jsonl"), `{"title": "a", "text": "river bank"}`+"\n"+`{"title": "b", "text": "nothing known"}`+"\n"+`{"title": "c", "text": "money river"}`+"\n")
	texts := learned(t, at("docword.a.txt"), experiment.Setting("stimulus.words", at("vocab.txt")))
	rec := recognised(t, texts, at("new.jsonl"))
	said := strings.Join(rec.Notes, "\n")
	if !strings.Contains(said, "no word that the network knows is in stimulus 1 (b)") || !strings.Contains(said, "a visible neuron fires to stimulus 2 (c) that no hidden neuron predicts") {
		t.Errorf("noted was %q", said)
	}
	alone := recognised(t, texts, at("docword.a.txt"))
	if rec.Undefined != 2 || math.IsInf(rec.Objective, 0) || math.IsInf(rec.Deviance, 0) || alone.Undefined != 0 {
		t.Errorf("%+v", rec)
	}
}
