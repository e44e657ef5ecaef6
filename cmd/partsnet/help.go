package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/internal/wrap"
)

// newHelp returns the command that explains commands and topics.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "explain a command or a topic",
		Long:    "Explain a command, or one of the topics json and environment. 'partsnet COMMAND --help' prints the same.",
		Example: "partsnet help run\npartsnet help data get\npartsnet help json",
		GroupID: others,
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noCommand(of, rest)
			}
			return of.Help()
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
			of, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, sub := range of.Commands() {
				if !sub.Hidden && strings.HasPrefix(sub.Name(), prefix) {
					names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// writeHelp prints the help of a command, wrapped to the terminal.
func writeHelp(c *cobra.Command, w io.Writer) {
	width := widthOf(w)
	text := c.Long
	if text == "" {
		text = c.Short
	}
	fmt.Fprintf(w, "%s\n", wrap.Text(text, width, 0))
	if c.IsAdditionalHelpTopicCommand() {
		return
	}
	fmt.Fprintf(w, "\nUsage:\n  %s\n", usageLine(c))
	if len(c.Aliases) > 0 {
		fmt.Fprintf(w, "\nAlso written:\n  %s\n", strings.Join(c.Aliases, ", "))
	}
	if c.Example != "" {
		fmt.Fprintf(w, "\nExamples:\n  %s\n", strings.ReplaceAll(c.Example, "\n", "\n  "))
	}
	writeCommands(c, w, width)
	if flags := c.LocalFlags(); flags.HasAvailableFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", flags.FlagUsagesWrapped(min(width, widestHelp)))
	}
	fmt.Fprintf(w, "\n%s\n", wrap.Text(exitCodes, width, 0))
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n%s\n", wrap.Text(fmt.Sprintf("'%s COMMAND --help' explains a command.", c.CommandPath()), width, 0))
	}
}

// usageLine returns how a command is called.
func usageLine(c *cobra.Command) string {
	if c.HasAvailableSubCommands() {
		return c.CommandPath() + " COMMAND"
	}
	line := c.UseLine()
	if !c.HasAvailableFlags() {
		return line
	}
	return strings.TrimSuffix(line, " [flags]") + " [flags]"
}

// writeCommands prints the commands below c, group by group.
func writeCommands(c *cobra.Command, w io.Writer, width int) {
	longest := 0
	for _, sub := range c.Commands() {
		longest = max(longest, len(sub.Name()))
	}
	list := func(title string, wanted func(*cobra.Command) bool) {
		first := true
		for _, sub := range c.Commands() {
			if sub.Hidden || !wanted(sub) {
				continue
			}
			if first {
				fmt.Fprintf(w, "\n%s:\n", title)
				first = false
			}
			fmt.Fprintf(w, "  %-*s  %s\n", longest, sub.Name(), wrap.Text(sub.Short, width, longest+4))
		}
	}
	for _, g := range c.Groups() {
		list(g.Title, func(sub *cobra.Command) bool { return sub.GroupID == g.ID })
	}
	if len(c.Groups()) == 0 {
		list("Commands", func(sub *cobra.Command) bool { return !sub.IsAdditionalHelpTopicCommand() })
	}
	list("Topics (partsnet help TOPIC)", (*cobra.Command).IsAdditionalHelpTopicCommand)
}
