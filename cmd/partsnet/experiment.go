package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/internal/nearest"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
)

// settings adds the flag --set, which may be given several times.
func settings(c *cobra.Command, set *[]string) {
	c.Flags().StringArrayVarP(set, "set", "s", nil, "set a `key=value` of the experiment, over what its file says; may be repeated")
	_ = c.RegisterFlagCompletionFunc("set", completeSetting)
}

// readExperiment returns the experiment of a file, or the shipped one of a name, with
// settings over it.
func readExperiment(ctx context.Context, name string, set []string) (*experiment.Experiment, error) {
	text, err := sourceOf(name)
	if err != nil {
		return nil, refused(err)
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

// sourceOf returns the text of an experiment: a file, or one that ships.
func sourceOf(name string) ([]byte, error) {
	if err := isData(name); err != nil {
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
	if _, err := configs.Scores.ReadFile(name + ".toml"); err == nil {
		return nil, fmt.Errorf("%s is a score, not an experiment; run it with: %s", name, commandLine("score", name))
	}
	if _, err := experiment.Shipped().ReadFile(name + ".toml"); err == nil {
		return nil, fmt.Errorf("%s is an experiment, not a score; run it with: %s", name, commandLine("run", name))
	}
	if strings.HasSuffix(name, ".toml") {
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

// recipes are the shipped experiments that learn from a file of the user, by its ending.
var recipes = map[string][]string{
	"table":  {".csv", ".tsv", ".npy", ".npz", ".mat", ".h5", ".hdf5", ".nwb", ".xlsx", ".parquet"},
	"images": {".pgm", ".png", ".jpg", ".jpeg", ".zip", ".tar", ".tgz", ".gz", ".idx"},
	"texts":  {".txt", ".jsonl", ".json"},
}

// isData returns an error that says how to learn from a file or folder of stimuli, or how
// to repeat a run, that is given in place of an experiment.
func isData(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return nil
	}
	if config := filepath.Join(name, "config.toml"); info.IsDir() && exists(config) {
		return fmt.Errorf("%s is the folder of a run, not an experiment; run it again with: %s", name, commandLine("run", config))
	}
	for recipe, ends := range recipes {
		if end := strings.ToLower(filepath.Ext(name)); !info.IsDir() && slices.Contains(ends, end) || info.IsDir() && recipe == "images" {
			return fmt.Errorf("%s holds data, not an experiment in TOML; learn from it with: %s", name, commandLine("run", recipe, "--set", "stimulus.path="+name))
		}
	}
	return nil
}

// exists reports whether there is a file.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
