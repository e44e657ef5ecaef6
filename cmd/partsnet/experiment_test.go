package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// TestDataInPlaceOfAnExperiment gives run a file of every format that stimuli are stored in: it
// names the experiment that ships for the format.
func TestDataInPlaceOfAnExperiment(t *testing.T) {
	t.Chdir(t.TempDir())
	put := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(name, want string) {
		t.Helper()
		if code, _, stderr := partsnet("run", name); code != badRequest || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d, %s; want %q", name, code, stderr, want)
		}
	}
	for _, f := range append(stimulus.Formats(), text.Formats()...) {
		if _, err := configs.Files.ReadFile(f.Run + ".toml"); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Folder {
			continue // archives follow
		}
		for _, end := range f.Endings {
			name := f.Prefix + "_" + end
			put(name, "")
			expect(name, "learn from it with: partsnet run "+f.Run+" --set stimulus.path="+name+"\n")
			if f.Gzip {
				put(strings.ToUpper(name)+".GZ", "")
				expect(strings.ToUpper(name)+".GZ", "partsnet run "+f.Run+" --set")
			}
		}
	}
	put("words/a.txt", "a b")
	put("faces-of-us/a.pgm", "")
	put("images/a.pgm", "")
	put("b.tar", "")
	put("V.mat", "")
	put("a.xlsx", "PK\x03\x04\x00")
	expect("words", "partsnet run texts --set stimulus.path=words\n")
	expect("faces-of-us", "partsnet run images --set stimulus.path=faces-of-us\n")
	expect("images/a.pgm", "partsnet run images --set stimulus.path=images\n")
	expect("b.tar", "partsnet run images --set stimulus.path=b.tar\n")
	expect("V.mat:X", "partsnet run table --set stimulus.path=V.mat:X\n")
	put("a.umlauts", "# "+strings.Repeat("ä", 300)+"\nsed = 1\n")
	expect("a.umlauts", "there is no key \"sed\"")
	expect("a.xlsx", "a.xlsx is not a text, and an experiment is one in TOML; data are read from images (a folder, .zip,")
}

// TestFolderWithTheNameOfAnExperiment: beside a folder that is called images, the experiment images that
// ships can be run and looked at, on that folder too.
func TestFolderWithTheNameOfAnExperiment(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("images", 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c"} {
		if err := os.WriteFile(filepath.Join("images", name+".pgm"), []byte("P5 2 2 255\n"+name+"xyz"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"run", "images", "--set", "stimulus.path=images", "--set", "network.hidden=1", "--set", "learning.epochs=2", "--set", "stimulus.scaling=none", "--set", "figures=[]", "--out", "r"},
		{"look", "images", "--set", "stimulus.scaling=none"},
		{"look", "images/"},
		{"check", "images"},
		{"show", "images"},
	} {
		if code, stdout, stderr := partsnet(args...); code != done {
			t.Errorf("%s: exit %d, %s%s", strings.Join(args, " "), code, stdout, stderr)
		}
	}
}
