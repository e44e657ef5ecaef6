package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"partsnet/internal/kernel"
	"partsnet/internal/nearest"
)

// run runs one command line and returns the exit code: results go to stdout, progress
// and errors to stderr. The context ends a command early.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(append([]string{}, args...)) // not nil, for which cobra takes os.Args
	root.SetOut(stdout)
	root.SetErr(stderr)
	return exit(ctx, root.ExecuteContext(ctx), stderr)
}

// The groups of commands in the help.
const (
	training = "training"
	trained  = "trained"
	looking  = "looking"
	others   = "others"
)

// newRoot returns the program with all commands.
func newRoot() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:           "partsnet",
		Short:         "simulate neural networks that learn the parts of objects",
		Long:          "partsnet simulates neural networks that learn the parts of objects. Firing rates are never negative and a synapse never changes its sign.",
		Example:       "partsnet run faces                             # train on generated faces\npartsnet run table --set stimulus.path=V.csv   # on your own data\npartsnet list                                  # the experiments that ship",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case version && len(args) == 0:
				return printVersion(c.OutOrStdout(), false)
			case len(args) > 0:
				return noCommand(c, args)
			}
			writeHelp(c, c.ErrOrStderr())
			return refused(errReported)
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return refused(kernel.Environment()) },
	}
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddGroup(&cobra.Group{ID: training, Title: "Train"}, &cobra.Group{ID: trained, Title: "Use a trained network"},
		&cobra.Group{ID: looking, Title: "Experiments and data"}, &cobra.Group{ID: others, Title: "Other"})
	root.SetHelpCommand(newHelp())
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { writeHelp(c, c.OutOrStdout()) })
	root.AddCommand(newRun(), newParts(), newSweep(), newScore(), newRecognise(), newProbe(), newWords(), newVerify(), newCompare(), newReport(), newCite(),
		newList(), newShow(), newLook(), newCheck(), newData(), newBench(), newVersion(), newCompletion(), jsonTopic(), environmentTopic())
	for _, c := range all(root) {
		prepare(c)
	}
	return root
}

// all returns a command and those below it.
func all(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		list = append(list, all(sub)...)
	}
	return list
}

// prepare gives a command what all have: wrong flags and arguments are errors
// of the request, and --help is described as the other flags are.
func prepare(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	c.Flags().SortFlags = false
	c.Flags().BoolP("help", "h", false, "print this help")
	c.SetFlagErrorFunc(wrongFlag)
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			return refused(check(c, args))
		}
	}
}

// wrongFlag says which flag is wrong. An unknown command is the first thing to say of a
// line like "partsnet rum --out x", whose flags are those of no command.
func wrongFlag(c *cobra.Command, err error) error {
	if args := c.Flags().Args(); c == c.Root() && len(args) > 0 {
		return noCommand(c, args)
	}
	if _, flag, ok := strings.Cut(err.Error(), " in -"); ok && len(flag) > 1 {
		if name, _, _ := strings.Cut(flag, "="); c.Flags().Lookup(name) != nil {
			return refusef("-%s is written --%s; see %s --help", name, name, c.CommandPath())
		}
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown flag: --"); ok {
		if near := nearest.Name(name, flagNames(c)); near != "" {
			return refusef("there is no flag --%s; did you mean --%s? See %s --help", name, near, c.CommandPath())
		}
	}
	return refusef("%w; see %s --help", err, c.CommandPath())
}

// noCommand returns the error that the first argument is not a command.
func noCommand(c *cobra.Command, args []string) error {
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden && sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	if near := nearest.Name(args[0], names); near != "" {
		return refusef("there is no command %q; did you mean %s? See %s --help", args[0], near, c.CommandPath())
	}
	if len(names) == 0 {
		return refusef("%s takes no argument %q; see %s --help", c.CommandPath(), args[0], c.CommandPath())
	}
	slices.Sort(names)
	return refusef("there is no command %q; there are %s", args[0], strings.Join(names, ", "))
}

// group is the RunE of a command that only has subcommands: without an argument it prints
// its help on stderr.
func group(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return noCommand(c, args)
	}
	writeHelp(c, c.ErrOrStderr())
	return refused(errReported)
}

// takes checks that a command has from least to most arguments, which the text names;
// most < 0 sets no limit.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		for _, a := range args[min(len(args), least):] {
			if key, _, ok := strings.Cut(a, "="); ok && c.Flags().Lookup("set") != nil && key != "" {
				return errors.New("write a setting as --set " + quoted([]string{a}))
			}
		}
		if set := c.Flags().Lookup("set"); set != nil {
			if list, err := c.Flags().GetStringArray("set"); err == nil {
				for _, s := range list {
					if !strings.Contains(s, "=") && len(args) > least {
						return errors.New("write a setting as --set " + quoted([]string{s + "=" + args[len(args)-1]}) + ", with = and no blank")
					}
				}
			}
		}
		return errors.New(c.Name() + ": expected " + what + ", got " + arguments(len(args)) + "; see " + c.CommandPath() + " --help")
	}
}

// arguments returns a number of arguments in words.
func arguments(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "1 argument"
	}
	return strconv.Itoa(n) + " arguments"
}

// flagNames returns the names of the flags of a command.
func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
