package stimulus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// marks are the columns of a table that say of which recording a stimulus is, by the fields of
// recordings.
type marks []struct {
	field  string
	column int
}

// findMarks finds the columns that say of which recording a stimulus is.
func (l *layout) findMarks(how Table) error {
	for _, m := range []struct{ field, key, name string }{{ByCondition, "groups.condition", how.Condition}, {ByTrial, "groups.trial", how.Trial}} {
		if m.name == "" {
			continue
		}
		column, err := l.find(m.key, m.name)
		if err != nil {
			return err
		}
		if l.isMark(column) {
			return fmt.Errorf("%s = %q: the column is that of groups.condition; allowed is another one", m.key, m.name)
		}
		l.marks = append(l.marks, struct {
			field  string
			column int
		}{m.field, column})
	}
	return nil
}

// isMark reports whether a column says of which recording a stimulus is.
func (l *layout) isMark(column int) bool {
	for _, m := range l.marks {
		if m.column == column {
			return true
		}
	}
	return false
}

// addRecording adds the stimulus of a record, the next one, to its recording: to the last one if all
// fields are the same, or to a new one.
func (t *table) addRecording(rec record) error {
	l, s := &t.layout, t.set
	if l.marks == nil {
		return nil
	}
	r := Recording{From: s.Count, To: s.Count + 1}
	var names []string
	for _, m := range l.marks {
		value := Composed(OneLine(l.tidy(rec.fields[m.column])))
		if value == "" {
			return fmt.Errorf("line %d, %s, which is the %s: the value is missing", rec.line, l.column(m.column), m.field)
		}
		r.set(m.field, value)
		names = append(names, value)
	}
	if last := len(s.Recordings) - 1; last >= 0 && s.Recordings[last].Condition == r.Condition && s.Recordings[last].Trial == r.Trial {
		s.Recordings[last].To++
		return nil
	}
	r.Name = strings.Join(names, ", ")
	if t.recorded == nil {
		t.recorded = map[string]int{}
	}
	if t.recorded[r.Name]++; t.recorded[r.Name] > 1 {
		r.Name += fmt.Sprintf(" (%d)", t.recorded[r.Name])
	}
	s.Recordings = append(s.Recordings, r)
	return nil
}

// sayMarksOf says which columns gave recordings.
func (l *layout) sayMarksOf() (said []string) {
	for _, m := range l.marks {
		said = append(said, fmt.Sprintf("%ss from %s", m.field, l.column(m.column)))
	}
	return said
}

// within puts the recordings of a file, if it has some, into that of the file.
func (r Recording) within(of []Recording, from int) ([]Recording, error) {
	if of == nil {
		return []Recording{r}, nil
	}
	var all []Recording
	for _, one := range of {
		for _, f := range []struct {
			field     string
			own, file *string
		}{{ByCondition, &one.Condition, &r.Condition}, {ByTrial, &one.Trial, &r.Trial}} {
			switch {
			case *f.own != "" && *f.file != "":
				return nil, errors.New("groups.files or groups.table says the " + f.field + " of " + r.Name + ", and so does the column groups." + f.field + "; allowed is one of them")
			case *f.own == "":
				*f.own = *f.file
			}
		}
		one.Name, one.Subject, one.From, one.To = r.Name+", "+one.Name, r.Subject, one.From+from, one.To+from
		all = append(all, one)
	}
	return slices.Clip(all), nil
}
