package score

import (
	"io"
	"strings"
	"unicode/utf8"

	"partsnet/internal/wrap"
)

// gap is the number of spaces before a column.
const gap = 2

// Text writes the table for a terminal of that many columns. The heads of columns are
// broken into lines, and columns that do not fit in the width follow
// below them, with the rule and the number of hidden neurons again.
func (c *Card) Text(w io.Writer, width int) error {
	var b strings.Builder
	for _, t := range c.blocks() {
		b.WriteString(t.title + "\n")
		t.writeText(&b, width)
		for _, n := range t.notes {
			b.WriteString("  " + wrap.Text("failed: "+n, width, 4) + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(wrap.Text(intervals, width, 0) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// column is a column of a table on a terminal.
type column struct {
	head  []string // its lines
	cells []string
	width int
}

// columns returns the columns of a table.
func (t *block) columns() (all []column) {
	for k, head := range t.head {
		c := column{}
		for _, row := range t.rows {
			c.cells = append(c.cells, row[k])
			c.width = max(c.width, utf8.RuneCountInString(row[k]))
		}
		c.head = broken(head, c.width)
		for _, line := range c.head {
			c.width = max(c.width, utf8.RuneCountInString(line))
		}
		all = append(all, c)
	}
	return all
}

// broken breaks the head of a column at spaces, and words that are wider than the column
// behind underscores.
func broken(head string, width int) (lines []string) {
	add := func(joint, word string) {
		if last := len(lines) - 1; last >= 0 && utf8.RuneCountInString(lines[last]+joint+word) <= width {
			lines[last] += joint + word
			return
		}
		lines = append(lines, word)
	}
	for word := range strings.FieldsSeq(head) {
		if utf8.RuneCountInString(word) <= width {
			add(" ", word)
			continue
		}
		joint := " "
		for part := range strings.SplitAfterSeq(word, "_") {
			add(joint, part)
			joint = ""
		}
	}
	return lines
}

// writeText writes the table in as many parts as the width demands. The first columns,
// which name the row, are repeated in all of them.
func (t *block) writeText(b *strings.Builder, width int) {
	all := t.columns()
	first := all[:t.keys]
	for rest := all[t.keys:]; len(rest) > 0; {
		used, n := 0, 0
		for _, c := range first {
			used += gap + c.width
		}
		for n < len(rest) && (n == 0 || used+gap+rest[n].width <= width) {
			used += gap + rest[n].width
			n++
		}
		writeColumns(b, append(append([]column{}, first...), rest[:n]...))
		if rest = rest[n:]; len(rest) > 0 {
			b.WriteString("\n")
		}
	}
}

// writeColumns writes columns side by side, with the last lines of their heads aligned.
func writeColumns(b *strings.Builder, columns []column) {
	high, rows := 0, 0
	for _, c := range columns {
		high, rows = max(high, len(c.head)), len(c.cells)
	}
	line := func(cell func(c column) string) {
		text := ""
		for _, c := range columns {
			s := cell(c)
			text += strings.Repeat(" ", gap) + s + strings.Repeat(" ", c.width-utf8.RuneCountInString(s))
		}
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	for k := range high {
		line(func(c column) string {
			if at := k - high + len(c.head); at >= 0 {
				return c.head[at]
			}
			return ""
		})
	}
	for i := range rows {
		line(func(c column) string { return c.cells[i] })
	}
}
