package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Tables is a list of at most the given number of tables, each of which is read by the fields of an
// item. Those of an item that is not read yet have its defaults. The keys of an item may not
// contain dots.
//
// In a file the list is written as one [[key]] for each item, or as one list of inline tables,
// which is how a command line and [Write] have it: key = [{kind = "a", from = 3}].
func Tables[E any](key string, p *[]E, most int, usual func() E, fields func(*E) []Field, doc string) Field {
	read := func(v any) (items []E, err error) {
		tables, ok := tablesOf(v)
		if !ok {
			return nil, fmt.Errorf("%s = %s; allowed is a list of tables, such as %s = [%s]", key, Literal(v), key, form(fields, usual))
		}
		if len(tables) > most {
			return nil, fmt.Errorf("%s has %d tables; allowed are at most %d", key, len(tables), most)
		}
		items = []E{}
		var wrong []error
		for k, t := range tables {
			item := usual()
			table := fields(&item)
			for _, name := range slices.Sorted(maps.Keys(t)) {
				if err := Set(table, name, t[name]); err != nil {
					path := fmt.Sprintf("%s[%d].%s", key, k+1, name)
					wrong = append(wrong, &ItemError{path, errors.New(inItem(err, fmt.Sprintf("%s[%d]", key, k+1), name))})
				}
			}
			items = append(items, item)
		}
		return items, errors.Join(wrong...)
	}
	return Field{Key: key, Doc: doc, Allowed: fmt.Sprintf("a list of at most %d tables with some of the keys %s", most, keysOf(fields, usual)), Items: itemsOf(fields, usual),
		Accept: func(v any) bool {
			items, err := read(v)
			if err == nil {
				*p = items
			}
			return err == nil
		},
		Why: func(v any) error { _, err := read(v); return err },
		Literal: func() string {
			texts := make([]string, len(*p))
			for k := range *p {
				texts[k] = inline(fields, usual, &(*p)[k])
			}
			return "[" + strings.Join(texts, ", ") + "]"
		}}
}

// ItemError is an error of one key of an item of a list of tables.
type ItemError struct {
	Key string // such as event[2].kind, the items counted from 1
	Err error
}

func (e *ItemError) Error() string { return e.Err.Error() }
func (e *ItemError) Unwrap() error { return e.Err }

// Located returns the errors of a key, which an error may join, each with the line of its own key in
// the file.
func (d *Document) Located(file, key string, err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, d.Located(file, key, e))
		}
		return errors.Join(all...)
	}
	line := d.Lines[key]
	if item := new(ItemError); errors.As(err, &item) && d.Lines[item.Key] > 0 {
		line = d.Lines[item.Key]
	}
	return fmt.Errorf("%s:%d: %w", file, line, err)
}

// tablesOf returns the tables of a list, as TOML reads one that is written in either form.
func tablesOf(v any) ([]map[string]any, bool) {
	switch list := v.(type) {
	case []map[string]any:
		return list, true
	case []any:
		tables := []map[string]any{}
		for _, item := range list {
			t, ok := item.(map[string]any)
			if !ok {
				return nil, false
			}
			tables = append(tables, t)
		}
		return tables, true
	}
	return nil, false
}

// inItem returns the text of an error of a key of an item, with the key named as in the file.
func inItem(err error, item, key string) string {
	if rest, ok := strings.CutPrefix(err.Error(), key+" = "); ok {
		return item + "." + key + " = " + rest
	}
	return item + ": " + err.Error()
}

// inline writes an item as an inline table with the keys that differ from their defaults.
func inline[E any](fields func(*E) []Field, usual func() E, item *E) string {
	was := usual()
	var pairs []string
	for k, f := range fields(&was) {
		if now := fields(item)[k].Literal(); now != f.Literal() {
			pairs = append(pairs, f.Key+" = "+now)
		}
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// itemsOf describes the keys of an item.
func itemsOf[E any](fields func(*E) []Field, usual func() E) []Key {
	item := usual()
	return Keys(fields(&item))
}

// keysOf names them.
func keysOf[E any](fields func(*E) []Field, usual func() E) string {
	var keys []string
	for _, k := range itemsOf(fields, usual) {
		keys = append(keys, k.Name)
	}
	return strings.Join(keys, ", ")
}

// form shows the first key of an item.
func form[E any](fields func(*E) []Field, usual func() E) string {
	item := usual()
	f := fields(&item)[0]
	value := f.Literal()
	if len(f.Values) > 0 {
		value = Quote(f.Values[0])
	}
	return "{" + f.Key + " = " + value + "}"
}
