package config

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Literal writes a value that was read from TOML as TOML again, so that a message repeats
// what the user wrote.
func Literal(value any) string {
	switch v := value.(type) {
	case string:
		return Quote(v)
	case float64:
		return float(v)
	case time.Time:
		return v.Format(layoutOf(v))
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = Literal(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case []map[string]any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = item
		}
		return Literal(items)
	case map[string]any:
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, bareKey(key)+" = "+Literal(v[key]))
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	}
	return fmt.Sprint(value) // integers and booleans
}

// float writes a number that TOML reads as a float.
func float(x float64) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// layoutOf returns the form of a date or time of TOML. The reader marks those without an
// offset from UTC by the name of their location.
func layoutOf(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return time.DateOnly
	case "time-local":
		return "15:04:05.999999999"
	case "datetime-local":
		return "2006-01-02T15:04:05.999999999"
	}
	return time.RFC3339Nano
}

// bareKey returns a key without quotation marks if TOML allows that.
func bareKey(key string) string {
	const bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	if key == "" || strings.Trim(key, bare) != "" {
		return Quote(key)
	}
	return key
}
