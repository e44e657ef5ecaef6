// Package program identifies the running program: its version, and the compiler and system
// that built it, on which the bits of a result may depend.
package program

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// Parts of a version that [Version] puts together and [Cite] takes apart.
const (
	unknown  = "unknown"  // there is neither a version nor a revision
	changes  = "+changes" // the source had changes since its revision
	dirty    = "+dirty"   // the same, in the versions of modules
	sumBegin = " (build " // before the first digits of the SHA-256 of the program
	sumEnd   = ")"
)

// Version returns the version of the program: that of its module, else the revision of the
// source that it was built from, else "unknown". If that does not identify the source, because
// it had changes or no revision, the first digits of the SHA-256 of the program follow.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	v := source()
	if v != unknown && !strings.HasSuffix(v, changes) && !strings.HasSuffix(v, dirty) {
		return v
	}
	if sum := programSum(); sum != "" {
		v += sumBegin + sum[:12] + sumEnd
	}
	return v
})

// Cite returns how a text names the program of a version that [Version] returned, and the first
// digits of the SHA-256 of that program, "" if the version identifies the source.
func Cite(version string) (name, sum string) {
	version, sum, _ = strings.Cut(strings.TrimSuffix(version, sumEnd), sumBegin)
	version, changed := strings.CutSuffix(version, changes)
	if clean, ok := strings.CutSuffix(version, dirty); ok {
		version, changed = clean, true
	}
	switch {
	case version == unknown:
		return "partsnet, built from source without version control information", sum
	case isRevision(version):
		name = "partsnet, revision " + version
	default:
		name = "partsnet " + version
	}
	if changed {
		name += " with uncommitted changes"
	}
	return name, sum
}

// isRevision reports whether a version is the hash of a commit, of SHA-1 or SHA-256.
func isRevision(version string) bool {
	return (len(version) == 40 || len(version) == 64) && strings.Trim(version, "0123456789abcdef") == ""
}

// source returns the version or revision of the source.
func source() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unknown
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, modified := unknown, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = changes
		}
	}
	return revision + modified
}

// programSum returns the SHA-256 of the running program, "" if it cannot be read.
func programSum() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Build says by which compiler and for which system the program was built.
func Build() string {
	return fmt.Sprintf("by %s for %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
