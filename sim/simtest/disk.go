package simtest

import (
	"runtime"

	"partsnet/internal/suite"
	"partsnet/sim/record"
)

// Volatile lets runs of this process not wait for the device: files and folders are written
// and not synchronised, on which tests that make hundreds of small runs would spend most of
// their time. That a run synchronises what it must, and in which order, is asked by tests
// that put their own disk in its place; the built program does synchronise. It is called by
// TestMain, before the first run.
func Volatile() { record.OS = volatile{record.OS} }

// Alone gives runs of this process one worker where no campaign was asked for: workers wait
// busily for each other, which takes a fifth of the time of small runs. With campaigns runs
// have as many workers as there are processors, and tests of workers say how many they want.
// It is called by TestMain.
func Alone() {
	if !suite.Asked() {
		runtime.GOMAXPROCS(1)
	}
}

type volatile struct{ record.Disk }

func (d volatile) Create(path string) (record.File, error) {
	f, err := d.Disk.Create(path)
	return volatileFile{f}, err
}

func (d volatile) Update(path string) (record.Updated, error) {
	f, err := d.Disk.Update(path)
	return volatileUpdated{f}, err
}

func (volatile) SyncDir(string) error { return nil }

type volatileFile struct{ record.File }

func (volatileFile) Sync() error { return nil }

type volatileUpdated struct{ record.Updated }

func (volatileUpdated) Sync() error { return nil }
