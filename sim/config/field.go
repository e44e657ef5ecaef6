package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Field is one key: its name, its meaning and its allowed values, and how it is read from
// a TOML value and written as one.
type Field struct {
	Key, Doc, Allowed string
	Accept            func(value any) bool  // stores the value; false if it is not allowed
	Why               func(value any) error // why a value is not allowed; nil where Allowed says it all
	Literal           func() string         // the value as TOML
	List              bool                  // whether the value is a list
	Items             []Key                 // the keys of an item, where the value is a list of tables
	Values            []string              // the allowed values, or items of a list, if they can be listed
}

// Integer is an integer from lo to hi.
func Integer[I int | int64](key string, p *I, lo, hi int64, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: fmt.Sprintf("an integer from %d to %d", lo, hi),
		Accept: func(v any) bool {
			i, ok := v.(int64)
			if !ok || i < lo || i > hi {
				return false
			}
			*p = I(i)
			return true
		},
		Literal: func() string { return strconv.FormatInt(int64(*p), 10) }}
}

// Integers is a list of at most the given number of integers from lo to hi, without
// duplicates if they must be different.
func Integers(key string, p *[]int, lo, hi int64, most int, different bool, doc string) Field {
	kind := "integers"
	if different {
		kind = "different integers"
	}
	return Field{List: true, Key: key, Doc: doc, Allowed: fmt.Sprintf("a list of at most %d %s from %d to %d", most, kind, lo, hi),
		Accept: func(v any) bool {
			list, ok := v.([]any)
			chosen := []int{}
			for _, item := range list {
				i, whole := item.(int64)
				ok = ok && whole && i >= lo && i <= hi && !(different && slices.Contains(chosen, int(i)))
				chosen = append(chosen, int(i))
			}
			if !ok || len(chosen) > most {
				return false
			}
			*p = chosen
			return true
		},
		Literal: func() string {
			text := make([]string, len(*p))
			for k, i := range *p {
				text[k] = strconv.Itoa(i)
			}
			return "[" + strings.Join(text, ", ") + "]"
		}}
}

// Number is a number from lo to hi, an integer or a float in TOML.
func Number(key string, p *float64, lo, hi float64, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: fmt.Sprintf("a number from %v to %v", lo, hi),
		Accept: func(v any) bool {
			x, ok := v.(float64)
			if i, isInt := v.(int64); isInt {
				x, ok = float64(i), true
			}
			if !ok || !(x >= lo && x <= hi) {
				return false
			}
			*p = x
			return true
		},
		Literal: func() string { return float(*p) }}
}

// NumberAmong is one of a few numbers in ascending order.
func NumberAmong(key string, p *float64, options []float64, doc string) Field {
	var names []string
	for _, o := range options {
		names = append(names, strconv.FormatFloat(o, 'g', -1, 64))
	}
	var x float64
	f := Number(key, &x, options[0], options[len(options)-1], doc)
	set := f.Accept
	f.Values, f.Allowed = names, "one of "+strings.Join(names, ", ")
	f.Accept = func(v any) bool {
		if !set(v) || !slices.Contains(options, x) {
			return false
		}
		*p = x
		return true
	}
	f.Literal = Number(key, p, 0, 0, doc).Literal
	return f
}

// Boolean is true or false.
func Boolean(key string, p *bool, doc string) Field {
	return Field{Key: key, Doc: doc, Values: []string{"false", "true"}, Allowed: "true or false",
		Accept: func(v any) bool {
			b, ok := v.(bool)
			if ok {
				*p = b
			}
			return ok
		},
		Literal: func() string { return strconv.FormatBool(*p) }}
}

// Choice is one of the options.
func Choice(key string, p *string, options []string, doc string) Field {
	return Field{Key: key, Doc: doc, Values: options, Allowed: "one of " + QuoteAll(options),
		Accept: func(v any) bool {
			s, ok := v.(string)
			if !ok || !slices.Contains(options, s) {
				return false
			}
			*p = s
			return true
		},
		Literal: func() string { return Quote(*p) }}
}

// Choices is a list of some of the options, each at most once.
func Choices(key string, p *[]string, options []string, doc string) Field {
	return Field{List: true, Values: options, Key: key, Doc: doc, Allowed: "a list of some of " + QuoteAll(options),
		Accept: func(v any) bool {
			list, ok := v.([]any)
			chosen := []string{}
			for _, item := range list {
				s, isText := item.(string)
				ok = ok && isText && slices.Contains(options, s) && !slices.Contains(chosen, s)
				chosen = append(chosen, s)
			}
			if ok {
				*p = chosen
			}
			return ok
		},
		Literal: func() string { return "[" + QuoteAll(*p) + "]" }}
}

// Names is a list of names that the user chooses, each at most once.
func Names(key string, p *[]string, doc string) Field {
	return Field{List: true, Key: key, Doc: doc, Allowed: "a list of names",
		Accept: func(v any) bool {
			list, ok := v.([]any)
			chosen := []string{}
			for _, item := range list {
				s, isText := item.(string)
				ok = ok && isText && !slices.Contains(chosen, s)
				chosen = append(chosen, s)
			}
			if ok {
				*p = chosen
			}
			return ok
		},
		Literal: func() string { return "[" + QuoteAll(*p) + "]" }}
}

// NameOrNumber is a name that the user chooses or an integer, and both are kept as a text.
func NameOrNumber(key string, p *string, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: "a name or a number",
		Accept: func(v any) bool {
			s, ok := nameOrNumber(v)
			if ok {
				*p = s
			}
			return ok
		},
		Literal: func() string { return Quote(*p) }}
}

// TextOrNumber is any text, or a whole number, which is the text of its digits.
func TextOrNumber(key string, p *string, doc string) Field {
	f := NameOrNumber(key, p, doc)
	name := f.Accept
	f.Allowed = "a text or a whole number"
	f.Accept = func(v any) bool {
		if v == "" {
			*p = ""
			return true
		}
		return name(v)
	}
	return f
}

// NamesOrNumbers is a list of names or numbers, each at most once.
func NamesOrNumbers(key string, p *[]string, doc string) Field {
	f := Names(key, p, doc)
	names := f.Accept
	f.Allowed = "a list of names or numbers, each at most once"
	f.Accept = func(v any) bool {
		list, ok := v.([]any)
		texts := []any{}
		for _, item := range list {
			s, fits := nameOrNumber(item)
			ok = ok && fits
			texts = append(texts, s)
		}
		return ok && names(texts)
	}
	return f
}

func nameOrNumber(v any) (string, bool) {
	if i, ok := v.(int64); ok {
		return strconv.FormatInt(i, 10), true
	}
	s, ok := v.(string)
	return s, ok && s != ""
}

// The characters of a name, and its maximum length.
const (
	NameRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
	MaxName   = 80
)

// Identifier is a name that is also valid in a path.
func Identifier(key string, p *string, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: "1 to 80 letters, digits, '-', '_' and '.', not beginning with '.'",
		Accept: func(v any) bool {
			s, ok := v.(string)
			if !ok || s == "" || len(s) > MaxName || s[0] == '.' || strings.Trim(s, NameRunes) != "" {
				return false
			}
			*p = s
			return true
		},
		Literal: func() string { return Quote(*p) }}
}

// Text is any text.
func Text(key string, p *string, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: "a text",
		Accept: func(v any) bool {
			s, ok := v.(string)
			if ok {
				*p = s
			}
			return ok
		},
		Literal: func() string { return Quote(*p) }}
}

// QuoteAll writes texts as strings of TOML with commas between them.
func QuoteAll(options []string) string {
	var q []string
	for _, o := range options {
		q = append(q, Quote(o))
	}
	return strings.Join(q, ", ")
}
