package sim_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/citation"
	"partsnet/sim/experiment"
	"partsnet/sim/proof"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// TestMuseum opens the runs that earlier versions left, those of each format of a run
// directory, and demands of each what a user may expect of a run that is years old: its
// config is read and learns the same bits, verify proves it, its network recognises, and it
// is cited. A run is added for each new format and is never made anew; testdata/museum/README
// says how each was made.
func TestMuseum(t *testing.T) {
	runs, err := filepath.Glob("testdata/museum/format-*/*")
	if err != nil || len(runs) < 6 {
		t.Fatalf("the museum has %d runs, %v", len(runs), err)
	}
	simtest.Portable(t) // the kernel of all of them
	for _, dir := range runs {
		t.Run(strings.TrimPrefix(dir, "testdata/museum/"), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(dir, "config.toml"))
			if err != nil {
				t.Fatal(err)
			}
			x, err := experiment.ReadResolved(filepath.Join(dir, "config.toml"), text)
			if err != nil {
				t.Fatalf("the config is not read: %v", err)
			}
			again := filepath.Join(t.TempDir(), "r")
			if _, err := sim.Run(context.Background(), x, again, sim.Options{}); err != nil {
				t.Fatal(err)
			}
			got, want := simtest.Files(t, again), simtest.Files(t, dir)
			for name := range want {
				if strings.HasPrefix(name, "arrays/") && got[name] != want[name] {
					t.Errorf("%s has other bits today", name)
				}
			}

			// The program is another build, so that verify may say that numbers agree to
			// rounding; that they are the same was seen above.
			v, err := sim.Verify(context.Background(), dir, nil)
			if err != nil || v.Verdict == proof.Different {
				t.Errorf("verify: %v, %v %q", err, v.Verdict, v.Details)
			}

			answer := filepath.Join(t.TempDir(), "answer")
			if _, err := recall.Recognise(context.Background(), dir, nil, answer, 5); err != nil {
				t.Errorf("recognise: %v", err)
			}
			cited, err := citation.Cite(dir)
			if err != nil || !strings.Contains(cited, "seed") {
				t.Errorf("cite: %v, %s", err, cited)
			}
			if x.Stimulus.Generator == "topics" {
				if _, _, err := recall.Meanings(dir, "lead", 0); err != nil {
					t.Errorf("words: %v", err)
				}
			}
		})
	}
}
