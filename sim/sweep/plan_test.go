package sweep_test

import (
	"context"
	"io/fs"
	"math"
	"path/filepath"
	"testing"

	"partsnet/sim/campaign"
	"partsnet/sim/sweep"
)

// TestPlan: the time comes from a trial and, where runs have ended, from those; the disk is that of the
// finished directory within a factor of two, for few and many records, measures and cells.
func TestPlan(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	for name, q := range map[string]sweep.Request{
		"few":          {Grid: []string{"network.hidden=4,6"}, Seeds: 2},
		"many records": {Set: []string{"learning.epochs=900", "record=3"}, Grid: []string{"network.hidden=4,6"}, Seeds: 3},
		"many cells":   {Set: []string{"measures=[\"rmse\"]"}, Grid: []string{"network.hidden=1:10", "learning.relaxation=1.0,1.5,1.75"}},
	} {
		dir := filepath.Join(t.TempDir(), "s")
		s := read(t, small, q)
		p, err := s.Plan(t.Context(), dir, 1)
		if err != nil {
			t.Fatal(err)
		}
		runs := len(s.Cells) * s.Seeds
		if p.Runs != runs || p.Done != 0 || p.Together != 1 || !(p.Seconds > 0) || p.Source != "a trial, cut short" || !(p.OfRun > 0) || !(p.Meanwhile > 0) {
			t.Errorf("%s: %+v", name, p)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err = sweep.Run(ctx, s, dir, sweep.Options{Workers: 1, Progress: func(campaign.Progress) { cancel() }})
		if err == nil {
			t.Fatal("it was not interrupted")
		}
		if p, err := s.Plan(t.Context(), dir, 1); err != nil || p.Done != 1 || p.Source != "the runs that have ended" || !(p.Seconds > 0) {
			t.Errorf("%s, after a run: %+v, %v", name, p, err)
		}
		if _, err := sweep.Run(t.Context(), s, dir, sweep.Options{Resume: true}); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Plan(t.Context(), dir, 1); err != nil || p.Done != runs || p.Seconds != 0 {
			t.Errorf("%s, finished: %+v, %v", name, p, err)
		}
		var size float64
		err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				info, err := e.Info()
				if err != nil {
					return err
				}
				size += float64(info.Size())
			}
			return err
		})
		if err != nil || math.Abs(math.Log2(p.Disk/size)) > 1 {
			t.Errorf("%s: %.0f bytes are estimated, and there are %.0f, %v", name, p.Disk, size, err)
		}
	}
}
