//go:build linux

package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/suite"
)

// TestDataLargerThanMemory lets a process that may have 256 MiB of memory of its
// own learn from a file of 512 MiB. Without the mapping it must fail, or the
// limit would prove nothing. A campaign.
func TestDataLargerThanMemory(t *testing.T) {
	suite.Campaign(t)
	root, program := t.TempDir(), built(t)
	const m, n = 65536, 2048
	path := filepath.Join(root, "v.npy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", m, n)
	header += strings.Repeat(" ", 117-len(header)) + "\n"
	fmt.Fprintf(w, "\x93NUMPY\x01\x00%c\x00%s", len(header), header)
	rng := rand.New(rand.NewPCG(1, 1))
	row := make([]byte, 4*n)
	for k := 0; k < len(row); k += 4 {
		row[k+3], row[k+2] = 0x3f, byte(rng.Uint32())&0x7f // 0.5 to 1
	}
	for range m {
		w.Write(row)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	run := func(name string, mapped bool) error {
		command := exec.Command("bash", "-c", `ulimit -d 262144; exec "$@"`, "bash", program, "run", "faces", "--out", filepath.Join(root, name),
			"--set", "stimulus.path="+path, "--set", fmt.Sprintf("stimulus.map=%v", mapped), "--set", "precision=float32",
			"--set", "network.hidden=3", "--set", "learning.epochs=2", "--set", "figures=[]")
		command.Env = append(os.Environ(), "GOGC=20", "GOMAXPROCS=2")
		out, err := command.CombinedOutput()
		if mapped && err != nil {
			t.Logf("%.2000s", out)
		}
		return err
	}
	if err := run("mapped", true); err != nil {
		t.Errorf("mapped: %v", err)
	}
	if err := run("read", false); err == nil {
		t.Error("the limit did not stop a run that reads the file")
	}
}
