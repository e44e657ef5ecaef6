package stimulus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// readCSV reads one stimulus a line, values parted by commas. A first line that
// holds no number is taken as the names of the neurons and left out.
func readCSV(r io.Reader, source string) (*Set, error) {
	set := &Set{Source: source}
	c := csv.NewReader(r)
	c.ReuseRecord, c.TrimLeadingSpace = true, true
	for first := true; ; first = false {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		if first && !anyNumber(fields) {
			continue
		}
		for j, f := range fields {
			x, err := strconv.ParseFloat(f, 64)
			if err != nil {
				line, column := c.FieldPos(j)
				return nil, fmt.Errorf("%s:%d:%d: %q is no number", source, line, column, f)
			}
			set.Rates = append(set.Rates, x)
		}
		set.Count++
		if len(set.Rates) > MaxValues {
			return nil, fmt.Errorf("%s: more than %d values", source, MaxValues)
		}
	}
	if set.Count == 0 {
		return nil, fmt.Errorf("%s: %w", source, ErrNoStimuli)
	}
	set.Size = len(set.Rates) / set.Count
	return set, nil
}

func anyNumber(fields []string) bool {
	for _, f := range fields {
		if _, err := strconv.ParseFloat(f, 64); err == nil {
			return true
		}
	}
	return false
}
