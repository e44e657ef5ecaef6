package campaign

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim/program"
)

// process is one that does jobs, the first line of its ledger.
type process struct {
	Version string `json:",omitempty"`
	Kernel  string `json:",omitempty"`
	Host    string `json:",omitempty"`
	Boot    string `json:",omitempty"` // tells starts of the machine, and containers on it, apart; "" where that is not known
	PID     int    `json:",omitempty"`
	Element string `json:",omitempty"` // of an array of Slurm, "12_7"
	Begun   string `json:",omitempty"`
}

// here returns this process.
func here() process {
	p := process{Version: program.Version(), Kernel: kernel.Level(), PID: os.Getpid(), Begun: time.Now().UTC().Format(time.RFC3339)}
	p.Host, _ = os.Hostname() // "" where that is not known
	if id, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		space, _ := os.Readlink("/proc/self/ns/pid")
		p.Boot = hashed(string(id) + space)
	}
	if job, task := os.Getenv("SLURM_ARRAY_JOB_ID"), os.Getenv("SLURM_ARRAY_TASK_ID"); task != "" {
		p.Element = job + "_" + task
	}
	return p
}

// logName returns a name for the ledger of a process that no other has.
func (p process) logName() string {
	host := strings.Map(func(r rune) rune {
		if r < 128 && (r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '_'
	}, p.Host)
	random := make([]byte, 4)
	_, _ = rand.Read(random) // never fails
	return fmt.Sprintf("runs-%s-%d-%s.log", host, p.PID, hex.EncodeToString(random))
}

// live touches the ledger of this process until it ends.
func (l *Ledger) live() {
	path := filepath.Join(l.folder, l.own)
	for {
		select {
		case <-l.stop:
			return
		case now := <-time.After(l.touch):
			_ = os.Chtimes(path, now, now) // the next one may succeed
		}
	}
}

// gone reports whether the process with a ledger has ended; see the rules of the package. The caller
// holds the lock.
func (l *Ledger) gone(name string, o *other) bool {
	switch {
	case name == l.own:
		return false
	case o.ended:
		return true
	case o.Host == l.process.Host && o.Boot == l.process.Boot && o.PID != 0 && !running(o.PID):
		return true
	case o.Element != "" && o.Element == l.process.Element:
		return true
	}
	var changed time.Time
	if info, err := o.Stat(); err == nil {
		changed = info.ModTime()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if o.seen.IsZero() || !changed.Equal(o.changed) {
		o.changed, o.seen = changed, l.now()
	}
	return l.now().Sub(o.seen) > l.stale
}

// running reports whether a process exists.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission) || runtime.GOOS == "windows"
}
