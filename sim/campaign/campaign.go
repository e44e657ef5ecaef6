package campaign

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Job is one run.
type Job struct {
	Key    string // tells it from all others
	Like   string // jobs with the same word take about as long
	Config string // checksum of all that decides its result

	// Do does it. What it returns is kept as JSON. It may keep checkpoints in a folder of that path.
	Do func(ctx context.Context, place string) (any, error)
}

// Entry is a job that has ended, a line of the ledger.
type Entry struct {
	Key     string          `json:",omitempty"`
	Config  string          `json:",omitempty"`
	Error   string          `json:",omitempty"` // why it failed; "" if it did not
	Seconds float64         `json:",omitempty"` // of one processor
	Result  json.RawMessage `json:",omitempty"` // nil if it failed
}

// Progress is reported after every job.
type Progress struct {
	Done, Of int
	Job      Job           // the one that has just ended
	Failed   int           // jobs so far
	Left     time.Duration // estimated time of the remaining jobs
}

// Engine has jobs done that the ledger does not have.
type Engine interface {
	// Do returns when all jobs are in the ledger, by whichever process, or with an error. The
	// context ends it early, without an error.
	Do(ctx context.Context, l *Ledger, jobs []Job) error

	// Together returns how many jobs are done at a time, for the time that is left.
	Together() int
}

// Campaign is the jobs that are to be done.
type Campaign struct {
	What     string // "score" or "sweep", in messages
	Identity any    // what it is; its JSON stands beside the ledger from the beginning, see [Identity]
	Jobs     []Job  // in the order in which they are begun
	Engine   Engine

	Progress func(Progress) // told of every job; or nil
}

// Result is what came of a campaign.
type Result struct {
	Entries map[string]Entry // of all jobs, by key
	Failed  int
	Damaged int    // lines of the ledger, whose jobs were done again
	Dir     string // where the tables are: DIR, or DIR.partial where jobs failed
}

// Run does all jobs that the ledger in DIR.partial does not have, and finishes DIR. With resume it goes
// on where others stopped, or shares the jobs with other processes that are at it. Where all is done,
// write is called by one process to write the tables. If some jobs failed, DIR.partial stays,
// in which the same call with resume does them again; if all of a new campaign failed, nothing is left
// and the error gives the reason of the first. The context ends it early; the jobs on their way are then
// done by the next call.
func (c *Campaign) Run(ctx context.Context, dir string, resume bool, write func(out *record.Dir, r Result) error) (r Result, err error) {
	out, err := record.Share(record.OS, dir, resume)
	if err != nil {
		return r, &experiment.RequestError{Err: err}
	}
	dir = filepath.Clean(dir)
	l, err := openLedger(c, out, true)
	if err != nil {
		if _, finished := os.Lstat(dir); finished == nil { // by another process meanwhile
			err = &record.ExistsError{Dir: dir}
		}
		return r, errors.Join(err, out.Abandon())
	}
	if err = c.Engine.Do(ctx, l, c.Jobs); err == nil && ctx.Err() != nil {
		err = fmt.Errorf("interrupted after %d of %d runs", l.count(), len(c.Jobs))
	}
	if err != nil && !l.finishedBy(dir) { // where it is finished by another process, its folders have moved
		return r, errors.Join(err, l.leave(), out.Abandon())
	}
	return l.finish(ctx, out, dir, resume, write)
}

// finish lets one process write the tables, and waits where another one does.
func (l *Ledger) finish(ctx context.Context, out *record.Dir, dir string, resume bool, write func(out *record.Dir, r Result) error) (r Result, err error) {
	r = Result{Entries: l.done, Failed: l.failed, Damaged: l.damaged(), Dir: dir}
	if r.Failed > 0 {
		r.Dir = out.Partial()
	}
	var first error
	if r.Failed == len(l.jobs) && !resume { // what is resumed may hold more
		e := l.done[l.jobs[0].Key]
		first = fmt.Errorf("no run of %d succeeded; that of %s failed: %s", r.Failed, e.Key, e.Error)
	}
	for {
		if _, err := os.Lstat(dir); err == nil {
			return r, errors.Join(l.close(), out.Abandon())
		}
		if _, err := os.Lstat(out.Partial()); err != nil && first != nil {
			return r, errors.Join(first, l.close())
		}
		mine, err := l.claim(tables)
		if err != nil && l.finishedBy(dir) {
			continue
		}
		if err != nil {
			return r, errors.Join(err, l.leave(), out.Abandon())
		}
		if mine {
			break
		}
		if !pause(ctx, l.times.look) {
			return r, errors.Join(errors.New("interrupted while another process writes the tables"), l.leave(), out.Abandon())
		}
	}
	if first != nil {
		return r, errors.Join(first, l.close(), out.Remove())
	}
	if err = out.Clear(); err == nil {
		err = write(out, r)
	}
	if err == nil {
		err = l.merged(out)
	}
	switch {
	case err != nil:
		return r, errors.Join(err, out.Clear(), l.leave(), out.Abandon())
	case r.Failed > 0: // it is not finished
		return r, errors.Join(l.leave(), out.Leave())
	}
	if err := l.close(); err != nil {
		return r, errors.Join(err, out.Abandon())
	}
	return r, out.Commit()
}

// Element does one job of the campaign, by its number, as an element of an array that [Slurm] has
// submitted: in a directory in which a campaign was begun, which it does not finish. It is no error if
// the job, or all, has been done meanwhile.
func (c *Campaign) Element(ctx context.Context, dir string, job Job) (err error) {
	if _, err := os.Lstat(dir); err == nil {
		return nil
	}
	if _, err := os.Lstat(dir + ".partial"); err != nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s.partial is missing: an element belongs to a campaign that was begun", dir)}
	}
	out, err := record.Share(record.OS, dir, true)
	if err != nil {
		return &experiment.RequestError{Err: err}
	}
	l, err := openLedger(&Campaign{What: c.What, Jobs: []Job{job}}, out, false)
	if err != nil {
		return errors.Join(err, out.Abandon())
	}
	err = (&Local{Workers: 1}).Do(ctx, l, []Job{job})
	if err == nil && ctx.Err() != nil {
		err = errors.New("interrupted; the run goes on from its checkpoint")
	}
	if e := l.done[job.Key]; err == nil && e.Error != "" {
		err = fmt.Errorf("%s failed: %s", e.Key, e.Error)
	}
	return errors.Join(err, l.leave(), out.Abandon())
}

// pause waits, and reports whether the context has not ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// Identity returns what an interrupted campaign was, of a folder DIR.partial; nil where there is none.
func Identity(partial string) json.RawMessage {
	var h campaignHeader
	text, err := record.ReadKept(partial, identityFile)
	if err != nil || json.Unmarshal(text, &h) != nil {
		return nil
	}
	return h.Identity
}

// ConfigSum returns the checksum of an experiment, the Config of a job that is a run of it.
func ConfigSum(x *experiment.Experiment) string {
	sum := sha256.Sum256([]byte(x.TOML()))
	return hex.EncodeToString(sum[:8])
}

// Ended returns the jobs that have ended without an error by a directory, or by DIR.partial of one that is not
// finished, by their keys.
func Ended(dir string) map[string]Entry {
	ended := map[string]Entry{}
	readers := []*record.LogReader{record.ReadWrittenLog(dir, LedgerFile)}
	for _, path := range record.LogsIn(filepath.Clean(dir) + ".partial") {
		readers = append(readers, record.ReadWrittenLog(filepath.Dir(path), filepath.Base(path)))
	}
	for _, r := range readers {
		texts, _ := r.Next() // what cannot be read has not ended
		for _, text := range texts {
			var n line
			if json.Unmarshal(text, &n) == nil && n.Key != "" && n.Error == "" {
				ended[n.Key] = n.Entry
			}
		}
	}
	return ended
}
