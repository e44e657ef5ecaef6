package config

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var span = regexp.MustCompile(`^(-?\d+):(-?\d+)(?::(\d+))?$`)

// List reads values with commas between them, a list as TOML writes it, or a span of integers, both
// ends included, such as 2:12 or, by steps of 2, 2:12:2, of most values at most.
func List(text string, most int64) (any, error) {
	if m := span.FindStringSubmatch(text); m != nil {
		from, err1 := strconv.ParseInt(m[1], 10, 64)
		to, err2 := strconv.ParseInt(m[2], 10, 64)
		step, err3 := strconv.ParseInt(cmp.Or(m[3], "1"), 10, 64)
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, err
		}
		if step == 0 || from > to || (to-from)/step >= most {
			return nil, fmt.Errorf("%s is no span of integers; allowed is FROM:TO or FROM:TO:STEP with FROM ≤ TO, STEP ≥ 1 and at most %d values", text, most)
		}
		values := []any{}
		for x := from; x <= to; x += step {
			values = append(values, x)
		}
		return values, nil
	}
	if list, ok := Value(text).([]any); ok {
		return list, nil
	}
	if list, ok := Value("[" + text + "]").([]any); ok { // values as TOML writes them, lists among them
		return list, nil
	}
	values := []any{}
	for item := range strings.SplitSeq(text, ",") {
		values = append(values, Value(strings.TrimSpace(item)))
	}
	return values, nil
}
