package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/internal/nearest"
	"partsnet/internal/wrap"
	"partsnet/sim/dataset"
)

// newData returns the commands that list and fetch public data sets.
func newData() *cobra.Command {
	c := &cobra.Command{
		Use:     "data",
		Short:   "list and fetch public data sets",
		Long:    "List public data sets and fetch them from their publishers, each on its own terms. What was fetched is verified and kept.",
		Example: "partsnet data list\npartsnet data get mit-cbcl-faces",
		GroupID: looking,
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	c.AddCommand(newDataList(), newDataGet())
	return c
}

// dataSet is a public data set, as data list prints it.
type dataSet struct {
	Name    string `json:"name" doc:"name, for data get"`
	What    string `json:"what" doc:"what it is"`
	Terms   string `json:"terms" doc:"terms on which it may be used"`
	State   string `json:"state" doc:"fetched, available, or by hand"`
	Command string `json:"command" doc:"command that learns from it once it is fetched; empty where there is none"`
}

func newDataList() *cobra.Command {
	var screen screen
	c := &cobra.Command{
		Use:               "list",
		Short:             "list the public data sets and their terms",
		Long:              "List the public data sets that can be fetched, and on which terms. What is fetched is kept in the cache of the user.",
		Example:           "partsnet data list\npartsnet data list --json",
		Args:              takes(0, 0, "no argument"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			cache, err := dataset.User()
			if err != nil {
				return refused(err)
			}
			var all []dataSet
			for i := range dataset.Sets {
				all = append(all, describe(&dataset.Sets[i], cache))
			}
			if screen.json {
				return printJSON(c.OutOrStdout(), all)
			}
			printSets(c.OutOrStdout(), all)
			return nil
		},
	}
	screen.addJSON(c)
	return c
}

// describe says of a data set what data list prints.
func describe(s *dataset.Set, cache *dataset.Cache) dataSet {
	d := dataSet{Name: s.Name, What: s.What, Terms: s.Terms, State: "available"}
	if cache.Has(s) {
		d.State = "fetched"
	} else if s.Files == nil {
		d.State = "by hand"
	}
	if command := s.Command("FILE"); command != nil {
		d.Command = commandLine(command...)
	}
	return d
}

func printSets(w io.Writer, all []dataSet) {
	width, longest := widthOf(w), 0
	for _, d := range all {
		longest = max(longest, len(d.Name))
	}
	for _, d := range all {
		state := ""
		if d.State != "available" {
			state = "  (" + d.State + ")"
		}
		fmt.Fprintf(w, "%-*s  %s\n", longest, d.Name, wrap.Text(d.What+state, width, longest+2))
		fmt.Fprintf(w, "%-*s  %s\n", longest, "", wrap.Text(d.Terms, width, longest+2))
	}
}

func newDataGet() *cobra.Command {
	quiet := false
	c := &cobra.Command{
		Use:     "get NAME",
		Short:   "fetch a public data set",
		Long:    "Fetch a public data set from its publisher into the cache of the user, verify it, and print the command that learns from it. What is there already is not fetched again; after an interruption the same command continues.",
		Example: "partsnet data get mit-cbcl-faces",
		Args:    takes(1, 1, "the name of one data set"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for i := range dataset.Sets {
				if s := &dataset.Sets[i]; len(args) == 0 && strings.HasPrefix(s.Name, prefix) {
					names = append(names, cobra.CompletionWithDesc(s.Name, s.What))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			cache, err := dataset.User()
			if err != nil {
				return refused(err)
			}
			s, err := dataset.Named(args[0])
			if err != nil {
				if near := nearest.Name(args[0], setNames()); near != "" {
					return refusef("there is no data set %q; did you mean %s? 'partsnet data list' names those that there are", args[0], near)
				}
				return refused(err)
			}
			return get(c.Context(), cache, s, c.OutOrStdout(), c.ErrOrStderr(), quiet)
		},
	}
	c.Flags().BoolVarP(&quiet, quietFlag, "q", false, "no progress; print only the path of the file")
	return c
}

// setNames returns the names of all data sets.
func setNames() (names []string) {
	for i := range dataset.Sets {
		names = append(names, dataset.Sets[i].Name)
	}
	return names
}

// get fetches a data set and says how to learn from it.
func get(ctx context.Context, cache *dataset.Cache, s *dataset.Set, stdout, stderr io.Writer, quiet bool) error {
	bar := newProgress(stderr, quiet)
	cache.Progress = bar.fetched
	path, err := cache.Get(ctx, s)
	bar.end()
	if err != nil {
		return err
	}
	if quiet {
		_, err := fmt.Fprintln(stdout, path)
		return err
	}
	labelled(stdout, "terms", "%s", s.Terms)
	fmt.Fprintf(stdout, "%-*s%s\n", labelWidth, "file", path)
	if command := s.Command(path); command != nil {
		fmt.Fprintf(stdout, "%-*s%s\n", labelWidth, "learn", commandLine(command...))
	} else {
		labelled(stdout, "note", "%s", strings.TrimSpace(s.Note))
	}
	return nil
}
