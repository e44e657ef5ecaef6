package campaign_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"partsnet/sim/campaign"
)

// BenchmarkLedger opens a ledger of 10,000 jobs that have ended, each with a result of 1 kB, which takes all
// that a continued campaign takes before its first job and after its last.
func BenchmarkLedger(b *testing.B) {
	result := make([]byte, 750) // 1 kB in base 64
	var jobs []campaign.Job
	for k := range 10_000 {
		do := func(context.Context, string) (any, error) { return result, nil }
		if k == 0 {
			do = func(context.Context, string) (any, error) { return nil, os.ErrInvalid } // so that it stays open
		}
		jobs = append(jobs, campaign.Job{Key: fmt.Sprintf("job %d", k), Like: fmt.Sprint(k / 10), Config: "0123456789abcdef", Do: do})
	}
	c := campaign.Campaign{What: "benchmark", Identity: 0, Jobs: jobs, Engine: &campaign.Local{}}
	dir := filepath.Join(b.TempDir(), "c")
	if r, err := c.Run(b.Context(), dir, false, none); err != nil || r.Failed != 1 {
		b.Fatal(r.Failed, err)
	}
	for b.Loop() {
		if r, err := c.Run(b.Context(), dir, true, none); err != nil || r.Failed != 1 {
			b.Fatal(r.Failed, err)
		}
	}
}
