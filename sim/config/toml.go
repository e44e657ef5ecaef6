package config

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

// Document is a TOML text that was read: its values by dotted key, and the line of each.
type Document struct {
	Values map[string]any // of the keys that are not tables
	Lines  map[string]int // of keys and of the headers of tables; 0 where a table has none
	Tables map[string]any // values as the text nests them
}

// Parse reads a TOML text. The error names file, line and column and shows the place.
func Parse(file string, text []byte) (*Document, error) {
	root := map[string]toml.Primitive{}
	meta, err := toml.Decode(string(withoutMark(text)), &root)
	if err != nil {
		return nil, syntaxError(file, text, err)
	}
	d := &Document{Values: map[string]any{}, Lines: map[string]int{}, Tables: map[string]any{}}
	return d, d.walk(&meta, "", root, d.Tables)
}

// walk reads the keys of a table.
func (d *Document) walk(meta *toml.MetaData, prefix string, table map[string]toml.Primitive, into map[string]any) error {
	for name, p := range table {
		key := prefix + name
		var at located
		var place toml.ParseError
		if err := meta.PrimitiveDecode(p, &at); !errors.As(err, &place) {
			return fmt.Errorf("%s: its line is unknown: %w", key, err)
		}
		d.Lines[key] = place.Position.Line
		if items, isList := at.value.([]map[string]any); isList {
			if err := d.walkItems(meta, key, p, len(items)); err != nil {
				return err
			}
		}
		if _, isTable := at.value.(map[string]any); !isTable {
			d.Values[key], into[name] = at.value, at.value
			continue
		}
		below, values := map[string]toml.Primitive{}, map[string]any{}
		if err := meta.PrimitiveDecode(p, &below); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		into[name] = values
		if err := d.walk(meta, key+".", below, values); err != nil {
			return err
		}
	}
	return nil
}

// walkItems reads the lines of the keys of a list of tables, as key[1].name.
func (d *Document) walkItems(meta *toml.MetaData, key string, list toml.Primitive, count int) error {
	items := make([]map[string]toml.Primitive, 0, count)
	if err := meta.PrimitiveDecode(list, &items); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	below := &Document{Values: map[string]any{}, Lines: d.Lines}
	for k, item := range items {
		if err := below.walk(meta, fmt.Sprintf("%s[%d].", key, k+1), item, map[string]any{}); err != nil {
			return err
		}
	}
	return nil
}

// located is a value that refuses to be decoded, because the error tells the line of the
// value, which the reader does not tell otherwise.
type located struct{ value any }

var errLocated = errors.New("here")

// UnmarshalTOML keeps the value and refuses it.
func (l *located) UnmarshalTOML(value any) error {
	l.value = value
	return errLocated
}

// syntaxError returns an error with the position of invalid TOML, its line and a mark.
func syntaxError(file string, text []byte, err error) error {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return fmt.Errorf("%s: invalid TOML: %w", file, err)
	}
	if cut := bytes.HasSuffix(text, []byte{'\\'}) && strings.HasPrefix(parse.Message, "invalid escape"); cut || parse.Position.Line < 1 {
		// Of an escape that the end of the text cuts off the reader tells the line before, and
		// panics where there is none when it draws the excerpt. The end is in the last line.
		return fmt.Errorf("%s:%d: invalid TOML: %s", file, bytes.Count(text, []byte{'\n'})+1, parse.Message)
	}
	excerpt := ""
	if _, after, ok := strings.Cut(parse.ErrorWithPosition(), "\n\n"); ok {
		excerpt = "\n" + strings.TrimRight(after, "\n")
	}
	return fmt.Errorf("%s:%d:%d: invalid TOML: %s%s", file, parse.Position.Line, parse.Position.Col, parse.Message, excerpt)
}

// withoutMark returns the text without the byte order mark that some editors write.
func withoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// Value returns the value of a text that is TOML, or the text itself.
func Value(text string) any {
	var v map[string]any
	if _, err := toml.Decode("v = "+text, &v); err != nil || len(v) != 1 {
		return text
	}
	return v["v"]
}

// Quote writes a text as a basic string of TOML. Go's own quotation has escapes that
// TOML does not know (\a, \v, \x).
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(text, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
