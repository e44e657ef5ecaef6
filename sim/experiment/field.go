package experiment

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// field is one key: how it is called, what it means, how it is set from a TOML
// value and written as one.
type field struct {
	key, doc, allowed string
	set               func(value any) bool // false if the value is not allowed
	literal           func() string
	list              bool     // whether the value is a list
	options           []string // the values, or those that a list may hold, where they can be listed; or nil
}

func integer[I int | int64](key string, p *I, lo, hi int64, doc string) field {
	return field{key: key, doc: doc, allowed: fmt.Sprintf("an integer from %d to %d", lo, hi),
		set: func(v any) bool {
			i, ok := v.(int64)
			if !ok || i < lo || i > hi {
				return false
			}
			*p = I(i)
			return true
		},
		literal: func() string { return strconv.FormatInt(int64(*p), 10) }}
}

// integers is a list of integers, all different where they are numbers of things and not
// sizes.
func integers(key string, p *[]int, lo, hi int64, most int, different bool, doc string) field {
	kind := "integers"
	if different {
		kind = "different integers"
	}
	return field{list: true, key: key, doc: doc, allowed: fmt.Sprintf("a list of at most %d %s from %d to %d", most, kind, lo, hi),
		set: func(v any) bool {
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
		literal: func() string {
			text := make([]string, len(*p))
			for k, i := range *p {
				text[k] = strconv.Itoa(i)
			}
			return "[" + strings.Join(text, ", ") + "]"
		}}
}

func number(key string, p *float64, lo, hi float64, doc string) field {
	return field{key: key, doc: doc, allowed: fmt.Sprintf("a number from %v to %v", lo, hi),
		set: func(v any) bool {
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
		literal: func() string {
			s := strconv.FormatFloat(*p, 'g', -1, 64)
			if *p == math.Trunc(*p) && !strings.ContainsAny(s, ".e") {
				s += ".0"
			}
			return s
		}}
}

// numberAmong is one of some numbers.
func numberAmong(key string, p *float64, options []float64, doc string) field {
	var names []string
	for _, o := range options {
		names = append(names, strconv.FormatFloat(o, 'g', -1, 64))
	}
	var x float64
	f := number(key, &x, options[0], options[len(options)-1], doc)
	set := f.set
	f.options, f.allowed = names, "one of "+strings.Join(names, ", ")
	f.set = func(v any) bool {
		if !set(v) || !slices.Contains(options, x) {
			return false
		}
		*p = x
		return true
	}
	f.literal = number(key, p, 0, 0, doc).literal
	return f
}

func boolean(key string, p *bool, doc string) field {
	return field{key: key, doc: doc, options: []string{"false", "true"}, allowed: "true or false",
		set: func(v any) bool {
			b, ok := v.(bool)
			if ok {
				*p = b
			}
			return ok
		},
		literal: func() string { return strconv.FormatBool(*p) }}
}

func choice(key string, p *string, options []string, doc string) field {
	return field{key: key, doc: doc, options: options, allowed: "one of " + quoted(options),
		set: func(v any) bool {
			s, ok := v.(string)
			if !ok || !slices.Contains(options, s) {
				return false
			}
			*p = s
			return true
		},
		literal: func() string { return basicString(*p) }}
}

// choices is a list of some of the options, each at most once.
func choices(key string, p *[]string, options []string, doc string) field {
	return field{list: true, options: options, key: key, doc: doc, allowed: "a list of some of " + quoted(options),
		set: func(v any) bool {
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
		literal: func() string { return "[" + quoted(*p) + "]" }}
}

// words is a list of names of the user's own, each at most once.
func words(key string, p *[]string, doc string) field {
	return field{list: true, key: key, doc: doc, allowed: "a list of names",
		set: func(v any) bool {
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
		literal: func() string { return "[" + quoted(*p) + "]" }}
}

// What a name may consist of, and its greatest length.
const (
	nameRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
	maxName   = 80
)

// identifier is a name that can also stand in a path.
func identifier(key string, p *string, doc string) field {
	return field{key: key, doc: doc, allowed: "1 to 80 letters, digits, '-', '_' and '.', not beginning with '.'",
		set: func(v any) bool {
			s, ok := v.(string)
			if !ok || s == "" || len(s) > maxName || s[0] == '.' || strings.Trim(s, nameRunes) != "" {
				return false
			}
			*p = s
			return true
		},
		literal: func() string { return basicString(*p) }}
}

// freeText is a text of any content.
func freeText(key string, p *string, doc string) field {
	return field{key: key, doc: doc, allowed: "a text",
		set: func(v any) bool {
			s, ok := v.(string)
			if ok {
				*p = s
			}
			return ok
		},
		literal: func() string { return basicString(*p) }}
}

func quoted(options []string) string {
	var q []string
	for _, o := range options {
		q = append(q, basicString(o))
	}
	return strings.Join(q, ", ")
}

// literal writes a value as TOML has it, for messages.
func literal(value any) string {
	switch v := value.(type) {
	case string:
		return basicString(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = literal(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return fmt.Sprint(value)
}
