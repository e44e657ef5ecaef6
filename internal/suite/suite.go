// Package suite says how much of the test suite is to run, by one switch: the environment
// variable PARTSNET_CAMPAIGN. Where it is unset the suite takes seconds, campaigns are
// skipped, and tests of many cases take a few; "short" runs all cases and the campaigns in
// the form that the continuous checks run, and "full" the form that is run by hand, for hours.
package suite

import (
	"os"
	"testing"
)

// Variable is the environment variable.
const Variable = "PARTSNET_CAMPAIGN"

// Campaign skips the test unless a campaign was asked for, and says how to ask for it.
func Campaign(t testing.TB) {
	t.Helper()
	switch os.Getenv(Variable) {
	case "short", "full":
	case "":
		t.Skipf("a campaign: %s=short runs it, %s=full at length", Variable, Variable)
	default:
		t.Fatalf("%s=%q; allowed is short or full", Variable, os.Getenv(Variable))
	}
}

// Asked reports whether a campaign was asked for, short or full.
func Asked() bool { return os.Getenv(Variable) != "" }

// Cases returns how many cases of a test run: few, or all where a campaign was asked for.
func Cases(few, all int) int {
	if Asked() {
		return all
	}
	return few
}

// Brief reports whether a test may leave out most of its cases: with -short, where no
// campaign was asked for. It is for packages that the continuous checks test with -short on
// an emulated processor, as part of a campaign; elsewhere testing.Short says the same.
func Brief() bool { return testing.Short() && !Asked() }

// Full reports whether the long form was asked for.
func Full() bool { return os.Getenv(Variable) == "full" }
