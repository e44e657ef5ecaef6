package memory

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// available returns the bytes of memory that this process can still take, as far as the
// system says: what is free, not more than the limit of its control groups, and not more
// than the limit of its addresses (ulimit -v). ok is false where nothing is known. Tests
// put another in its place.
var available = func() (bytes float64, ok bool) {
	bytes = math.Inf(1)
	if free, found := kibibytes("/proc/meminfo", "MemAvailable:"); found {
		bytes = free
	}
	if text, err := os.ReadFile("/proc/self/cgroup"); err == nil {
		bytes = min(bytes, groupRoom("/sys/fs/cgroup", string(text)))
	}
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_AS, &limit) == nil && limit.Cur < math.MaxInt64 {
		if taken, found := kibibytes("/proc/self/status", "VmSize:"); found {
			bytes = min(bytes, max(0, float64(limit.Cur)-taken-reserved))
		}
	}
	return bytes, !math.IsInf(bytes, 1)
}

// reserved is the address space that the program takes beyond what it has when it starts,
// and does not use: for stacks of threads and for the arenas from which it allocates.
const reserved = 512 << 20

// Peak returns the most memory that the process has had so far, in bytes.
func Peak() (bytes float64, ok bool) { return kibibytes("/proc/self/status", "VmHWM:") }

// kibibytes returns the number of a line "name 123 kB" of a file of /proc, in bytes.
func kibibytes(file, name string) (bytes float64, ok bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			x, err := strconv.ParseFloat(fields[1], 64)
			return x * 1024, err == nil
		}
	}
	return 0, false
}

// groupRoom returns what the control groups of a process leave it, each and all above it,
// by the lines "number:controllers:path" of /proc/self/cgroup: those of version 2 have no
// controllers, those of version 1 lie in a folder of their own. It is infinite where
// none has a limit. What a group has read and does not use, which counts as used, is given
// up where memory is asked for.
func groupRoom(root, groups string) float64 {
	room := math.Inf(1)
	for line := range strings.Lines(groups) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		base, limit, usage, unused := root, "memory.max", "memory.current", "inactive_file"
		switch parts[1] {
		case "":
		case "memory":
			base, limit, usage, unused = filepath.Join(root, "memory"), "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"
		default:
			continue
		}
		for path := filepath.Clean("/" + parts[2]); ; path = filepath.Dir(path) {
			most, err1 := number(filepath.Join(base, path, limit))
			used, err2 := number(filepath.Join(base, path, usage))
			if err1 == nil && err2 == nil {
				room = min(room, max(0, most-max(0, used-statistic(filepath.Join(base, path, "memory.stat"), unused))))
			}
			if path == "/" {
				break
			}
		}
	}
	return room
}

// statistic returns the number of a line "name 123" of a file; 0 where there is none.
func statistic(file, name string) float64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] == name {
			if x, err := strconv.ParseFloat(fields[1], 64); err == nil && x > 0 {
				return x
			}
		}
	}
	return 0
}

func number(file string) (float64, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64) // "max" is none
	if err == nil && x > 1<<62 {
		x = math.Inf(1) // as version 1 writes it
	}
	return x, err
}
