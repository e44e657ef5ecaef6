package figure

import (
	"io"
	"maps"
	"slices"
)

// WriteAll writes figures by their names, in alphabetical order and each in the formats given, as
// figures/NAME.FORMAT. Write writes a file.
func WriteAll(drawn map[string]*Figure, formats []string, write func(name string, content func(w io.Writer) error) error) error {
	for _, name := range slices.Sorted(maps.Keys(drawn)) {
		for _, format := range formats {
			if err := write("figures/"+name+"."+format, func(w io.Writer) error { return drawn[name].Write(w, format) }); err != nil {
				return err
			}
		}
	}
	return nil
}
