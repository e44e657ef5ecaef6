package stimulus

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partsnet/internal/nearest"
)

// column returns a column in words: its number from 1, and its name.
func (l *layout) column(j int) string { return "column " + l.label(j) }

// label is the number of a column from 1, and its name.
func (l *layout) label(j int) string {
	if l.header != nil && l.header[j] != "" {
		return fmt.Sprintf("%d (%s)", j+1, l.header[j])
	}
	return strconv.Itoa(j + 1)
}

// key returns what names a column in a key: its name, or its number where that would not do.
func (l *layout) key(j int) string {
	if l.header == nil || l.header[j] == "" {
		return strconv.Itoa(j + 1)
	}
	name := l.header[j]
	if k, err := l.search(name); err != nil || k != j || name == Auto || name == None || name[0] == '-' {
		return "#" + strconv.Itoa(j+1)
	}
	return name
}

// find returns the column that a key names.
func (l *layout) find(key, name string) (int, error) {
	j, err := l.search(name)
	if err != nil {
		return -1, fmt.Errorf("%s = %q: %w", key, name, err)
	}
	return j, nil
}

// search returns the column of a name or number.
func (l *layout) search(name string) (int, error) {
	number, err := strconv.Atoi(strings.TrimPrefix(name, "#"))
	numbered := err == nil && number >= 1 && number <= l.width
	if strings.HasPrefix(name, "#") && numbered {
		return number - 1, nil
	}
	header := l.header
	if header != nil {
		header = header[:l.width]
	}
	switch j := slices.Index(header, name); {
	case name == "":
		return -1, errors.New("allowed is the name or the number of a column")
	case j >= 0 && slices.Index(header[j+1:], name) >= 0:
		return -1, fmt.Errorf("%d columns have that name; allowed is a number, such as #%d", 1+count(header[j+1:], name), j+1)
	case j >= 0 && numbered && number != j+1:
		return -1, fmt.Errorf("that is the name of column %d and the number of another; allowed are #%d and #%d", j+1, j+1, number)
	case j >= 0:
		return j, nil
	case numbered:
		return number - 1, nil
	case header == nil:
		return -1, fmt.Errorf("there is no header that names columns; allowed are numbers from 1 to %d", l.width)
	}
	text := fmt.Sprintf("there is no such column; allowed are numbers from 1 to %d, and %s", l.width, enumerate("the name", "the names", header))
	if near := nearest.Name(name, header); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	return -1, errors.New(text)
}

func count(list []string, what string) (n int) {
	for _, x := range list {
		if x == what {
			n++
		}
	}
	return n
}

// Names of a column that holds times: plain, and those that mean something else as well.
var (
	timeName  = regexp.MustCompile(`^(time|zeit|temps|tiempo|tempo|timestamp)s?([ _.-]*[\[(]?(s|ms|us|µs|ns|sec|secs|seconds?|msec|milliseconds?|min|minutes?|h|hours?|frames?|samples?|%)[\])]?)?$`)
	shortName = regexp.MustCompile(`^(t|ms)$|^t[ _.]*[\[(]?(s|ms|us|sec)[\])]?$`)
)

// timeColumn finds the column with the axis of the stimuli: one whose name says that it is time
// and whose values rise. One that is called time and does not rise is refused, and of other
// names left as it is.
func (l *layout) timeColumn(rows []record, how Table, n numbers) (column int, rising bool, err error) {
	switch how.Time {
	case None:
		return -1, false, nil
	case Auto, "":
	default:
		column, err = l.find("stimulus.time", how.Time)
		if err == nil && column == l.names {
			err = fmt.Errorf("stimulus.time = %q: the names of the stimuli are in that column; stimulus.names = %q leaves it to the axis", how.Time, None)
		}
		return column, false, err
	}
	if l.header == nil || len(rows) == 0 {
		return -1, false, nil
	}
	for j, name := range l.header[:l.width] {
		name = strings.ToLower(strings.TrimSpace(name))
		long, short := timeName.MatchString(name), shortName.MatchString(name)
		if !long && !short || j == l.names || l.isMark(j) || l.width < 2 || l.asked(how, j) {
			continue
		}
		last, rises := math.Inf(-1), true
		for _, rec := range rows {
			if j < len(rec.fields) && rec.fields[j] != "" {
				x, err := n.parse(rec.fields[j])
				rises = rises && err == nil && x > last
				last = x
			}
		}
		if long || rises && len(rows) > 1 {
			return j, true, nil
		}
	}
	return -1, false, nil
}

// asked reports whether stimulus.columns speaks of a column.
func (l *layout) asked(how Table, j int) bool {
	return slices.ContainsFunc(how.Columns, func(name string) bool {
		column, _, err := l.named(name)
		return err == nil && column == j
	})
}

// named returns the column that an item of stimulus.columns names, and whether it is left out.
func (l *layout) named(item string) (column int, out bool, err error) {
	if column, err := l.search(item); err == nil || !strings.HasPrefix(item, "-") {
		return column, false, err
	}
	column, err = l.search(item[1:])
	return column, true, err
}

// choose finds the columns with rates.
func (l *layout) choose(how Table) error {
	listed, outs := map[int]string{}, 0
	for _, item := range how.Columns {
		column, out, err := l.named(item)
		switch {
		case err != nil:
			return fmt.Errorf("stimulus.columns, %q: %w", item, err)
		case listed[column] != "":
			return fmt.Errorf("stimulus.columns, %q: %s is named twice", item, l.column(column))
		}
		listed[column] = item
		if out {
			outs++
		}
	}
	if outs != 0 && outs != len(how.Columns) {
		return fmt.Errorf("stimulus.columns = %q; allowed are columns to keep, or columns to leave out with \"-\" before each", how.Columns)
	}
	for j := range l.width {
		_, named := listed[j]
		if l.isMark(j) {
			if named && outs == 0 {
				return fmt.Errorf("stimulus.columns, %q: the column says of which recording a stimulus is (groups.condition, groups.trial)", listed[j])
			}
			continue
		}
		role := ""
		switch j {
		case l.names:
			role = "stimulus.names"
		case l.time:
			role = "stimulus.time"
		}
		switch {
		case outs > 0 && named:
			l.left = append(l.left, j)
			if j == l.names {
				l.names = -1
			}
			if j == l.time {
				l.time = -1
			}
		case role != "" && named:
			return fmt.Errorf("stimulus.columns, %q: the column is read by %s; %s = %q makes it one of rates", listed[j], role, role, None)
		case role != "":
		case outs == 0 && len(listed) > 0 && !named:
			l.left = append(l.left, j)
		default:
			l.kept = append(l.kept, j)
		}
	}
	if len(l.kept) == 0 {
		return fmt.Errorf("line %d: no column with rates is left of %d", l.line, l.width)
	}
	return nil
}
