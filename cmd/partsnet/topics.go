package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/internal/kernel"
	"partsnet/internal/wrap"
	"partsnet/sim/probe"
)

// summaries are what commands print with --json, by command.
var summaries = []struct {
	command string
	value   any
}{
	{"run", ran{}}, {"run of groups that learn alone", ranGroups{}}, {"sweep", sweptRun{}}, {"sweep --dry-run", plannedSweep{}}, {"score", scored{}}, {"recognise", recognised{}}, {"probe", probe.Summary{}}, {"look", looked{}}, {"verify", verified{}}, {"compare", comparedRuns{}},
	{"list", listed{}}, {"data list", dataSet{}}, {"bench", speeds{}}, {"version", versions{}},
}

// jsonTopic explains the fields that --json prints.
func jsonTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("With --json a command prints its result on stdout as one JSON value; progress and errors stay on stderr. " +
		"A number that is not defined is null. A later version may add fields; those below keep their meaning.\n")
	for _, s := range summaries {
		title := s.command
		if strings.HasSuffix(title, "list") {
			title += " (a list of objects)"
		}
		fmt.Fprintf(&b, "\n%s\n", title)
		for _, f := range documented(s.value) {
			fmt.Fprintf(&b, "  %-14s %s\n", f[0], wrap.Text(f[1], usualWidth, 17))
		}
	}
	return &cobra.Command{Use: "json", Short: "the fields that --json prints", Long: strings.TrimSpace(b.String())}
}

// documented returns name and description of the fields of a struct that is printed as
// JSON.
func documented(value any) (fields [][2]string) {
	t := reflect.TypeOf(value)
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields = append(fields, [2]string{name, t.Field(i).Tag.Get("doc")})
	}
	return fields
}

// environmentTopic explains the variables that the program reads.
func environmentTopic() *cobra.Command {
	return &cobra.Command{Use: "environment", Short: "environment variables", Long: fmt.Sprintf(
		`%s    forces an instruction set: %s. Results differ between them by
                     rounding; 'portable' gives the same bits on every machine.
GOMAXPROCS           processors to use; results do not depend on it.
XDG_CACHE_HOME       where 'partsnet data get' keeps what it fetches.
TERM=dumb            progress as plain lines, as off a terminal.
NO_COLOR             nothing to do: partsnet prints no colours.`, kernel.Variable, strings.Join(kernel.Levels(), ", "))}
}
