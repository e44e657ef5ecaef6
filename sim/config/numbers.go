package config

import (
	"fmt"
	"strings"
)

// Numbers is a list of at most the given number of numbers from lo to hi.
func Numbers(key string, p *[]float64, lo, hi float64, most int, doc string) Field {
	return Field{List: true, Key: key, Doc: doc, Allowed: fmt.Sprintf("a list of at most %d numbers from %v to %v", most, lo, hi),
		Accept: func(v any) bool {
			list, ok := v.([]any)
			numbers := []float64{}
			for _, item := range list {
				var x float64
				ok = ok && Number(key, &x, lo, hi, doc).Accept(item)
				numbers = append(numbers, x)
			}
			if !ok || len(numbers) > most {
				return false
			}
			*p = numbers
			return true
		},
		Literal: func() string {
			text := make([]string, len(*p))
			for k, x := range *p {
				text[k] = float(x)
			}
			return "[" + strings.Join(text, ", ") + "]"
		}}
}

// Pairs is a list of at most the given number of pairs of integers from 0 to hi.
func Pairs(key string, p *[][2]int, hi int64, most int, doc string) Field {
	return Field{Key: key, Doc: doc, Allowed: fmt.Sprintf("a list of at most %d pairs [FROM, TO] of integers from 0 to %d", most, hi),
		Accept: func(v any) bool {
			list, ok := v.([]any)
			pairs := [][2]int{}
			for _, item := range list {
				var pair []int
				ok = ok && Integers(key, &pair, 0, hi, 2, false, doc).Accept(item) && len(pair) == 2
				if ok {
					pairs = append(pairs, [2]int(pair))
				}
			}
			if !ok || len(pairs) > most {
				return false
			}
			*p = pairs
			return true
		},
		Literal: func() string {
			text := make([]string, len(*p))
			for k, x := range *p {
				text[k] = fmt.Sprintf("[%d, %d]", x[0], x[1])
			}
			return "[" + strings.Join(text, ", ") + "]"
		}}
}
