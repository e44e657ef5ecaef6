// Package program says which program runs: its version and what built it, as far as the
// bits of a result may depend on them.
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

// Version returns the version of the program: that of the module where it was
// installed as one, else the revision of the source that it was built from, else
// "unknown". Where that does not say what the source was, because it had changes or no
// revision, the first digits of the SHA-256 of the program follow.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	v := source()
	if v != "unknown" && !strings.HasSuffix(v, "+changes") && !strings.HasSuffix(v, "+dirty") {
		return v
	}
	if sum := programSum(); sum != "" {
		v += " (build " + sum[:12] + ")"
	}
	return v
})

// source returns the version or revision of the source.
func source() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, modified := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = "+changes"
		}
	}
	return revision + modified
}

// programSum returns the SHA-256 of the program that runs, "" where it cannot be read.
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
