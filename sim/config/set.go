package config

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bare is a value as written on a command line: TOML or a bare word, and for a list also
// bare words with commas between them.
type Bare string

// value returns the value for a field.
func (b Bare) value(f Field) any {
	v := Value(string(b))
	if f.List {
		v = bareList(v)
	}
	return v
}

// Set gives the key of a table its value.
func Set(table []Field, key string, value any) error {
	for _, f := range table {
		if f.Key != key {
			continue
		}
		if bare, ok := value.(Bare); ok {
			if !utf8.ValidString(string(bare)) {
				return fmt.Errorf("%s = %q is not UTF-8, which TOML demands; rename the file, or use a link with a name in UTF-8", key, string(bare))
			}
			value = bare.value(f)
		}
		if !f.Accept(value) {
			if f.Why != nil {
				return f.Why(value)
			}
			return fmt.Errorf("%s = %s; allowed is %s%s", key, Literal(value), f.Allowed, DidYouMean(f.Values, value))
		}
		return nil
	}
	return fmt.Errorf("there is no key %q; %s", key, suggest(table, key))
}

// SetText sets a key from "key=value" as written on a command line.
func SetText(table []Field, setting string) error {
	key, text, ok := strings.Cut(setting, "=")
	key, text = strings.TrimSpace(key), strings.TrimSpace(text)
	if !ok {
		return fmt.Errorf("expected key=value, such as --set %s=VALUE", cmp.Or(key, "seed"))
	}
	return Set(table, key, Bare(text))
}

// KeyOf returns the key of "key=value".
func KeyOf(setting string) string {
	key, _, _ := strings.Cut(setting, "=")
	return strings.TrimSpace(key)
}

// bareList returns the items of a list that was written without quotation marks or
// brackets; it returns a list as it is.
func bareList(value any) any {
	text, ok := value.(string)
	if !ok {
		if _, isList := value.([]any); isList {
			return value
		}
		return []any{value}
	}
	if inner, opened := strings.CutPrefix(text, "["); opened {
		text = strings.TrimSuffix(inner, "]")
	}
	items := []any{}
	for item := range strings.SplitSeq(text, ",") {
		items = append(items, Value(strings.TrimSpace(item)))
	}
	return items
}
