package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partsnet/sim/simtest"
)

// runs returns the arguments of a run that ends soon and keeps many checkpoints.
func runs(dir string, more ...string) []string {
	return append([]string{"run", "faces", "--out", dir, "--resume", "--set", "stimulus.count=300", "--set", "stimulus.side=16", "--set", "network.hidden=10",
		"--set", "learning.epochs=60", "--set", "checkpoint.epochs=5", "--set", "figures=[]"}, more...)
}

// TestReadOnly runs as a user who may not write in the folder, and goes on where a run was
// begun that may not be written.
func TestReadOnly(t *testing.T) {
	program, root := built(t), t.TempDir()
	if err := errors.Join(os.Chmod(root, 0o555), os.Chmod(filepath.Dir(program), 0o755), os.Chmod(filepath.Dir(root), 0o755)); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, runs(filepath.Join(root, "r"))...)
	command.Dir = "/"
	if os.Getuid() == 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := command.CombinedOutput()
	if command.ProcessState == nil {
		t.Skip(err) // no such user, or a folder above that is closed to him
	}
	if command.ProcessState.ExitCode() != badRequest || !strings.Contains(string(out), "cannot make the folder of the run: mkdir "+root) || !strings.Contains(string(out), "permission denied") {
		t.Errorf("%v: %s", err, out)
	}
	if left, err := os.ReadDir(root); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// TestFullDisk fills a disk in the middle of a run, at several sizes, and goes on when
// there is room. A limit on the size of files stands for a quota.
func TestFullDisk(t *testing.T) {
	program, disk := built(t), t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("no disk can be made: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
	whole := filepath.Join(t.TempDir(), "r")
	if out, err := exec.Command(program, runs(whole)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want, dir := simtest.Files(t, whole), filepath.Join(disk, "r")
	for _, size := range []string{"16k", "48k", "80k", "112k", "144k"} { // a checkpoint has 45 kB, all files 60
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(program, runs(dir)...)
		out, err := command.CombinedOutput()
		if err == nil {
			t.Logf("%s are enough", size)
			break
		}
		if command.ProcessState.ExitCode() != runFailed || !strings.Contains(string(out), "no space left on device") || !strings.Contains(string(out), "cannot write") {
			t.Errorf("with %s: %v: %s", size, err, out)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("with %s a run is there that is not complete", size)
		}
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=10m"); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, runs(dir)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	simtest.Same(t, "after a full disk", simtest.Results(simtest.Files(t, dir)), want)

	// 48 blocks are 24 or 48 kB: more than the config, and less than a checkpoint.
	quota := exec.Command("sh", append([]string{"-c", `ulimit -f 48 && exec "$0" "$@"`, program}, runs(filepath.Join(t.TempDir(), "q"))...)...)
	if out, err := quota.CombinedOutput(); quota.ProcessState.ExitCode() != runFailed || !strings.Contains(string(out), "cannot write a checkpoint: ") || !strings.Contains(string(out), "file too large") {
		t.Errorf("%v: %s", err, out)
	}
}
