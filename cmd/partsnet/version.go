package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/internal/kernel"
	"partsnet/sim/program"
)

// newVersion returns the command that says which program this is.
func newVersion() *cobra.Command {
	var screen screen
	c := &cobra.Command{
		Use:               "version",
		Short:             "print version, revision, Go and instruction set",
		Long:              "Print the version of the program, the revision of its source, the Go that built it, the platform, and the instruction set of the kernels that it uses here.",
		Example:           "partsnet version\npartsnet --version",
		GroupID:           others,
		Args:              takes(0, 0, "no argument"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(c *cobra.Command, _ []string) error { return printVersion(c.OutOrStdout(), screen.json) },
	}
	screen.addJSON(c)
	return c
}

// versions describes the program.
type versions struct {
	Version  string   `json:"version" doc:"version of the module or, without one, revision of the source"`
	Revision string   `json:"revision" doc:"revision of the source; empty where it is not known"`
	Go       string   `json:"go" doc:"version of Go that built the program"`
	Platform string   `json:"platform" doc:"operating system and processor"`
	Kernel   string   `json:"kernel" doc:"instruction set in use"`
	Kernels  []string `json:"kernels" doc:"instruction sets that this machine has"`
}

// printVersion says which program this is.
func printVersion(w io.Writer, asJSON bool) error {
	v := versions{Version: program.Version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Kernel: kernel.Level(), Kernels: kernel.Levels()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
	}
	if asJSON {
		return printJSON(w, v)
	}
	fmt.Fprintf(w, "partsnet %s\n", v.Version)
	if v.Revision != "" && !strings.Contains(v.Version, v.Revision[:min(12, len(v.Revision))]) {
		fmt.Fprintf(w, "revision %s\n", v.Revision)
	}
	fmt.Fprintf(w, "%s %s, kernel %s (of %s)\n", v.Go, v.Platform, v.Kernel, strings.Join(v.Kernels, ", "))
	return nil
}
