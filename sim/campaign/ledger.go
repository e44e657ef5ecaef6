package campaign

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/program"
	"partsnet/sim/record"
)

// Files of a campaign.
const (
	LedgerFile   = "runs.log"      // of a finished directory
	identityFile = "campaign.json" // in the folder of checkpoints
	tables       = ""              // key of the claim of the process that writes the tables
)

// campaignHeader is what a campaign is, in campaign.json.
type campaignHeader struct {
	Version, Kernel string
	Identity        json.RawMessage
}

// times are those that decide about claims.
type times struct {
	touch time.Duration // between two signs of life of a process
	stale time.Duration // without any after which it is taken for dead
	look  time.Duration // between two looks of one that waits
	now   func() time.Time
}

// usual outlasts what NFS keeps in its cache by default, 60 s, by far.
var usual = times{touch: 20 * time.Second, stale: 3 * time.Minute, look: time.Second, now: time.Now}

// line is a line of a ledger: the process that writes it, a job that has ended, or its end.
type line struct {
	process
	Entry
	Ended bool `json:",omitempty"` // nothing follows
}

// Ledger is what the processes of a campaign have written, and the claims of their jobs.
type Ledger struct {
	times
	what     string // "score" or "sweep"
	jobs     []Job
	byKey    map[string]Job
	together int
	progress func(Progress)
	folder   string // of checkpoints
	own      string // name of the ledger of this process
	process  process
	log      *record.Log
	dir      *record.Dir
	stop     chan struct{} // ends the signs of life

	mu     sync.Mutex
	all    bool // whether the ledgers of all processes are read, and not those alone that claims name
	opened bool // whether all that was there at the beginning was read
	looked time.Time
	others map[string]*other
	done   map[string]Entry
	failed int
	left   *left
}

// other is the ledger of a process.
type other struct {
	*record.LogReader
	process
	ended   bool
	changed time.Time // by the device
	seen    time.Time // when that was first seen, by the clock of this process
}

// openLedger makes the ledger of this process, and reads those of others where all is to be known: an
// element of an array reads those alone that are about its job.
func openLedger(c *Campaign, out *record.Dir, all bool) (l *Ledger, err error) {
	l = &Ledger{
		times: usual, what: c.What, jobs: c.Jobs, byKey: map[string]Job{}, progress: c.Progress, together: 1, process: here(), dir: out, stop: make(chan struct{}),
		others: map[string]*other{}, done: map[string]Entry{}, left: newLeft(c.Jobs),
	}
	if c.Engine != nil {
		l.together = c.Engine.Together()
	}
	for _, j := range c.Jobs {
		l.byKey[j.Key] = j
	}
	if l.folder, err = out.KeptFolder(); err != nil {
		return nil, err
	}
	for _, sub := range []string{"claims", "cells"} {
		if err := os.MkdirAll(filepath.Join(l.folder, sub), 0o777); err != nil {
			return nil, err
		}
	}
	if err := l.identify(c, out); err != nil {
		return nil, err
	}
	if l.all = all; all {
		err = l.refresh()
	} else {
		err = l.reread(LedgerFile)
	}
	l.opened = true
	if err != nil {
		return nil, err
	}
	l.own = l.process.logName()
	if l.log, err = out.NewLog(l.own); err != nil {
		return nil, err
	}
	if err := l.write(line{process: l.process}); err != nil {
		return nil, errors.Join(err, l.log.Close())
	}
	go l.live()
	return l, nil
}

// identify refuses to continue what another program began, whose results might have other bits, and
// writes what the campaign is where that is new. An element takes what it finds.
func (l *Ledger) identify(c *Campaign, out *record.Dir) error {
	var was campaignHeader
	text, err := record.ReadKept(out.Partial(), identityFile)
	if err == nil {
		err = json.Unmarshal(text, &was)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("%s of the %s cannot be read: %w", identityFile, c.What, err)
	default:
		if err := continues(c.What, was); err != nil {
			return err
		}
	}
	if c.Identity == nil {
		return nil
	}
	identity, err := json.Marshal(c.Identity)
	if err != nil || string(identity) == string(was.Identity) {
		return err
	}
	if was.Identity != nil {
		at, err := l.atWork()
		if err != nil {
			return err
		}
		if at != "" {
			return &experiment.RequestError{Err: fmt.Errorf("%s is at work on the %s with other runs; wait for it, or choose another directory with --out", at, c.What)}
		}
	}
	if text, err = json.Marshal(campaignHeader{program.Version(), kernel.Level(), identity}); err != nil {
		return err
	}
	return out.Keep(identityFile, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// continues returns an error where a campaign was begun by another program.
func continues(what string, was campaignHeader) error {
	var why string
	switch {
	case was.Version != program.Version():
		why = fmt.Sprintf("version %s began it, and this is %s", was.Version, program.Version())
	case was.Kernel != kernel.Level():
		why = fmt.Sprintf("the kernel was %s and is %s; %s=%s continues with the same bits", was.Kernel, kernel.Level(), kernel.Variable, was.Kernel)
	default:
		return nil
	}
	return &experiment.RequestError{Err: fmt.Errorf("the %s cannot be continued: %s; use the same, or choose another directory with --out", what, why)}
}

// refresh reads what processes have written since it was last called.
func (l *Ledger) refresh() error {
	l.looked = time.Now()
	l.mu.Lock()
	names := slices.Collect(maps.Keys(l.others))
	l.mu.Unlock()
	if l.all {
		var err error
		if names, err = l.dir.Logs(); err != nil {
			return err
		}
	}
	for _, name := range names {
		if name == l.own {
			continue
		}
		if err := l.reread(name); err != nil {
			return err
		}
	}
	return nil
}

// reread reads what a process has written since it was last called.
func (l *Ledger) reread(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.others[name]
	if o == nil {
		o = &other{LogReader: l.dir.ReadLog(name)}
		l.others[name] = o
	} else if o.ended {
		return nil
	}
	err := l.read(name, o)
	o.ended = o.ended || err == nil && name == LedgerFile
	return err
}

// finishedBy takes what another process has written into the finished directory; done is false where
// there is none, or not all.
func (l *Ledger) finishedBy(dir string) (done bool) {
	if _, err := os.Lstat(dir); err != nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.read(LedgerFile, &other{LogReader: record.ReadWrittenLog(dir, LedgerFile)})
	return err == nil && len(l.done) == len(l.jobs) && l.failed == 0
}

// read reads what is new in the ledger of a process. The caller holds the lock.
func (l *Ledger) read(name string, o *other) error {
	texts, err := o.Next()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not there yet, or not any more
	} else if err != nil {
		return err
	}
	var entries []Entry
	for _, text := range texts {
		var n line
		if err := json.Unmarshal(text, &n); err != nil {
			return fmt.Errorf("a complete line of the ledger %s cannot be read: %w", name, err)
		}
		switch {
		case n.Version != "":
			if o.process = n.process; name == LedgerFile {
				if err := continues(l.what, campaignHeader{Version: n.Version, Kernel: n.Kernel}); err != nil {
					return err
				}
			}
		case n.Ended:
			o.ended = true
		default:
			entries = append(entries, n.Entry)
		}
	}
	for _, e := range entries {
		if e.Error == "" || l.opened || !l.gone(name, o) { // what failed before is tried again
			l.take(e)
		}
	}
	return nil
}

// take counts a job that has ended, unless it is not wanted or known already.
func (l *Ledger) take(e Entry) {
	j, wanted := l.byKey[e.Key]
	was, known := l.done[e.Key]
	if !wanted || j.Config != e.Config || known && (was.Error == "" || e.Error != "") {
		return
	}
	l.done[e.Key] = e
	if known { // failed before
		l.failed--
		return
	}
	if e.Error != "" {
		l.failed++
	}
	l.left.ended(j.Like, e.Seconds)
	if l.opened && l.progress != nil {
		l.progress(Progress{Done: len(l.done), Of: len(l.jobs), Job: j, Failed: l.failed, Left: l.left.time(l.together)})
	}
}

// append writes down a job that has ended.
func (l *Ledger) append(e Entry) error {
	if err := l.write(line{Entry: e}); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.take(e)
	return nil
}

func (l *Ledger) write(n line) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return l.log.Append(text)
}

// has reports whether a job has ended.
func (l *Ledger) has(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, done := l.done[key]
	return done
}

// count returns how many jobs have ended.
func (l *Ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.done)
}

// damaged returns the number of damaged lines.
func (l *Ledger) damaged() (n int) {
	for _, o := range l.others {
		n += o.Damaged
	}
	return n
}

// merged writes the ledgers of all processes as one into the directory.
func (l *Ledger) merged(out *record.Dir) error {
	head := l.process
	head.Host, head.PID, head.Element = "", 0, ""
	lines := []line{{process: head}}
	for _, j := range l.jobs {
		if e := l.done[j.Key]; e.Error == "" {
			lines = append(lines, line{Entry: e})
		}
	}
	var texts [][]byte
	for _, n := range lines {
		text, err := json.Marshal(n)
		if err != nil {
			return err
		}
		texts = append(texts, text)
	}
	return out.WriteLog(LedgerFile, texts)
}

// cell returns where a job keeps checkpoints.
func (l *Ledger) cell(j Job) string {
	return filepath.Join(l.folder, "cells", hashed(j.Key+"\n"+j.Config))
}

// leave ends the ledger of this process: what it has not done others may do at once.
func (l *Ledger) leave() error { return errors.Join(l.write(line{Ended: true}), l.close()) }

func (l *Ledger) close() error {
	close(l.stop)
	return l.log.Close()
}

// hashed returns a short name of a text for a file.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// atWork names another process that is at it; "" where there is none.
func (l *Ledger) atWork() (who string, err error) {
	names, err := l.dir.Logs()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if err := l.reread(name); err != nil {
			return "", err
		}
		l.mu.Lock()
		o := l.others[name]
		gone := l.gone(name, o)
		l.mu.Unlock()
		if !gone {
			return fmt.Sprintf("process %d on %s", o.PID, o.Host), nil
		}
	}
	return "", nil
}
