package record_test

import (
	"io"
	"path/filepath"
	"sync"
	"testing"

	"partsnet/sim/record"
)

// TestKeep lets several writers keep one file at the same time: none fails, and the file is that of one.
func TestKeep(t *testing.T) {
	dir, err := record.Share(record.OS, filepath.Join(t.TempDir(), "c"), false)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if err := dir.Keep("campaign.json", func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if text, err := record.ReadKept(dir.Partial(), "campaign.json"); err != nil || string(text) != "whole" {
		t.Errorf("%q, %v", text, err)
	}
	if err := dir.Remove(); err != nil {
		t.Error(err)
	}
}
