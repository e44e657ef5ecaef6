package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"partsnet/sim/dataset"
)

// data runs "data list" and "data get NAME".
func data(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cache, err := dataset.User()
	if err != nil {
		return err
	}
	switch {
	case len(args) == 1 && args[0] == "list":
		for i := range dataset.Sets {
			s, there := &dataset.Sets[i], ""
			if cache.Has(s) {
				there = "  (fetched)"
			} else if s.Files == nil {
				there = "  (by hand)"
			}
			if _, err := fmt.Fprintf(stdout, "%-16s %s%s\n%-16s %s\n", s.Name, s.What, there, "", s.Terms); err != nil {
				return err
			}
		}
		return nil
	case len(args) == 2 && args[0] == "get":
		return get(ctx, cache, args[1], stdout, stderr)
	}
	return errors.New("data takes \"list\", or \"get\" and the name of a data set")
}

func get(ctx context.Context, cache *dataset.Cache, name string, stdout, stderr io.Writer) error {
	s, err := dataset.Named(name)
	if err != nil {
		return err
	}
	bar := newProgress(stderr)
	cache.Progress = bar.fetched
	path, err := cache.Get(ctx, s)
	bar.end()
	if err != nil {
		return failure{err}
	}
	fmt.Fprintf(stdout, "terms      %s\nfile       %s\n", s.Terms, path)
	if command := s.Command(path); command != nil {
		fmt.Fprintf(stdout, "learn      partsnet %s\n", quoted(command))
	} else {
		fmt.Fprintf(stdout, "note       %s\n", s.Note)
	}
	return nil
}

// failure is an error of what was done, not of what was asked for.
type failure struct{ error }

// quoted returns arguments as one types them to a shell.
func quoted(args []string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:,"
	line := make([]string, len(args))
	for i, a := range args {
		if line[i] = a; strings.Trim(a, plain) != "" {
			line[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return strings.Join(line, " ")
}
