package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"partsnet/internal/wrap"
)

// screen is how much a command prints.
type screen struct{ quiet, verbose, json bool }

// The flags of a screen.
const (
	quietFlag   = "quiet"
	verboseFlag = "verbose"
	jsonFlag    = "json"
)

// add adds --quiet, --verbose and --json. What says what
// --quiet leaves on stdout.
func (s *screen) add(c *cobra.Command, what string) {
	c.Flags().BoolVarP(&s.quiet, quietFlag, "q", false, "no progress; print "+what)
	c.Flags().BoolVarP(&s.verbose, verboseFlag, "v", false, "print everything that is known of the result")
	s.addJSON(c)
}

// check refuses flags that contradict each other.
func (s *screen) check() error {
	switch {
	case s.quiet && s.verbose:
		return refusef("--quiet and --verbose exclude each other")
	case s.json && s.verbose:
		return refusef("--json prints everything; leave --verbose out")
	}
	return nil
}

// addJSON adds --json.
func (s *screen) addJSON(c *cobra.Command) {
	c.Flags().BoolVar(&s.json, jsonFlag, false, "print the result as JSON; 'partsnet help json' describes the fields")
}

// printJSON prints a value as indented JSON.
func printJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// finite returns a pointer to x, nil (null in JSON) where x is NaN or infinite.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// labelWidth is the column at which the text of a summary's line begins.
const labelWidth = 11

// labelled prints a line of a summary, wrapped to the width of the terminal.
func labelled(w io.Writer, label, format string, args ...any) {
	fmt.Fprintf(w, "%-*s%s\n", labelWidth, label, wrap.Text(fmt.Sprintf(format, args...), widthOf(w), labelWidth))
}
