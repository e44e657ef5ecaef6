package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are the shells for which there is a completion script, and what writes it.
var shells = []struct {
	name  string
	write func(root *cobra.Command, w io.Writer) error
}{
	{"bash", func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) }},
	{"fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) }},
}

// newCompletion returns the command that prints a completion script.
func newCompletion() *cobra.Command {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "print the completion script of a shell",
		Long: "Print a script that lets a shell complete commands, flags, experiments, run directories, and the keys and values of --set. SHELL is " + strings.Join(names, ", ") + ".\n\n" +
			"For one session of bash: source <(partsnet completion bash). The examples install it for good.",
		Example: "partsnet completion bash > ~/.local/share/bash-completion/completions/partsnet\n" +
			"partsnet completion zsh > \"${fpath[1]}/_partsnet\"\n" +
			"partsnet completion fish > ~/.config/fish/completions/partsnet.fish",
		GroupID:           others,
		Args:              takes(1, 1, "one shell of "+strings.Join(names, ", ")),
		ValidArgsFunction: cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp),
		RunE: func(c *cobra.Command, args []string) error {
			k := slices.Index(names, args[0])
			if k < 0 {
				return refusef("there is no completion for %q; there is one for %s", args[0], strings.Join(names, ", "))
			}
			return shells[k].write(c.Root(), c.OutOrStdout())
		},
	}
}
