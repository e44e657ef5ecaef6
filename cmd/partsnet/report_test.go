package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRunWritesItsReport demands that a run writes its report beside its directory, the same that report
// writes afterwards, that --report=false writes none, and that a report that cannot be written leaves the
// run complete.
func TestRunWritesItsReport(t *testing.T) {
	t.Chdir(t.TempDir())
	short := []string{"--set", "stimulus.count=40", "--set", "learning.epochs=5", "--set", "figures=[]"}
	run := func(want int, args ...string) (stdout, stderr string) {
		t.Helper()
		code, stdout, stderr := partsnet(args...)
		if code != want {
			t.Fatalf("%q: exit %d: %s%s", args, code, stdout, stderr)
		}
		return stdout, stderr
	}
	stdout, _ := run(done, append([]string{"run", "bars", "--out", "a"}, short...)...)
	if !strings.HasSuffix(stdout, "report     a-report.html\n") {
		t.Errorf("the summary ends with %q", stdout)
	}
	was, err := os.ReadFile("a-report.html")
	if err != nil {
		t.Fatal(err)
	}
	if stdout, _ := run(done, "report", "a", "--out", "again.html"); !strings.HasPrefix(stdout, "report     again.html, ") {
		t.Errorf("report prints %q", stdout)
	}
	if is, err := os.ReadFile("again.html"); err != nil || string(is) != string(was) {
		t.Errorf("the report of the run and that of partsnet report differ, %v", err)
	}
	if _, stderr := run(done, "verify", "a"); strings.Contains(stderr, "report") {
		t.Errorf("verify: %s", stderr)
	}

	run(done, append([]string{"run", "bars", "--out", "b", "--report=false"}, short...)...)
	if _, err := os.Stat("b-report.html"); err == nil {
		t.Error("--report=false writes a report")
	}
	if err := os.MkdirAll(filepath.Join("c-report.html", "full"), 0o777); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := run(done, append([]string{"run", "bars", "--out", "c"}, short...)...)
	if !strings.Contains(stderr, "there is no report: cannot write c-report.html: ") || !strings.Contains(stderr, "; partsnet report c writes it") || strings.Contains(stdout, "report") {
		t.Errorf("a report that cannot be written: %s%s", stdout, stderr)
	}
	run(done, "verify", "c")

	run(done, append([]string{"run", "synergies", "--out", "d", "--set", `groups.by=["condition"]`, "--set", "groups.learn=alone"}, short[2:]...)...)
	if text, err := os.ReadFile("d-report.html"); err != nil || !strings.Contains(string(text), "groups that learned alone") {
		t.Errorf("the report of groups: %v", err)
	}
	run(badRequest, "report", "a", "--out", "a/report.html")
	run(badRequest, "report", "nothing")
}
