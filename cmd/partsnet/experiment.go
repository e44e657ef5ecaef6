package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/internal/nearest"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// settings adds the flag --set, which may be given several times.
func settings(c *cobra.Command, set *[]string) {
	c.Flags().StringArrayVarP(set, "set", "s", nil, "set a `key=value` of the experiment, over what its file says; may be repeated")
	_ = c.RegisterFlagCompletionFunc("set", completeSetting)
}

// readExperiment returns the experiment of a file, or the shipped one of a name, with
// settings over it.
func readExperiment(ctx context.Context, name string, set []string) (*experiment.Experiment, error) {
	text, err := sourceOf(ctx, name)
	if err != nil {
		return nil, refusedUnless(ctx, err)
	}
	x, err := experiment.ReadContext(ctx, name, text, set)
	return x, refusedUnless(ctx, err)
}

// refusedUnless is [refused], but of a context that has ended, which is an interruption: nothing
// was wrong with the request.
func refusedUnless(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return &outcome.Interrupted{}
	}
	return refused(err)
}

// sourceOf returns the text of an experiment: a file, or one that ships. A folder is no experiment:
// beside a folder of images that is called so, "images" is the one that ships.
func sourceOf(ctx context.Context, name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() && slices.Contains(experiment.Shipped().Names(), name) {
		return experiment.Shipped().ReadFile(name + ".toml")
	}
	if err := isData(ctx, name); err != nil {
		return nil, err
	}
	return textOf(name, experiment.Shipped(), "experiment")
}

// textOf returns the text of a file or, if no file has that name, of a shipped one. The
// error tells scores from experiments and suggests a similar name.
func textOf(name string, shipped configs.Set, kind string) ([]byte, error) {
	text, err := os.ReadFile(name)
	switch {
	case err == nil && kind == "experiment" && tasks.Match(text):
		return nil, fmt.Errorf("%s is a score, not an experiment; run it with: %s", name, commandLine("score", name))
	case err == nil:
		return text, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read the %s: %w", kind, err)
	}
	if text, err := shipped.ReadFile(name + ".toml"); err == nil {
		return text, nil
	}
	wanted := "a " + kind
	if kind == "experiment" {
		wanted = "an " + kind
	}
	if _, err := configs.Scores.ReadFile(name + ".toml"); err == nil {
		return nil, fmt.Errorf("%s is a score, not %s; run it with: %s", name, wanted, commandLine("score", name))
	}
	if _, err := configs.Probes.ReadFile(name + ".toml"); err == nil {
		return nil, fmt.Errorf("%s is a probe, not %s; run it with: %s", name, wanted, commandLine("probe", "RUN", name))
	}
	if _, err := experiment.Shipped().ReadFile(name + ".toml"); err == nil {
		return nil, fmt.Errorf("%s is an experiment, not %s; run it with: %s", name, wanted, commandLine("run", name))
	}
	if strings.EqualFold(filepath.Ext(name), ".toml") {
		if near := nearest.Name(name, neighbours(name)); near != "" {
			return nil, fmt.Errorf("there is no file %s; did you mean %s?", name, quoted([]string{near}))
		}
		return nil, fmt.Errorf("there is no file %s; 'partsnet list' names the %ss that ship", name, kind)
	}
	if near := nearest.Name(name, shipped.Names()); near != "" {
		return nil, fmt.Errorf("there is no file and no shipped %s %q; did you mean %s? 'partsnet list' names those that ship", kind, name, quoted([]string{near}))
	}
	return nil, fmt.Errorf("there is no file and no shipped %s %q; 'partsnet list' names those that ship", kind, name)
}

// tasks is what tells the text of a score from that of an experiment.
var tasks = regexp.MustCompile(`(?m)^\s*\[\s*tasks\s*\.`)

// neighbours returns the TOML files of the folder of a path.
func neighbours(path string) []string {
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.toml"))
	if err != nil {
		return nil
	}
	return files
}

// isData returns an error that says how to learn from a file or folder of stimuli, or how
// to repeat a run, that is given in place of an experiment. The context ends the look into an
// archive.
func isData(ctx context.Context, name string) error {
	info, err := os.Stat(inputs.FileOf(name))
	if err != nil {
		return nil
	}
	if config := filepath.Join(name, "config.toml"); info.IsDir() && exists(config) {
		return fmt.Errorf("%s is the folder of a run, not an experiment; run it again with: %s", name, commandLine("run", config))
	}
	if recipe, path := recipeFor(ctx, name, info.IsDir()); recipe != "" {
		return fmt.Errorf("%s holds data, not an experiment in TOML; learn from it with: %s", name, commandLine("run", recipe, "--set", "stimulus.path="+path))
	}
	if !info.IsDir() && isBinary(name) {
		return fmt.Errorf("%s is not a text, and an experiment is one in TOML; data are read from %s", name, stimulus.Allowed(append(stimulus.Formats(), text.Formats()...)))
	}
	return nil
}

// isBinary reports whether a file that is not named as TOML begins with what no text has.
func isBinary(name string) bool {
	f, err := os.Open(name)
	if err != nil || strings.EqualFold(filepath.Ext(name), ".toml") {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	for cut := range min(n, utf8.UTFMax) + 1 { // from a character that does not end within the head
		if utf8.Valid(head[:n-cut]) {
			return bytes.IndexByte(head[:n], 0) >= 0
		}
	}
	return true
}

// recipeFor returns the shipped experiment that learns from a file or folder of stimuli, and the
// path from which it does; "" if the name is that of no format. Folders and archives may hold
// images, texts or other files of stimuli, and an image is one stimulus of its folder.
func recipeFor(ctx context.Context, name string, folder bool) (recipe, path string) {
	fits := func(f stimulus.Format) bool { return folder && f.Folder || !folder && f.Fits(inputs.FileOf(name)) }
	all := append(text.Formats(), stimulus.Formats()...)
	if stimulus.IsImage(filepath.Base(name)) && !folder {
		folder, name = true, filepath.Dir(name)
		all = stimulus.Formats()
	} else if !text.Holds(ctx, name) {
		if f, ok := stimulus.FormatHeld(ctx, name); ok && stimulus.HoldsFiles(name) {
			return f.Run, name
		}
		all = stimulus.Formats()
	}
	if k := slices.IndexFunc(all, fits); k >= 0 {
		return all[k].Run, name
	}
	return "", ""
}

// exists reports whether there is a file.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
