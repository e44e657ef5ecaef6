package text

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// SplitColumn returns the file of a path of names and, of FILE:COLUMN, the column, by its number
// from 1 or by its name in the first line. A file that is there with a colon in its name is one.
func SplitColumn(path string) (file, column string) {
	if _, err := os.Stat(path); err == nil {
		return path, ""
	}
	i := strings.LastIndexByte(path, ':')
	if i < 1 {
		return path, ""
	}
	if _, err := os.Stat(path[:i]); err != nil {
		return path, ""
	}
	return path[:i], path[i+1:]
}

// ReadNames reads names, one a line. In a .csv they may stand in quotes. Of a file with several
// columns, separated by commas in a .csv and by tabs in others, FILE:COLUMN chooses one. Key is the
// setting that names the file.
func ReadNames(key, path string) (names []string, err error) {
	file, column := SplitColumn(path)
	lines, err := ReadList(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	rows := columnsOf(file, lines)
	if rows == nil && column == "" {
		return lines, nil
	}
	if rows == nil { // one column
		for _, line := range lines {
			rows = append(rows, []string{line})
		}
	}
	bad := func(format string, args ...any) ([]string, error) {
		return nil, fmt.Errorf("%s: %s has %d columns, in its first line %s; %s", key, file, len(rows[0]), quoted(rows[0]), fmt.Sprintf(format, args...))
	}
	at, from := 0, 0
	switch number, err := strconv.Atoi(column); {
	case column == "" && len(rows[0]) > 1:
		return bad("choose one by its number from 1, --set %s=%s:2, or, where the first line names the columns, by its name", key, file)
	case column == "":
	case err == nil && number >= 1 && number <= len(rows[0]):
		at = number - 1
	case err == nil:
		return bad("there is no column %d; they are counted from 1", number)
	default:
		if at = slices.Index(rows[0], column); at < 0 {
			return bad("there is no column %q", column)
		}
		from = 1
	}
	for k, row := range rows[from:] {
		if len(row) != len(rows[0]) {
			return nil, fmt.Errorf("%s: %s: line %d has %d columns; the first has %d", key, file, from+k+1, len(row), len(rows[0]))
		}
		names = append(names, row[at])
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: %s: %w", key, file, errors.New("there is no name below the first line"))
	}
	return names, nil
}

// columnsOf returns the fields of each line of a table of names; nil where each line is a name
// as it stands.
func columnsOf(file string, lines []string) [][]string {
	lower := strings.TrimSuffix(strings.ToLower(file), ".gz")
	separated := strings.HasSuffix(lower, ".csv")
	if !separated {
		for _, line := range lines {
			if strings.Count(line, "\t") != strings.Count(lines[0], "\t") || !strings.Contains(line, "\t") {
				return nil
			}
		}
	}
	var rows [][]string
	for _, line := range lines {
		if !separated {
			rows = append(rows, strings.Split(line, "\t"))
			continue
		}
		r := csv.NewReader(bytes.NewBufferString(line))
		r.LazyQuotes = true
		row, err := r.Read()
		if err != nil { // an empty line, or a quote that is not closed
			row = []string{line}
		}
		rows = append(rows, row)
	}
	return rows
}

// quoted lists the first of several texts.
func quoted(texts []string) string {
	const most = 5
	text := fmt.Sprintf("%q", texts[:min(most, len(texts))])
	if len(texts) > most {
		text += " and more"
	}
	return text
}
