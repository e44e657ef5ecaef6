package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim"
	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/memory"
	"partsnet/sim/program"
	"partsnet/sim/record"
)

// Options control how a sweep is run. They do not change results.
type Options struct {
	Workers  int                     // runs at a time; 0 for one a processor
	Engine   campaign.Engine         // nil for this process, with those workers
	Progress func(campaign.Progress) // told of every run; or nil
	Resume   bool                    // whether to continue a sweep in the directory, finished or not
}

// kept is what the ledger keeps of a run.
type kept struct {
	Records []row
	Symbol  string         // of the objective
	Stopped string         // why
	Largest map[string]int `json:",omitempty"` // value of each measure that is a count
}

// row is a record of a run.
type row struct {
	Epoch     int
	Objective float64
	Measures  map[string]float64 // those that are defined
}

// Run makes the runs of a sweep and writes its directory. The context ends it early; the same call with
// Resume continues it. Resume also opens a finished directory again, for runs that it does not have
// yet; it is an [record.ExistsError] where it has all, and an error of the request where it has
// others. If some runs failed, the directory is
// DIR.partial, in which the same call with Resume tries them again.
func Run(ctx context.Context, s *Sweep, dir string, o Options) (t *Table, err error) {
	begin := time.Now()
	if o.Resume {
		if err := reopen(s, dir); err != nil {
			return nil, err
		}
	}
	engine := o.Engine
	if engine == nil {
		workers, err := s.workers(o.Workers)
		if err != nil {
			return nil, err
		}
		engine = &campaign.Local{Workers: workers}
	}
	table := func(r campaign.Result) (err error) {
		if t, err = newTable(s, r.Entries); err == nil {
			t.Dir, t.Damaged, t.Elapsed = r.Dir, r.Damaged, time.Since(begin)
		}
		return err
	}
	c := &campaign.Campaign{What: "sweep", Identity: s.configs, Jobs: s.jobs(), Engine: engine, Progress: o.Progress}
	r, err := c.Run(ctx, dir, o.Resume, func(out *record.Dir, r campaign.Result) error {
		if err := table(r); err != nil {
			return err
		}
		return t.write(out)
	})
	if err == nil && t == nil { // another process has written it
		err = table(r)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// runs is the number of runs of all cells.
func (s *Sweep) runs() int { return len(s.Cells) * s.Seeds }

// jobs lists all runs, seed by seed over all cells, so that the time left is known early.
func (s *Sweep) jobs() (jobs []campaign.Job) {
	for k := range s.Seeds {
		for _, c := range s.Cells {
			jobs = append(jobs, s.job(c, k))
		}
	}
	return jobs
}

// job is run k of a cell.
func (s *Sweep) job(c Cell, k int) campaign.Job {
	return campaign.Job{
		Key: s.key(c, k), Like: s.Title(c), Config: s.configs[s.key(c, k)],
		Do: func(ctx context.Context, place string) (any, error) {
			learned, err := sim.LearnFrom(ctx, c.Runs[k], 1, place)
			if err != nil {
				return nil, err
			}
			return keep(learned), nil
		},
	}
}

// keep returns the records of a run.
func keep(learned *sim.Result) kept {
	k := kept{Symbol: learned.Symbol, Stopped: learned.Stopped, Largest: measure.Largest(learned.Recovery, learned.Meanings)}
	for _, r := range learned.Records {
		k.Records = append(k.Records, row{r.Epoch, r.Objective, r.Measures.Defined()})
	}
	return k
}

// workers returns how many runs are made at a time: as many as are wanted, but not more than there is
// memory for.
func (s *Sweep) workers(wanted int) (int, error) {
	if wanted == 0 {
		wanted = runtime.GOMAXPROCS(0)
	}
	need := s.Need()
	have, ok := memory.Available()
	if !ok || need == 0 {
		return wanted, nil
	}
	if need > have {
		return 0, &experiment.RequestError{Err: fmt.Errorf("one run needs about %s of memory, but only %s is available", memory.InBytes(need), memory.InBytes(have))}
	}
	return min(wanted, int(math.Floor(have/need))), nil
}

// Need is the memory that the largest run takes, in bytes, as far as it is known before stimuli are
// read; 0 where it is not.
func (s *Sweep) Need() (most float64) {
	for _, c := range s.Cells {
		if e, ok := memory.Announced(c.Runs[0]); ok {
			most = max(most, memory.Of(c.Runs[0], e).Most())
		}
	}
	return most
}

// reopen makes a finished directory an interrupted one, if the sweep has runs that it does not have,
// so that only those are made. Where it has all, it is an [record.ExistsError].
func reopen(s *Sweep, dir string) error {
	dir = filepath.Clean(dir)
	if _, err := os.Lstat(dir); err != nil {
		return nil
	}
	was := finished(dir)
	if was == nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s is already there, and is not a finished sweep; choose another place with --out", dir)}
	}
	more, other := changes(s.configs, was)
	if other != nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s is finished, and of it %s; allowed are more values and seeds, or another place with --out", dir, strings.Join(other, " and "))}
	}
	if more == 0 {
		return &record.ExistsError{Dir: dir}
	}
	return record.Reopen(record.OS, dir, campaign.LedgerFile)
}

// finished returns the identity of a finished sweep; nil where there is none.
func finished(dir string) map[string]string {
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil
	}
	var m struct{ Sweep map[string]string }
	if json.Unmarshal(text, &m) != nil {
		return nil
	}
	return m.Sweep
}

// PlacesOf finds the directories of a sweep, by what it runs.
func PlacesOf(s *Sweep) sim.Places {
	of := func(was map[string]string) ([]string, bool) {
		if was == nil {
			return nil, false
		}
		return differences(s.configs, was), true
	}
	return sim.Places{
		What: "sweep", Same: "of the same runs",
		Finished: func(dir string) ([]string, bool) { return of(finished(dir)) },
		Interrupted: func(partial string) ([]string, bool) {
			var was map[string]string
			if json.Unmarshal(campaign.Identity(partial), &was) != nil {
				return nil, false
			}
			return of(was)
		},
	}
}

// changes counts the runs that an earlier sweep does not have, and says which of its own this one has
// otherwise or not at all.
func changes(now, was map[string]string) (more int, other []string) {
	changed, fewer := 0, 0
	for key, sum := range now {
		switch before, had := was[key]; {
		case !had:
			more++
		case before != sum:
			changed++
		}
	}
	for key := range was {
		if _, has := now[key]; !has {
			fewer++
		}
	}
	if changed > 0 {
		other = append(other, runs(changed, "has other settings or data", "have other settings or data"))
	}
	if fewer > 0 {
		other = append(other, runs(fewer, "is left out", "are left out"))
	}
	return more, other
}

// runs says what some runs are.
func runs(n int, one, many string) string {
	if n == 1 {
		return "1 run " + one
	}
	return fmt.Sprintf("%d runs %s", n, many)
}

// differences says how the runs of an earlier sweep differ; nil if they are the same.
func differences(now, was map[string]string) (differences []string) {
	more, other := changes(now, was)
	if more > 0 {
		differences = append(differences, runs(more, "is new", "are new"))
	}
	return append(differences, other...)
}

// platform says where the runs were made.
func platform() map[string]any {
	return map[string]any{"version": program.Version(), "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "kernel": kernel.Level(), "processors": runtime.GOMAXPROCS(0)}
}
