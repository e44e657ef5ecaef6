package stimulus

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// separators of the values of a line; where several would do, the first of them is taken.
const separators = "\t;,| "

// separatorNames are the separators in words.
var separatorNames = map[byte]string{'\t': "tabs", ';': "semicolons", ',': "commas", ' ': "spaces", '|': "vertical bars", ':': "colons"}

// separatorOf returns the separator of the first lines: the one that cuts all of them into
// equally many fields, of which the most are numbers. The first line may have one field less.
// Where none does that, it is the first of [separators] in the first line, and a comma where
// there is none. Where decimal marks are commas, those between values stand between quotes.
func separatorOf(sample [][]byte, decimal string) byte {
	best, most := byte(0), -1.0
	order := []byte(separators)
	if decimal == "," {
		order = []byte("\t;| ,")
		if !slices.ContainsFunc(sample, func(line []byte) bool { return bytes.IndexByte(line, '"') >= 0 }) {
			order = order[:4]
		}
	}
	for _, mark := range order {
		if share, ok := cuts(sample, mark); ok && share > most {
			best, most = mark, share
		}
	}
	if best != 0 {
		return best
	}
	found := len(order)
	if len(sample) > 0 {
		for _, c := range outside(sample[0]) {
			if i := bytes.IndexByte(order, c); i >= 0 {
				found = min(found, i)
			}
		}
	}
	switch {
	case found < len(order):
		return order[found]
	case decimal == ",":
		return ';'
	}
	return ','
}

// outside returns a line without what is in quotes.
func outside(line []byte) (out []byte) {
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			out = append(out, c)
		}
	}
	return out
}

// cuts reports whether a separator cuts lines into equally many fields, two at least, and which
// share of these behind the first line are numbers.
func cuts(sample [][]byte, mark byte) (share float64, ok bool) {
	width, numeric, fields := 0, 0, 0
	for k, line := range sample {
		cells := split(line, mark)
		switch {
		case k == 0:
			width = len(cells)
		case k == 1 && len(cells) == width+1:
			width++
		}
		if k > 0 && len(cells) != width {
			return 0, false
		}
		if k == 0 && len(sample) > 1 {
			continue
		}
		for _, c := range cells {
			fields++
			if looksLikeNumber(c) {
				numeric++
			}
		}
	}
	return float64(numeric) / float64(max(1, fields)), width > 1
}

// split cuts a line at a separator outside of quotes.
func split(line []byte, mark byte) []string {
	t := tidyLines{separator: mark}
	r := csv.NewReader(bytes.NewReader(t.tidy(line)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rune(mark), true, -1
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	return cells
}

// numbers says how a field is read as a number.
type numbers struct {
	decimal   byte
	thousands byte // 0 where there is no mark between thousands
}

// errNumber is what is wrong with a field that is a number in no way of writing one.
var errNumber = errors.New("is not a number")

// parse returns the number of a field.
func (n numbers) parse(field string) (float64, error) {
	if n.decimal != ',' && n.thousands == 0 {
		return strconv.ParseFloat(field, 64)
	}
	if n.thousands != 0 {
		whole, rest := field, ""
		if i := strings.IndexAny(field, string(n.decimal)+"eE"); i >= 0 {
			whole, rest = field[:i], field[i:]
		}
		if n.thousands == ' ' {
			whole = hardSpaces.Replace(whole)
		}
		if strings.IndexByte(whole, n.thousands) >= 0 {
			if !groups(whole, n.thousands) {
				return 0, errNumber
			}
			whole = strings.ReplaceAll(whole, string(n.thousands), "")
		}
		field = whole + rest
	}
	if n.decimal == ',' {
		if strings.IndexByte(field, '.') >= 0 {
			return 0, errNumber
		}
		field = strings.Replace(field, ",", ".", 1)
	}
	return strconv.ParseFloat(field, 64)
}

// hardSpaces makes spaces of those at which no line may be broken.
var hardSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ")

// groups reports whether digits stand in groups of three.
func groups(whole string, mark byte) bool {
	parts := strings.Split(strings.TrimLeft(whole, "+-"), string(mark))
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(parts[0]) && len(parts[0]) <= 3 && !slices.ContainsFunc(parts[1:], func(p string) bool { return len(p) != 3 || !digits(p) })
}

// The ways in which numbers with marks are written. A field of commaGroups may also be one
// with a decimal comma.
var (
	commaDecimal = regexp.MustCompile(`^[+-]?\d*,\d+([eE][+-]?\d+)?$`)
	commaGroups  = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(,\d{3})+$`)
	commaPoint   = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+\.\d*$`)
	pointComma   = regexp.MustCompile(`^[+-]?\d{1,3}(\.\d{3})+,\d+$`)
	pointGroups  = regexp.MustCompile(`^[+-]?\d{1,3}(\.\d{3}){2,}$`)
	otherGroups  = regexp.MustCompile(`^[+-]?\d{1,3}([ '’\x{a0}\x{202f}\x{2009}]\d{3})+([.,]\d+)?$`)
	pointDecimal = regexp.MustCompile(`^[+-]?\d*\.\d+([eE][+-]?\d+)?$`)
)

// looksLikeNumber reports whether a field is a number in some way of writing one.
func looksLikeNumber(field string) bool {
	_, err := strconv.ParseFloat(field, 64)
	return err == nil || isMissing(field) || commaDecimal.MatchString(field) || commaGroups.MatchString(field) ||
		commaPoint.MatchString(field) || pointComma.MatchString(field) || pointGroups.MatchString(field) || otherGroups.MatchString(field)
}

// isMissing reports whether a field stands for a value that is missing.
func isMissing(field string) bool {
	return slices.Contains([]string{"", "na", "nan", "n/a", "#n/a", "-", ".", "null", "none", "nil", "?"}, strings.ToLower(field))
}

// numbersOf returns how the numbers of a table are written, where that is left open from its
// first lines: with decimal commas if there are numbers that nothing else explains, and none
// with a decimal point.
func numbersOf(sample []record, how Table, separator byte) (numbers, error) {
	n := numbers{decimal: '.'}
	switch how.Thousands {
	case "", None:
	case Space:
		n.thousands = ' '
	default:
		n.thousands = how.Thousands[0]
	}
	var comma, point string // where there is a number with that mark
	commas := false
	for _, rec := range sample {
		for k, field := range rec.fields {
			commas = commas || strings.IndexByte(field, ',') >= 0
			at := fmt.Sprintf("%q in line %d, column %d", field, rec.line, k+1)
			if comma == "" && commaDecimal.MatchString(field) && !commaGroups.MatchString(field) {
				comma = at
			}
			if point == "" && pointDecimal.MatchString(field) {
				point = at
			}
		}
	}
	switch {
	case how.Decimal == "," && separator == ',' && !commas:
		return n, errors.New(`the values are separated by commas, and stimulus.decimal = "," makes the same commas decimal marks; allowed with it are values in quotes, and values separated by tabs, semicolons or spaces`)
	case how.Decimal == ",":
		n.decimal = ','
	case how.Decimal == ".", comma == "", n.thousands == ',', separator == ',': // that is left to a key
	case point != "":
		return n, fmt.Errorf(`there are numbers with a decimal comma (%s) and with a decimal point (%s); stimulus.decimal = "," or "." says which is the decimal mark, and stimulus.thousands which stands between thousands`, comma, point)
	default:
		n.decimal = ','
	}
	return n, nil
}

// explain says why a field is not a number, and which key makes it one.
func (n numbers) explain(field string) error {
	mark := fmt.Sprintf("%q is not a number with the decimal mark %q", field, string(n.decimal))
	if n.thousands != 0 {
		mark += fmt.Sprintf(" and %q between thousands", string(n.thousands))
	}
	switch {
	case n.decimal == '.' && n.thousands != ',' && commaGroups.MatchString(field):
		plain := strings.ReplaceAll(field, ",", "")
		if strings.Count(field, ",") > 1 {
			return fmt.Errorf(`%s; stimulus.thousands = "," reads it as %s`, mark, plain)
		}
		return fmt.Errorf(`%s; stimulus.thousands = "," reads it as %s, and stimulus.decimal = "," as %s`, mark, plain, strings.Replace(field, ",", ".", 1))
	case n.decimal == '.' && commaDecimal.MatchString(field):
		return fmt.Errorf(`%s; stimulus.decimal = "," reads it`, mark)
	case commaPoint.MatchString(field):
		return fmt.Errorf(`%s; stimulus.decimal = "." with stimulus.thousands = "," reads it`, mark)
	case pointComma.MatchString(field):
		return fmt.Errorf(`%s; stimulus.decimal = "," with stimulus.thousands = "." reads it`, mark)
	case pointGroups.MatchString(field):
		return fmt.Errorf(`%s; stimulus.thousands = "." with stimulus.decimal = "," reads it`, mark)
	case n.decimal == ',' && pointDecimal.MatchString(field):
		return fmt.Errorf(`%s; stimulus.decimal = "." reads it`, mark)
	case n.decimal == ',' && strings.Count(field, ",") > 1 && strings.Trim(field, "0123456789,+-") == "":
		return fmt.Errorf("%s; commas that separate values are none of decimals: allowed are values in quotes, and values separated by tabs, semicolons or spaces", mark)
	case strings.Contains(field, "’") && otherGroups.MatchString(field):
		return fmt.Errorf(`%s; allowed between thousands is ' for ’`, mark)
	case otherGroups.MatchString(field):
		between := Space
		if strings.Contains(field, "'") {
			between = "'"
		}
		return fmt.Errorf(`%s; stimulus.thousands = %q reads it`, mark, between)
	}
	if x, err := n.parse(field); err == nil && x-x != 0 {
		return fmt.Errorf("the value is infinite (%q); rates are finite", field)
	} else if errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("%q is beyond the largest number, 1.8e308", field)
	}
	return fmt.Errorf("%q %w", field, errNumber)
}
