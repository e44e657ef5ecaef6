package stimulus

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// tableFormat is a table of numbers in text.
var tableFormat = Format{
	Name: "table", Doc: "a stimulus a line, values separated by commas, semicolons, tabs, spaces or vertical bars; names of columns in the first line, and of stimuli in the first column", Run: "table",
	Endings: []string{".csv", ".tsv", ".txt"}, Gzip: true, Reading: growing,
	read: func(ctx context.Context, file, _ string, how Options) (*Set, error) {
		f, err := archive.Open(ctx, file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if how.Table.Bin > 0 {
			return readEvents(f, how.Table)
		}
		return readTable(f, how.Table)
	},
}

// growing is what a list takes that has grown by a quarter, with what was left of it before,
// in bytes a rate.
const growing = 12

// The values of fields of a [Table] that name no mark and no column.
const (
	Auto  = "auto" // found from the first lines
	None  = "none"
	Space = "space"
	Yes   = "yes"
	No    = "no"
)

// Table says how a table of numbers in text is read. An empty field is [Auto] or, of
// Thousands, [None]. A column is named by its name in the header, by its number from 1, or by
// "#" and its number.
type Table struct {
	Decimal   string   // the mark before decimals: Auto, "." or ","
	Thousands string   // the mark between thousands: None, ",", ".", "'" or Space
	Header    string   // whether the first line holds names of columns: Auto, Yes or No
	Names     string   // the column with the names of the stimuli: Auto, None or a column
	Time      string   // the column with the axis of the stimuli: Auto, None or a column
	Columns   []string // the columns that are kept or, each with "-" before it, left out; all if empty
	Missing   string   // what is done with missing values, in arrays too: Refuse or Masked
	FirstLine int      // the line in which the table begins, from 1; 0 is 1
	Condition string   // the column with the condition of the recording of which the stimulus is: "" for none
	Trial     string   // the same with its trial
	Bin       float64  // if not 0, the table is a list of events, a unit and a time each, and this the width of a bin
}

// TableMarks are the allowed values of Decimal and of Thousands in a [Table].
var (
	DecimalMarks   = []string{Auto, ".", ","}
	ThousandsMarks = []string{None, ",", ".", "'", Space}
)

// HoldsTable reports whether a path is that of a table, or of a folder or archive in which the
// one file of stimuli is a table or, where several are read, one may be. The context ends the
// look into an archive.
func HoldsTable(ctx context.Context, path string, files Files) bool {
	isTable := func(name string) bool {
		f, ok := formatOf(name)
		return ok && f.Name == tableFormat.Name
	}
	info, err := os.Stat(path)
	if files.Several() && (err != nil || isTable(files.Pattern)) {
		return true
	}
	if !imagesFormat.Fits(path) && (err != nil || !info.IsDir()) {
		return isTable(path)
	}
	found, others, err := members(ctx, path)
	if files.Several() {
		return err == nil && slices.ContainsFunc(found, isTable)
	}
	return err == nil && len(found) == 1 && isTable(found[0]) && !slices.ContainsFunc(others, IsImage)
}

// The lines of a table from which its layout is found: so many records and bytes, but at least
// a header and two stimuli.
const (
	sampleRecords = 100
	sampleBytes   = 1 << 18
	sampleLeast   = 3
)

// record is a line of a table, or several where a value in quotes holds a line break.
type record struct {
	line   int
	fields []string
}

// table is a table that is being read.
type table struct {
	how      Table
	lines    *tidyLines
	records  *csv.Reader
	numbers  numbers
	layout   layout
	set      *Set
	blank    error // of the first of the empty lines after which nothing was found yet
	blanks   int
	recorded map[string]int // recordings by their names, of which some may be alike
	surplus  int            // lines with more empty fields at their end than the others
}

// readTable reads one stimulus a line. See [Table] for what it may be told; the rest it finds
// from the first lines, and says in the phrases of the set what it found.
func readTable(r io.Reader, how Table) (*Set, error) {
	t, sample, err := openTable(r, how)
	if err != nil {
		return nil, err
	}
	if err := t.each(sample, t.add); err != nil {
		return nil, t.titled(err)
	}
	if t.set.Count == 0 && t.blank != nil {
		return nil, t.blank
	}
	if t.set.Count == 0 {
		return nil, fmt.Errorf("%w behind the header in line %d; stimulus.header = \"no\" reads that as a stimulus", ErrNoStimuli, t.layout.line)
	}
	t.say()
	return t.set, nil
}

// openTable finds how a table is written and laid out, and returns its first records without the
// header.
func openTable(r io.Reader, how Table) (*table, []record, error) {
	lines, err := newTidyLines(r, how.FirstLine)
	if err != nil {
		return nil, nil, err
	}
	t := &table{how: how, lines: lines, set: &Set{}}
	first, at := lines.sampled()
	lines.begins = titleEnd(first, at, lines.separator, how.Decimal)
	if lines.separator == 0 {
		lines.separator = separatorOf(first, how.Decimal)
	}
	t.records = csv.NewReader(lines)
	t.records.Comma, t.records.Comment, t.records.FieldsPerRecord, t.records.ReuseRecord = rune(lines.separator), '#', -1, true
	sample, err := t.sample()
	if err != nil {
		return nil, nil, err
	}
	if len(sample) == 0 {
		return nil, nil, ErrNoStimuli
	}
	if t.numbers, err = numbersOf(sample, how, lines.separator); err != nil {
		return nil, nil, t.titled(err)
	}
	if t.layout, err = layoutOf(sample, how, t.numbers); err != nil {
		return nil, nil, t.titled(err)
	}
	if t.layout.header != nil {
		sample = sample[1:]
	}
	if t.layout.units != nil {
		sample = sample[1:]
	}
	return t, sample, nil
}

// sample returns the first records.
func (t *table) sample() (sample []record, err error) {
	bytes := 0
	for len(sample) < sampleLeast || len(sample) < sampleRecords && bytes < sampleBytes {
		rec, err := t.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		rec.fields = append([]string{}, rec.fields...)
		for _, f := range rec.fields {
			bytes += len(f) + 1
		}
		sample = append(sample, rec)
	}
	return sample, nil
}

// next returns the next record, whose fields are valid until the next call.
func (t *table) next() (record, error) {
	fields, err := t.records.Read()
	var bad *csv.ParseError
	switch {
	case err == io.EOF:
		return record{}, err
	case errors.As(err, &bad):
		return record{}, fmt.Errorf("line %d, column %d: %w", t.lines.before+bad.Line, bad.Column, bad.Err)
	case err != nil:
		return record{}, fmt.Errorf("after %d stimuli: %w", t.set.Count, err)
	}
	line, _ := t.records.FieldPos(0)
	return record{t.lines.before + line, fields}, nil
}

// each passes the sample to add, and then the records behind it.
func (t *table) each(sample []record, add func(record) error) error {
	for _, rec := range sample {
		if err := add(rec); err != nil {
			return err
		}
	}
	for {
		rec, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = add(rec)
		}
		if err != nil {
			return err
		}
	}
}

// add adds a record as a stimulus.
func (t *table) add(rec record) error {
	l, s := &t.layout, t.set
	if err := t.fits(&rec); err != nil {
		return err
	}
	if strings.Join(rec.fields, "") == "" {
		if t.blanks++; t.blank == nil {
			t.blank = fmt.Errorf("line %d: all values are missing, and such a stimulus is refused", rec.line)
		}
		return nil
	}
	if t.blank != nil {
		return t.blank
	}
	empty := true
	for _, j := range l.kept {
		if t.how.Missing == Masked && isMissing(rec.fields[j]) {
			s.Rates = append(s.Rates, math.NaN())
			continue
		}
		x, err := t.numbers.parse(rec.fields[j])
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			return fmt.Errorf("line %d, %s: %w", rec.line, l.column(j), t.why(rec.fields[j], j))
		}
		s.Rates, empty = append(s.Rates, x), false
	}
	if empty {
		if s.Empty == nil {
			s.Empty = map[int]int{}
		}
		s.Empty[s.Count] = rec.line
	}
	if len(s.Rates) > maxValues {
		return fmt.Errorf("line %d: more than %d values", rec.line, maxValues)
	}
	if l.names >= 0 {
		name := l.tidy(rec.fields[l.names])
		if name == "" {
			name = fmt.Sprintf("line %d", rec.line)
		}
		s.Names = append(s.Names, name)
	}
	if l.time >= 0 {
		if err := t.addTime(rec); err != nil {
			return err
		}
	}
	if err := t.addRecording(rec); err != nil {
		return err
	}
	s.Count, s.Size = s.Count+1, len(l.kept)
	return nil
}

// fits takes the fields from a record that are empty at its end beyond the columns of the table.
func (t *table) fits(rec *record) error {
	width := t.layout.width
	if len(rec.fields) > width && strings.Join(rec.fields[width:], "") == "" {
		if len(rec.fields) != width+t.layout.blank {
			t.surplus++
		}
		rec.fields = rec.fields[:width]
	}
	if len(rec.fields) != width {
		return fmt.Errorf("line %d: %s; expected %d, separated by %s as in line %d", rec.line, number(len(rec.fields), "value", "values"), width, separatorNames[t.lines.separator], t.layout.line)
	}
	return nil
}

// addTime adds the value of the axis of a stimulus.
func (t *table) addTime(rec record) error {
	l, s := &t.layout, t.set
	field := rec.fields[l.time]
	x, err := t.numbers.parse(field)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return fmt.Errorf("line %d, %s, which is the axis: %w", rec.line, l.column(l.time), t.why(field, l.time))
	}
	if last := len(s.Axis) - 1; l.rising && last >= 0 && x <= s.Axis[last] {
		return fmt.Errorf("line %d, %s: %v after %v, and an axis of time rises; stimulus.time = %q reads the column as the axis all the same, and %q as a neuron",
			rec.line, l.column(l.time), x, s.Axis[last], l.key(l.time), None)
	}
	s.Axis = append(s.Axis, x)
	return nil
}

// why says why a field of a column cannot be read as a rate.
func (t *table) why(field string, column int) error {
	leave := fmt.Sprintf("stimulus.columns = [%q] leaves the column out", "-"+t.layout.key(column))
	if isMissing(field) {
		return fmt.Errorf("the value is missing (%q); %s; %s", field, refused, leave)
	}
	err := t.numbers.explain(field)
	if errors.Is(err, errNumber) {
		return fmt.Errorf("%w; %s", err, leave)
	}
	return err
}

// refused is what is said of missing values.
const refused = `stimulus.missing = "mask" learns without it`
