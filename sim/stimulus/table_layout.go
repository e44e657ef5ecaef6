package stimulus

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// layout says which columns of a table are what.
type layout struct {
	header    []string // names of the columns, "" for one without; nil without a header
	line      int      // of the header, or of the first stimulus
	units     []string // what stands below the header in a line without a number; or nil
	unitsLine int
	width     int   // number of columns, but for empty ones at the end
	blank     int   // columns at the end without name and value
	short     bool  // whether the header has one field less than the lines below it
	names     int   // the column with the names of the stimuli, -1 for none
	time      int   // the column with the axis of the stimuli, -1 for none
	marks     marks // the columns that say of which recording a stimulus is
	rising    bool  // whether the axis must rise, because nothing but its name says that it is one
	kept      []int // the columns with rates
	left      []int // the columns that are left out
	steps     int   // a column with rates that rises in equal steps, -1 for none
	converted bool  // whether a name was
	counts    bool  // whether a first line of stimuli counts from 0 or 1, as a header of numbers does
}

// layoutOf finds the layout of a table from its first records.
func layoutOf(sample []record, how Table, n numbers) (layout, error) {
	l := layout{line: sample[0].line, names: -1, time: -1}
	header, err := l.hasHeader(sample, how, n)
	if err != nil {
		return l, err
	}
	first, rows := sample[0].fields, sample
	if header {
		l.header, rows = append([]string{}, first...), sample[1:]
		if oneShort(first, rows) {
			l.header, l.short = append([]string{""}, l.header...), true
		}
		for j := range l.header {
			l.header[j] = l.tidy(l.header[j])
		}
		l.width = len(l.header)
	} else {
		l.width = len(first)
	}
	if header && len(rows) > 1 && n.wordsAlone(rows[0]) && !n.wordsAlone(rows[1]) {
		if l.short {
			return l, fmt.Errorf("line %d holds %q and no number, and has one field more than line %d; a table has one line of names", rows[0].line, rows[0].fields[0], l.line)
		}
		l.units, l.unitsLine, rows = rows[0].fields, rows[0].line, rows[1:]
	}
	if len(rows) > 0 {
		l.cutBlank(rows)
	}
	if err = l.findMarks(how); err != nil {
		return l, err
	}
	if l.names, err = l.namesColumn(rows, how, n); err != nil {
		return l, err
	}
	if l.time, l.rising, err = l.timeColumn(rows, how, n); err != nil {
		return l, err
	}
	if err := l.choose(how); err != nil {
		return l, err
	}
	l.steps = l.steady(rows, n)
	return l, nil
}

// steady returns the first column with rates that rises in equal steps in all of several lines,
// as a column of time or of numbers of lines does; -1 if there is none.
func (l *layout) steady(rows []record, n numbers) int {
	const least = 5
	if len(rows) < least || len(l.kept) < 2 {
		return -1
	}
	for _, j := range l.kept {
		var x []float64
		for _, rec := range rows {
			if j >= len(rec.fields) {
				break
			}
			y, err := n.parse(rec.fields[j])
			k := len(x)
			if err != nil || k > 0 && !(y > x[k-1]) || k > 1 && !(math.Abs(y-2*x[k-1]+x[k-2]) <= 1e-3*(x[1]-x[0])) {
				break
			}
			x = append(x, y)
		}
		if len(x) == len(rows) {
			return j
		}
	}
	return -1
}

// tidy is [tidyName], and notes whether a name was converted.
func (l *layout) tidy(name string) string {
	tidy, converted := tidyName(name)
	l.converted = l.converted || converted
	return tidy
}

// hasHeader reports whether the first record holds names of columns.
func (l *layout) hasHeader(sample []record, how Table, n numbers) (bool, error) {
	switch how.Header {
	case Yes, No:
		return how.Header == Yes, nil
	}
	first, rest := sample[0].fields, sample[1:]
	texts := 0
	for _, field := range first {
		if n.isText(field) {
			texts++
		}
	}
	short := oneShort(first, rest)
	rowNames := true // whether all lines below begin with what is no finite number
	for _, rec := range rest {
		rowNames = rowNames && rec.fields[0] != "" && !n.isFinite(rec.fields[0])
	}
	l.counts = len(first) > 2 && countUp(first)
	switch {
	case texts == 0 && short:
		return false, fmt.Errorf("line %d: %d numbers, and %d values in line %d; stimulus.header = \"yes\" reads the first as names of columns, behind a column with the names of the stimuli", l.line, len(first), len(rest[0].fields), rest[0].line)
	case texts == 0 && len(first) > 1 && first[0] == "" && len(rest) > 0:
		if rowNames || countUp(first[1:]) {
			return true, nil // names that are numbers, over a column with the names of the stimuli
		}
	case texts == 1 && n.isText(first[0]) && len(first) > 1 && !short && rowNames:
		return false, fmt.Errorf("line %d: %q stands before numbers, as in the lines below; stimulus.header = \"yes\" reads the line as names of columns, and \"no\" as a stimulus of that name", l.line, first[0])
	}
	return texts > 0, nil
}

// oneShort reports whether a first line has one field less than those below it, as R writes
// names of columns over lines that begin with a name.
func oneShort(first []string, rows []record) bool {
	if len(rows) == 0 || first[len(first)-1] == "" {
		return false
	}
	below := rows[0].fields
	return len(below) == len(first)+1 && below[len(below)-1] != ""
}

// isText reports whether a field is neither a number nor missing.
func (n numbers) isText(field string) bool {
	if isMissing(field) || looksLikeNumber(field) {
		return false
	}
	_, err := n.parse(field)
	return err != nil
}

// wordsAlone reports whether a record holds text behind its first field, and no number.
func (n numbers) wordsAlone(rec record) bool {
	return slices.ContainsFunc(rec.fields[min(1, len(rec.fields)-1):], n.isText) && !slices.ContainsFunc(rec.fields, n.isFinite)
}

// isFinite reports whether a field is a finite number.
func (n numbers) isFinite(field string) bool {
	x, err := n.parse(field)
	return err == nil && x-x == 0
}

// countUp reports whether fields count from 0 or from 1.
func countUp(fields []string) bool {
	from, err := strconv.Atoi(fields[0])
	if err != nil || from < 0 || from > 1 {
		return false
	}
	for k, f := range fields {
		if x, err := strconv.Atoi(f); err != nil || x != from+k {
			return false
		}
	}
	return true
}

// cutBlank finds the columns at the end that have neither a name nor a value.
func (l *layout) cutBlank(rows []record) {
	for l.width > 1 {
		last := l.width - 1
		if l.header != nil && l.header[last] != "" {
			return
		}
		for _, rec := range rows {
			if last < len(rec.fields) && rec.fields[last] != "" {
				return
			}
		}
		l.width, l.blank = last, l.blank+1
	}
}

// overNames are what stands in a header over the names of lines: nothing, what pandas calls an
// index that it has read as a column, and what W.csv and H.csv of a run have there.
var overNames = []string{"", "Unnamed: 0", "hidden neuron", "stimulus"}

// namesColumn finds the column with the names of the stimuli: the first, where it has no name
// in the header or holds text.
func (l *layout) namesColumn(rows []record, how Table, n numbers) (int, error) {
	switch how.Names {
	case None:
		return -1, nil
	case Auto, "":
	default:
		return l.find("stimulus.names", how.Names)
	}
	if l.width < 2 || l.isMark(0) {
		return -1, nil
	}
	if l.header != nil && slices.Contains(overNames, l.header[0]) {
		return 0, nil
	}
	text, number := -1, -1 // the first record that begins with such a field
	for k, rec := range rows {
		switch {
		case strings.Join(rec.fields, "") == "":
		case n.isText(rec.fields[0]) && text < 0:
			text = k
		case number < 0 && n.isFinite(rec.fields[0]):
			number = k
		}
	}
	switch {
	case text < 0:
		return -1, nil
	case number >= 0:
		return -1, fmt.Errorf("%s holds %q in line %d and %q in line %d; stimulus.names = %q reads the column as names of the stimuli, and %q as rates, which are numbers",
			l.column(0), rows[text].fields[0], rows[text].line, rows[number].fields[0], rows[number].line, l.key(0), None)
	}
	return 0, nil
}
