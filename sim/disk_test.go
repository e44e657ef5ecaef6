package sim_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/simtest"
)

// faulty is a disk on which everything fails from one operation on: the bytes of the
// write that fails first are half written. It counts operations.
type faulty struct {
	record.Disk
	operation, fails int  // fails from this one on; 0 never
	once             bool // only that one fails, as on a disk that is full for a moment
	err              error
}

func (d *faulty) fail() bool {
	d.operation++
	return d.fails > 0 && (d.operation == d.fails || d.operation > d.fails && !d.once)
}

func (d *faulty) Create(path string) (record.File, error) {
	if d.fail() {
		return nil, d.err
	}
	f, err := d.Disk.Create(path)
	return &faultyFile{f, d}, err
}

func (d *faulty) Update(path string) (record.Updated, error) {
	if d.fail() {
		return nil, d.err
	}
	f, err := d.Disk.Update(path)
	return &faultyUpdated{f, d}, err
}

func (d *faulty) MkdirAll(path string) error {
	return d.do(func() error { return d.Disk.MkdirAll(path) })
}
func (d *faulty) Mkdir(path string) error { return d.do(func() error { return d.Disk.Mkdir(path) }) }
func (d *faulty) SyncDir(path string) error {
	return d.do(func() error { return d.Disk.SyncDir(path) })
}
func (d *faulty) RemoveAll(path string) error {
	return d.do(func() error { return d.Disk.RemoveAll(path) })
}
func (d *faulty) Rename(from, to string) error {
	return d.do(func() error { return d.Disk.Rename(from, to) })
}

func (d *faulty) do(operation func() error) error {
	if d.fail() {
		return d.err
	}
	return operation()
}

type faultyFile struct {
	record.File
	disk *faulty
}

func (f *faultyFile) Write(b []byte) (int, error) {
	if f.disk.fail() {
		n := 0
		if f.disk.operation == f.disk.fails {
			n, _ = f.File.Write(b[:len(b)/2])
		}
		return n, f.disk.err
	}
	return f.File.Write(b)
}

func (f *faultyFile) Sync() error { return f.disk.do(f.File.Sync) }
func (f *faultyFile) Close() error {
	return errors.Join(f.File.Close(), f.disk.do(func() error { return nil }))
}

type faultyUpdated struct {
	record.Updated
	disk *faulty
}

func (f *faultyUpdated) WriteAt(b []byte, at int64) (int, error) {
	if f.disk.fail() {
		n := 0
		if f.disk.operation == f.disk.fails {
			n, _ = f.Updated.WriteAt(b[:len(b)/2], at)
		}
		return n, f.disk.err
	}
	return f.Updated.WriteAt(b, at)
}

func (f *faultyUpdated) Truncate(size int64) error {
	return f.disk.do(func() error { return f.Updated.Truncate(size) })
}
func (f *faultyUpdated) Sync() error { return f.disk.do(f.Updated.Sync) }
func (f *faultyUpdated) Close() error {
	return errors.Join(f.Updated.Close(), f.disk.do(func() error { return nil }))
}

// TestFaults lets the disk fail at every operation of a run in turn, for good or once,
// and then goes on with a disk that works. Nothing may be taken for complete that is
// not, and every output must be what the uninterrupted run writes. It takes every 17th
// operation, with campaigns every 7th, and the full campaign all, of runs of three kinds.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("a fault at every 17th operation, and each run resumed")
	}
	switch {
	case !suite.Asked():
		faults(t, simtest.Tiny("float64"), 17)
		return
	case !suite.Full():
		faults(t, simtest.Tiny("float64"), 7)
		return
	}
	faults(t, simtest.Tiny("float64"), 1)
	drawn := simtest.Tiny("float32")
	drawn.Figures, drawn.Look.Frames = []string{"svg"}, 0
	drawn.Constraints = experiment.Constraints
	faults(t, drawn, 1)
	counted := simtest.Tiny("float64")
	counted.Stimulus.Generator, counted.Look.Frames = "topics", 0
	faults(t, counted, 1)
	faults(t, recorders(t, "float64"), 1)
}

// faults lets every stride-th operation of a run fail.
func faults(t *testing.T, x *experiment.Experiment, stride int) {
	t.Helper()
	whole := filepath.Join(t.TempDir(), "r")
	counter := &faulty{Disk: record.OS}
	if err := anyRun(x, whole, sim.Options{Disk: counter}); err != nil {
		t.Fatal(err)
	}
	want := simtest.Files(t, whole)
	injected := 0
	errs := []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO} // full, over quota, read-only, broken
	for at := 1; at <= counter.operation; at += stride {
		for _, once := range []bool{false, true} {
			dir := filepath.Join(t.TempDir(), "r")
			disk := &faulty{Disk: record.OS, fails: at, once: once, err: errs[injected%len(errs)]}
			err := anyRun(x, dir, sim.Options{Disk: disk})
			what := fmt.Sprintf("fault at operation %d of %d, once %v", at, counter.operation, once)
			injected++
			if _, there := os.Stat(dir); there == nil {
				// The rename had happened: everything is in its place.
				simtest.Same(t, what, simtest.Results(simtest.Files(t, dir)), want)
				continue
			}
			if !errors.Is(err, disk.err) {
				t.Errorf("%s: got %v", what, err)
			}
			if once {
				notHalf(t, what, dir+".partial")
			}
			if err := anyRun(x, dir, sim.Options{Resume: true}); err != nil {
				t.Errorf("%s: cannot go on: %v", what, err)
				continue
			}
			simtest.Same(t, what, simtest.Files(t, dir), want)
		}
	}
	t.Logf("%d faults injected at %d operations", injected, counter.operation)
}

// anyRun runs an experiment of one network or of groups.
func anyRun(x *experiment.Experiment, dir string, o sim.Options) (err error) {
	if x.Apart() {
		_, err = sim.RunGroups(context.Background(), x, dir, o)
	} else {
		_, err = sim.Run(context.Background(), x, dir, o)
	}
	return err
}

// notHalf demands that what is left of a run that failed is nothing that may be half written: of each
// group it is all, or as little.
func notHalf(t *testing.T, what, partial string) {
	t.Helper()
	left, err := os.ReadDir(partial)
	if err != nil {
		return // nothing is left
	}
	for _, e := range left {
		switch name := e.Name(); name {
		case "checkpoint", "lock", record.ConfigFile, record.GrownFolder: // which is written atomically, or cut
		case record.MembersFolder:
			groups, err := os.ReadDir(filepath.Join(partial, name))
			if err != nil {
				t.Error(err)
			}
			for _, g := range groups {
				if dir := filepath.Join(partial, name, g.Name()); strings.HasSuffix(dir, ".partial") {
					notHalf(t, what, dir)
				} else if _, err := os.Stat(filepath.Join(dir, "manifest.json")); err != nil {
					t.Errorf("%s: the group %s is not whole: %v", what, g.Name(), err)
				}
			}
		default:
			t.Errorf("%s: %s is left, which may be half written", what, name)
		}
	}
}

// careful is a disk that keeps account of what a loss of power would lose: files that
// were written since they were synchronised, and folders in which names were made, changed
// or removed since.
type careful struct {
	record.Disk
	t       *testing.T
	unsaved map[string]bool
}

func (d *careful) name(path string) { d.unsaved[filepath.Dir(path)] = true }

func (d *careful) Create(path string) (record.File, error) {
	d.name(path)
	d.unsaved[path] = true
	f, err := d.Disk.Create(path)
	return &carefulFile{f, d, path}, err
}

func (d *careful) Update(path string) (record.Updated, error) {
	d.name(path)
	d.unsaved[path] = true
	f, err := d.Disk.Update(path)
	return &carefulUpdated{f, d, path}, err
}

func (d *careful) MkdirAll(path string) error {
	for made := path; ; made = filepath.Dir(made) {
		if _, err := os.Stat(made); err == nil {
			break
		}
		d.name(made)
	}
	return d.Disk.MkdirAll(path)
}

func (d *careful) Mkdir(path string) error { d.name(path); return d.Disk.Mkdir(path) }

// Rename lets a file or folder take its name only when all of it is saved.
func (d *careful) Rename(from, to string) error {
	for path := range d.unsaved {
		if path == from || strings.HasPrefix(path, from+string(filepath.Separator)) {
			d.t.Errorf("%s becomes %s, but %s is not synchronised", from, to, path)
		}
	}
	d.name(from)
	d.name(to)
	return d.Disk.Rename(from, to)
}

func (d *careful) SyncDir(path string) error { delete(d.unsaved, path); return d.Disk.SyncDir(path) }

func (d *careful) RemoveAll(path string) error { return d.Disk.RemoveAll(path) } // what comes back does no harm

type carefulFile struct {
	record.File
	disk *careful
	path string
}

func (f *carefulFile) Write(b []byte) (int, error) {
	f.disk.unsaved[f.path] = true
	return f.File.Write(b)
}
func (f *carefulFile) Sync() error { delete(f.disk.unsaved, f.path); return f.File.Sync() }

type carefulUpdated struct {
	record.Updated
	disk *careful
	path string
}

func (f *carefulUpdated) WriteAt(b []byte, at int64) (int, error) {
	f.disk.unsaved[f.path] = true
	return f.Updated.WriteAt(b, at)
}
func (f *carefulUpdated) Sync() error { delete(f.disk.unsaved, f.path); return f.Updated.Sync() }

// TestPowerLoss demands that everything is on the device before it takes its name, and
// all names when the run says that it is done.
func TestPowerLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures")
	}
	x := recorders(t, "float64")
	x.Figures = []string{"svg"}
	root := t.TempDir()
	disk := &careful{Disk: record.OS, t: t, unsaved: map[string]bool{}}
	if _, err := sim.Run(context.Background(), x, filepath.Join(root, "all", "runs", "r"), sim.Options{Disk: disk}); err != nil {
		t.Fatal(err)
	}
	if err := anyRun(tinyGroups(t), filepath.Join(root, "of", "groups", "r"), sim.Options{Disk: disk}); err != nil {
		t.Fatal(err)
	}
	for path := range disk.unsaved {
		t.Errorf("%s is not synchronised at the end", path)
	}
}
