package figure

import (
	"io"
	"maps"
	"slices"

	"partsnet/sim/figure/formats"
)

// WriteAll writes figures by their names, in alphabetical order and each in every format, as
// figures/NAME.FORMAT. Write writes a file.
func WriteAll(drawn map[string]*Figure, write func(name string, content func(w io.Writer) error) error) error {
	for _, name := range slices.Sorted(maps.Keys(drawn)) {
		for _, format := range formats.Names {
			if err := write("figures/"+name+"."+format, func(w io.Writer) error { return drawn[name].Write(w, format) }); err != nil {
				return err
			}
		}
	}
	return nil
}
