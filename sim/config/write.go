package config

import (
	"fmt"
	"strings"
)

// Write returns a table as TOML, with the meaning and the allowed values of every key as a
// comment.
func Write(table []Field) string {
	var b strings.Builder
	section := ""
	for _, f := range table {
		s, key, ok := strings.Cut(f.Key, ".")
		if !ok {
			s, key = "", f.Key
		}
		if s != section {
			section = s
			fmt.Fprintf(&b, "\n[%s]\n", section)
		}
		fmt.Fprintf(&b, "# %s; %s\n", f.Doc, f.Allowed)
		for _, item := range f.Items {
			fmt.Fprintf(&b, "#   %s: %s; %s\n", item.Name, item.Doc, item.Allowed)
		}
		fmt.Fprintf(&b, "%s = %s\n", key, f.Literal())
	}
	return b.String()
}
