package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/probe"
)

// completeNames completes the first argument: names of shipped files of some kinds and, if
// files is true, TOML files and folders.
func completeNames(files bool, kinds ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []string
		for _, l := range shipped() {
			for _, kind := range kinds {
				if l.Kind == kind && strings.HasPrefix(l.Name, prefix) {
					names = append(names, cobra.CompletionWithDesc(l.Name, l.Title))
				}
			}
		}
		if files {
			names = append(names, paths(prefix, func(path string) bool { return strings.EqualFold(filepath.Ext(path), ".toml") })...)
		}
		return names, directive(names)
	}
}

var (
	completeExperiments = completeNames(true, "experiment")
	completeScores      = completeNames(true, "score")
	completeChecked     = completeNames(true, "experiment", "score")
	completeShipped     = completeNames(false, "experiment", "score")
)

// directive forbids the shell to add file names of its own, and a blank behind a folder.
func directive(names []string) cobra.ShellCompDirective {
	d := cobra.ShellCompDirectiveNoFileComp
	if len(names) == 1 && strings.HasSuffix(names[0], "/") {
		d |= cobra.ShellCompDirectiveNoSpace
	}
	return d
}

// paths returns the folders, with a slash at the end, and the wanted files whose path
// begins with a prefix.
func paths(prefix string, wanted func(path string) bool) (found []string) {
	dir, base := filepath.Split(prefix)
	entries, err := os.ReadDir(filepath.Join(".", dir))
	if filepath.IsAbs(dir) {
		entries, err = os.ReadDir(dir)
	}
	if err != nil {
		return nil
	}
	for _, e := range entries {
		path := dir + e.Name()
		info, err := os.Stat(path)
		switch {
		case err != nil || !strings.HasPrefix(e.Name(), base) || strings.HasPrefix(e.Name(), ".") && base == "":
		case wanted(path):
			found = append(found, path)
		case info.IsDir() && !strings.HasSuffix(path, ".partial"):
			found = append(found, path+"/")
		}
	}
	return found
}

// isRun reports whether a path is the directory of a finished run.
func isRun(path string) bool {
	return exists(filepath.Join(path, "manifest.json")) && exists(filepath.Join(path, "config.toml"))
}

// completeRuns completes the first argument as the directory of a finished run, and
// leaves the data of recognise to the shell, as a file.
func completeRuns(c *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		if (c.Name() == "recognise" || c.Name() == "probe") && len(args) == 1 {
			return nil, cobra.ShellCompDirectiveDefault // data, or a probe
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	found := paths(prefix, isRun)
	if prefix == "" {
		found = append(found, paths("runs/", isRun)...)
	}
	return found, directive(found)
}

// completeSetting completes "key=value" of --set: the key and then its values, if they
// can be listed.
func completeSetting(c *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	key, value, isValue := strings.Cut(prefix, "=")
	var found []string
	for _, k := range keysFor(c, args) {
		switch {
		case isValue && k.Name == key:
			for _, v := range k.Values {
				if strings.HasPrefix(v, value) {
					found = append(found, key+"="+v)
				}
			}
			if len(found) == 0 && strings.HasSuffix(key, ".path") {
				for _, path := range paths(value, func(path string) bool { info, err := os.Stat(path); return err == nil && !info.IsDir() }) {
					found = append(found, key+"="+path)
				}
				return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			}
		case !isValue && strings.HasPrefix(k.Name, key):
			found = append(found, cobra.CompletionWithDesc(k.Name+"=", k.Doc))
		}
	}
	if isValue {
		return found, cobra.ShellCompDirectiveNoFileComp
	}
	return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// keysFor returns the keys that --set knows: of an experiment or, of score, those of the
// score that the arguments name.
func keysFor(c *cobra.Command, args []string) []config.Key {
	switch c.Name() {
	case "score":
	case "probe":
		return append(probe.Keys(), experiment.Keys()...)
	default:
		return experiment.Keys()
	}
	s, err := readScore(context.Background(), append(slices.Clone(args), defaultScore)[0], nil)
	if err != nil {
		return nil
	}
	return s.Keys()
}
