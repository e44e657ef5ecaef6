package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"partsnet/sim/simtest"
)

// TestMain keeps the program that [built] builds for all tests, and removes it after them.
func TestMain(m *testing.M) {
	var err error
	if builtIn, err = os.MkdirTemp("", "partsnet-test"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	simtest.Volatile()
	simtest.Alone()
	code := m.Run()
	os.RemoveAll(builtIn)
	os.Exit(code)
}

var (
	builtIn string // the folder of the program
	build   = sync.OnceValues(func() (program string, err error) {
		program = filepath.Join(builtIn, "partsnet")
		if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, "partsnet/cmd/partsnet").CombinedOutput(); err != nil {
			return "", fmt.Errorf("go build: %w: %s", err, out)
		}
		return program, nil
	})
)

// built returns the program, which is built once, for tests that need a process of their
// own: to kill, to limit, or to run as another user. All others call [partsnet]. Building
// takes longer than -short may.
func built(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return program
}
