package campaign_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"partsnet/sim/campaign"
	"partsnet/sim/record"
)

// doing is the environment variable that makes the test binary a process which shares a campaign.
const doing = "PARTSNET_TEST_CAMPAIGN"

// counted returns jobs each of which notes in a folder that it was done, and by which process.
func counted(folder string, n int, each time.Duration) (jobs []campaign.Job) {
	for k := range n {
		key := fmt.Sprintf("job %d", k)
		jobs = append(jobs, campaign.Job{Key: key, Like: "all", Do: func(ctx context.Context, _ string) (any, error) {
			f, err := os.CreateTemp(folder, fmt.Sprintf("%04d-%d-", k, os.Getpid()))
			if err != nil {
				return nil, err
			}
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(each):
			}
			return k * k, f.Close()
		}})
	}
	return jobs
}

// shared does jobs in a directory that others write too.
func shared(ctx context.Context, dir, folder string, n int, each time.Duration) (campaign.Result, error) {
	c := campaign.Campaign{What: "test", Identity: n, Jobs: counted(folder, n, each), Engine: &campaign.Local{Workers: 2}}
	return c.Run(ctx, dir, true, func(out *record.Dir, r campaign.Result) error {
		f, err := os.CreateTemp(folder, "table-")
		if err != nil {
			return err
		}
		return errors.Join(f.Close(), none(out, r))
	})
}

// process is the life of a process that shares a campaign.
func process(how string) {
	var dir, folder string
	var n int
	var each time.Duration
	if _, err := fmt.Sscanf(how, "%s %s %d %d", &dir, &folder, &n, &each); err != nil {
		panic(err)
	}
	if _, err := shared(context.Background(), dir, folder, n, each); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// started starts a process that shares a campaign.
func started(t *testing.T, dir, folder string, n int, each time.Duration) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %d %d", doing, dir, folder, n, each))
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// times returns how often each job was begun, and the tables.
func times(t *testing.T, folder string) (jobs map[string]int, tables, processes int) {
	t.Helper()
	notes, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	jobs = map[string]int{}
	by := map[string]bool{}
	for _, e := range notes {
		if strings.HasPrefix(e.Name(), "table-") {
			tables++
			continue
		}
		part := strings.Split(e.Name(), "-")
		jobs[part[0]]++
		by[part[1]] = true
	}
	return jobs, tables, len(by)
}

// TestProcessesShare lets four processes do 120 jobs in one directory: each is done once, by one of them,
// one writes the tables, and all know all results.
func TestProcessesShare(t *testing.T) {
	root := t.TempDir()
	dir, folder := filepath.Join(root, "c"), filepath.Join(root, "notes")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	const n = 120
	var all []*exec.Cmd
	for range 3 {
		all = append(all, started(t, dir, folder, n, 3*time.Millisecond))
	}
	r, err := shared(t.Context(), dir, folder, n, 3*time.Millisecond)
	for _, c := range all {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	if err != nil || r.Dir != dir || len(r.Entries) != n {
		t.Fatalf("%d entries in %s, %v", len(r.Entries), r.Dir, err)
	}
	for k := range n {
		var square int
		if err := json.Unmarshal(r.Entries[fmt.Sprintf("job %d", k)].Result, &square); err != nil || square != k*k {
			t.Errorf("job %d: %d, %v", k, square, err)
		}
	}
	jobs, tables, processes := times(t, folder)
	for job, begun := range jobs {
		if begun != 1 {
			t.Errorf("job %s was done %d times", job, begun)
		}
	}
	if len(jobs) != n || tables != 1 || processes < 2 {
		t.Errorf("%d jobs by %d processes, %d tables; want %d, several and 1", len(jobs), processes, tables, n)
	}
}

// TestKilledProcess kills a process of two: the other does what it had begun, and nothing else, again.
func TestKilledProcess(t *testing.T) {
	root := t.TempDir()
	dir, folder := filepath.Join(root, "c"), filepath.Join(root, "notes")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	const n = 12
	killed := started(t, dir, folder, n, time.Hour)
	for jobs := 0; jobs < 2; time.Sleep(time.Millisecond) {
		begun, _, _ := times(t, folder)
		jobs = len(begun)
	}
	ended := make(chan error)
	go func() {
		_, err := shared(t.Context(), dir, folder, n, time.Millisecond)
		ended <- err
	}()
	for jobs := 0; jobs < n; time.Sleep(time.Millisecond) {
		begun, _, _ := times(t, folder)
		jobs = len(begun)
	}
	select {
	case err := <-ended:
		t.Fatalf("it did not wait for the jobs of the other: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if err := killed.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait() // as the test's own child it exists until then
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	jobs, tables, _ := times(t, folder)
	again := 0
	for _, begun := range jobs {
		again += begun - 1
	}
	if again != 2 || tables != 1 {
		t.Errorf("%d jobs were done again, %d tables; want 2 and 1", again, tables)
	}
}

// TestOtherMachine takes over what a process on another machine had claimed, once it has not touched its
// ledger for the time after which it is taken for dead, and not while it does.
func TestOtherMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: waits")
	}
	root := t.TempDir()
	dir, folder := filepath.Join(root, "c"), filepath.Join(root, "notes")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(dir+".partial", "checkpoint")
	out, err := record.Share(record.OS, dir, false)
	if err != nil {
		t.Fatal(err)
	}
	log, err := out.NewLog("runs-elsewhere.log")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Append([]byte(`{"Version":"x","Host":"elsewhere","PID":1}`)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(kept, "claims"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(kept, "claims", campaign.Claim("job 0")), []byte("runs-elsewhere.log\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := shared(t.Context(), dir, folder, 2, 0)
		ended <- err
	}()
	waits := func(what string) {
		t.Helper()
		select {
		case err := <-ended:
			t.Fatalf("%s: the job of the other was taken: %v", what, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
	waits("at first")
	later(campaign.Stale * 9 / 10)
	waits("before it is old")
	past := time.Now().Add(-time.Hour) // its clock is slow
	if err := os.Chtimes(filepath.Join(kept, "runs-elsewhere.log"), past, past); err != nil {
		t.Fatal(err)
	}
	waits("it is touched")
	later(campaign.Stale * 9 / 10)
	waits("it is not old since")
	later(campaign.Stale * 2 / 10)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(log.Close(), out.Abandon()); err != nil {
		t.Error(err)
	}
}
