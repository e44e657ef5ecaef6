package stimulus

import (
	"fmt"
	"strings"
)

// say writes down what was found.
func (t *table) say() {
	l, s := &t.layout, t.set
	say := func(format string, args ...any) { s.Read = append(s.Read, fmt.Sprintf(format, args...)) }
	if t.lines.first > 1 {
		say("passed over: %s before line %d", number(t.lines.first-1, "line", "lines"), t.lines.first)
	}
	switch {
	case l.header != nil && l.short:
		say("names of columns from line %d, which has one field less than the lines below", l.line)
	case l.header != nil:
		say("names of columns from line %d", l.line)
	case l.counts && t.how.Header != No:
		say("no header: line %d was read as a stimulus, though its numbers count up; stimulus.header = \"yes\" reads them as names", l.line)
	default:
		say("no header: line %d was read as a stimulus", l.line)
	}
	if l.units != nil {
		say("passed over: line %d, which holds no number (%s)", l.unitsLine, first(l.units))
	}
	if l.names >= 0 {
		say("names of lines from %s", l.column(l.names))
	}
	if l.time >= 0 {
		phrase := fmt.Sprintf("%s is the axis, %v to %v", l.column(l.time), s.Axis[0], s.Axis[len(s.Axis)-1])
		falls := 0
		for i := 1; i < len(s.Axis); i++ {
			if s.Axis[i] <= s.Axis[i-1] {
				falls++
			}
		}
		if falls > 0 {
			phrase += fmt.Sprintf(", and does not rise in %s", number(falls, "step", "steps"))
		}
		s.Read = append(s.Read, phrase)
		if s.AxisName = "time"; l.header != nil && l.header[l.time] != "" {
			s.AxisName = l.header[l.time]
		}
	}
	s.Read = append(s.Read, l.sayMarksOf()...)
	if len(l.left) > 0 {
		var left []string
		for _, j := range l.left {
			left = append(left, l.label(j))
		}
		say("left out: %s", enumerate("column", "columns", left))
	}
	if t.lines.comments > 0 {
		say("passed over: %s", number(t.lines.comments, "line that begins with #", "lines that begin with #"))
	}
	if l.blank > 0 {
		say("left out at the end: %s without a name and a value", number(l.blank, "column", "columns"))
	}
	if t.surplus > 0 {
		say("left out at the end of %s: empty fields beyond the columns", number(t.surplus, "line", "lines"))
	}
	if t.blanks > 0 {
		say("left out at the end: %s without a value", number(t.blanks, "line", "lines"))
	}
	if l.steps >= 0 {
		say("%s rises in equal steps and was read as rates: stimulus.time = %q makes it the axis, and stimulus.names = %q the names of the stimuli", l.column(l.steps), l.key(l.steps), l.key(l.steps))
	}
	t.sayMarks()
	if l.header == nil {
		return
	}
	seen := map[string]int{}
	for _, j := range l.kept {
		name := l.header[j]
		if name == "" {
			name = fmt.Sprintf("column %d", j+1)
		}
		s.Neurons = append(s.Neurons, name)
		if seen[name]++; seen[name] == 2 {
			say("several columns are called %q", name)
		}
	}
}

// sayMarks writes down how the values are written.
func (t *table) sayMarks() {
	separator := "separated by " + separatorNames[t.lines.separator]
	if t.layout.width == 1 {
		separator = "one value a line"
	}
	if t.lines.stated {
		separator += ", as the first line says"
	}
	marks := []string{separator}
	if t.numbers.decimal == ',' {
		marks = append(marks, "decimal commas")
	}
	if t.numbers.thousands != 0 {
		marks = append(marks, fmt.Sprintf("%q between thousands", string(t.numbers.thousands)))
	}
	if t.lines.encoding != "" {
		marks = append(marks, t.lines.encoding)
	}
	if t.layout.converted {
		marks = append(marks, "names in Windows-1252, as they are not in UTF-8")
	}
	t.set.Read = append(t.set.Read, strings.Join(marks, ", "))
}

// first returns the first of the fields that hold something.
func first(fields []string) string {
	for _, f := range fields {
		if f != "" {
			return fmt.Sprintf("%q", f)
		}
	}
	return `""`
}

// number returns a number of things in the singular or plural.
func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// enumerate lists things, of many the first.
func enumerate(one, many string, things []string) string {
	const most = 8
	switch {
	case len(things) == 1:
		return one + " " + things[0]
	case len(things) > most:
		return fmt.Sprintf("%s %s, ... (%d)", many, strings.Join(things[:most], ", "), len(things))
	}
	return many + " " + strings.Join(things, ", ")
}
