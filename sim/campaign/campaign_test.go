package campaign_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"partsnet/sim/campaign"
	"partsnet/sim/record"
)

// none writes an empty table.
func none(out *record.Dir, _ campaign.Result) error {
	return out.Write("table", func(io.Writer) error { return nil })
}

// TestCampaign does jobs of which one fails, one panics and one returns what JSON cannot hold, and then
// continues with other jobs: those that are done with the same config are not done again.
func TestCampaign(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c")
	var done atomic.Int64
	job := func(key, config string, do func() (any, error)) campaign.Job {
		return campaign.Job{Key: key, Like: "all", Config: config, Do: func(context.Context, string) (any, error) {
			done.Add(1)
			return do()
		}}
	}
	number := func(x float64) func() (any, error) { return func() (any, error) { return x, nil } }
	run := func(identity string, resume bool, failed int, jobs ...campaign.Job) map[string]campaign.Entry {
		t.Helper()
		done.Store(0)
		last := 0
		c := campaign.Campaign{What: "test", Identity: identity, Jobs: jobs, Engine: &campaign.Local{Workers: 2}, Progress: func(p campaign.Progress) {
			if p.Done <= last || p.Of != len(jobs) || p.Left < 0 {
				t.Errorf("%+v after %d", p, last)
			}
			last = p.Done
		}}
		r, err := c.Run(t.Context(), dir, resume, none)
		if err != nil || r.Damaged != 0 || r.Failed != failed || (r.Dir == dir) != (failed == 0) {
			t.Fatalf("%+v, %v", r, err)
		}
		return r.Entries
	}
	entries := run("first", false, 3, job("a", "1", number(1)), job("b", "1", func() (any, error) { return nil, errors.New("no luck") }),
		job("c", "1", func() (any, error) { panic("oh") }), job("d", "1", func() (any, error) { return func() {}, nil }), job("e", "1", number(5)))
	for key, want := range map[string]string{"a": "", "b": "no luck", "c": "panic: oh", "d": "unsupported type", "e": ""} {
		if e := entries[key]; e.Key != key || !strings.Contains(e.Error, want) || want == "" && e.Error != "" {
			t.Errorf("%s: %+v", key, e)
		}
	}
	if done.Load() != 5 {
		t.Errorf("%d jobs were done, want 5", done.Load())
	}
	again := []campaign.Job{job("a", "1", number(-1)), job("b", "1", number(2)), job("e", "2", number(-5)), job("f", "1", func() (any, error) { return nil, errors.New("no luck") })}
	run("second", true, 1, again...)
	if id := string(campaign.Identity(dir + ".partial")); id != `"second"` {
		t.Errorf("identity %s", id)
	}
	if done.Load() != 3 {
		t.Errorf("%d jobs were done again, want 3", done.Load())
	}
	again[3] = job("f", "1", number(6))
	got := map[string]float64{}
	for key, e := range run("second", true, 0, again...) {
		var x float64
		if err := json.Unmarshal(e.Result, &x); err != nil {
			t.Fatal(err)
		}
		got[key] = x
	}
	if want := map[string]float64{"a": 1, "b": 2, "e": -5, "f": 6}; !maps.Equal(got, want) || done.Load() != 1 {
		t.Errorf("%v after %d jobs, want %v after 1", got, done.Load(), want)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 { // the table and runs.log
		t.Errorf("%v is left, %v", left, err)
	}
}

// TestOneWorkerKeepsOrder: with one worker jobs are done in their order, and an interrupted job is not
// written down.
func TestOneWorkerKeepsOrder(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var order []string
	var jobs []campaign.Job
	for _, key := range []string{"a", "b", "c", "d"} {
		jobs = append(jobs, campaign.Job{Key: key, Do: func(context.Context, string) (any, error) {
			if order = append(order, key); key == "c" {
				cancel()
			}
			return key, nil
		}})
	}
	c := campaign.Campaign{What: "test", Jobs: jobs, Engine: &campaign.Local{Workers: 1}}
	if _, err := c.Run(ctx, filepath.Join(t.TempDir(), "c"), false, none); err == nil || err.Error() != "interrupted after 2 of 4 runs" {
		t.Errorf("it ended with %v", err)
	}
	if !slices.Equal(order, []string{"a", "b", "c"}) {
		t.Errorf("jobs were done in the order %v", order)
	}
}

// TestOtherProgram: what another version began is not continued, neither an interrupted campaign nor a
// finished one that was opened again, as its results might have other bits.
func TestOtherProgram(t *testing.T) {
	job := campaign.Job{Key: "a", Do: func(context.Context, string) (any, error) { return 1, nil }}
	c := campaign.Campaign{What: "test", Identity: 1, Jobs: []campaign.Job{job}, Engine: &campaign.Local{Workers: 1}}
	for name, line := range map[string]string{"campaign.json": `{"Version":"0","Kernel":"none","Identity":1}`, campaign.LedgerFile: `{"Version":"0","Kernel":"none"}`} {
		for _, identity := range []int{1, 2} {
			c.Identity = identity
			dir := filepath.Join(t.TempDir(), "c")
			out, err := record.Share(record.OS, dir, false)
			if err != nil {
				t.Fatal(err)
			}
			if name == campaign.LedgerFile {
				log, err := out.NewLog(name)
				if err == nil {
					err = errors.Join(log.Append([]byte(line)), log.Close())
				}
				if err != nil {
					t.Fatal(err)
				}
			} else if err := out.Keep(name, func(w io.Writer) error { _, err := io.WriteString(w, line); return err }); err != nil {
				t.Fatal(err)
			}
			if err := out.Leave(); err != nil {
				t.Fatal(err)
			}
			if _, err := c.Run(t.Context(), dir, true, none); err == nil || !strings.Contains(err.Error(), "the test cannot be continued: version 0 began it") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
