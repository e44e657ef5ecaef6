package draw

import (
	"io"

	"partsnet/sim/outcome"
)

// AllOfGroups draws the figures of what groups have learned, as [All] does those of an outcome.
func AllOfGroups(g *outcome.Groups, write func(name string, content func(w io.Writer) error) error) error {
	return nil
}
