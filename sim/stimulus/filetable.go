package stimulus

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// fileColumn is the column of a table of files with their paths.
const fileColumn = "file"

// chosenByTable returns the files that a table lists, in its order, and says what is left out.
// The first line of the table names its columns: file, and of subject, condition and trial those
// that are known; others are ignored. Names are those of the files of a folder or archive.
func chosenByTable(ctx context.Context, table string, names []string) (all []chosen, said []string, err error) {
	f, err := archive.Open(ctx, table)
	if err != nil {
		return nil, nil, fmt.Errorf("groups.table = %q: %w; allowed is the path of a table of files, or groups.table = \"\" with a pattern in groups.files", table, err)
	}
	defer f.Close()
	rows, ignored, err := readFileTable(f)
	if err != nil {
		return nil, nil, fmt.Errorf("groups.table: %s: %w", table, err)
	}
	listed := map[string]bool{}
	for k := range rows {
		row := &rows[k]
		found := findFile(row.file, names)
		if len(found) != 1 {
			text := fmt.Sprintf("there is no such file, but %s: %s", number(len(names), "file", "files"), archive.First(names))
			if absolute(row.file) {
				text = "the path is absolute; allowed are paths relative to stimulus.path, with / between folders, such as " + names[0]
			}
			if found != nil {
				text = fmt.Sprintf("%d files have that name: %s; write the folder before it", len(found), archive.First(found))
			}
			return nil, nil, fmt.Errorf("groups.table: %s: line %d: %q: %s", table, row.line, row.file, text)
		}
		if row.file = found[0]; listed[row.file] {
			return nil, nil, fmt.Errorf("groups.table: %s: line %d: %s is listed twice", table, row.line, row.file)
		}
		listed[row.file] = true
		row.Name = path.Base(row.file)
		all = append(all, row.chosen)
	}
	nameAll(all)
	if ignored != nil {
		said = append(said, fmt.Sprintf("ignored in %s: %s", table, enumerate("column", "columns", ignored)))
	}
	var left []string
	for _, name := range names {
		if !listed[name] {
			left = append(left, name)
		}
	}
	if left != nil {
		said = append(said, fmt.Sprintf("%s left out, which %s does not list: %s", number(len(left), "file", "files"), table, archive.First(left)))
	}
	return all, said, nil
}

// findFile returns the files that a path means: the one of that path, or else those of that path in
// composed letters and with "\" as "/", or else those whose path ends in it.
func findFile(file string, names []string) (found []string) {
	if clean := path.Clean(file); slices.Contains(names, clean) {
		return []string{clean}
	}
	clean := path.Clean(strings.ReplaceAll(Composed(file), `\`, "/"))
	for _, ends := range []bool{false, true} {
		for _, name := range names {
			if as := Composed(name); as == clean || ends && strings.HasSuffix(as, "/"+clean) {
				found = append(found, name)
			}
		}
		if found != nil {
			break
		}
	}
	return found
}

// absolute reports whether a path begins at the root of a file system or of a drive, of any system.
func absolute(file string) bool {
	return strings.HasPrefix(file, "/") || strings.HasPrefix(file, `\`) || len(file) > 2 && file[1] == ':' && strings.ContainsRune(`/\`, rune(file[2]))
}

// listedFile is a line of a table of files.
type listedFile struct {
	chosen
	line int
}

// readFileTable reads a table of files, and returns the names of columns that it ignores.
func readFileTable(r io.Reader) (rows []listedFile, ignored []string, err error) {
	lines, err := newTidyLines(r, 0)
	if err != nil {
		return nil, nil, err
	}
	if lines.separator == 0 {
		lines.separator = ','
		if sample, _ := lines.sampled(); len(sample) > 0 {
			for _, mark := range []byte("\t;") {
				if slices.Contains(outside(sample[0]), mark) {
					lines.separator = mark
					break
				}
			}
		}
	}
	records := csv.NewReader(lines)
	records.Comma, records.Comment = rune(lines.separator), '#'
	head, err := records.Read()
	if err == io.EOF {
		return nil, nil, errors.New("it is empty")
	}
	if err != nil {
		return nil, nil, err
	}
	column := map[string]int{}
	for j, name := range head {
		name, _ = tidyName(name)
		key := strings.ToLower(strings.TrimSpace(name))
		if _, twice := column[key]; twice {
			return nil, nil, fmt.Errorf("two columns are called %q", key)
		}
		if key != fileColumn && !slices.Contains(recordingFields, key) {
			ignored = append(ignored, name)
			continue
		}
		column[key] = j
	}
	at, ok := column[fileColumn]
	if !ok {
		return nil, nil, fmt.Errorf("no column is called %q; allowed are the columns file, subject, condition and trial, named in the first line, and others, which are ignored", fileColumn)
	}
	for {
		record, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := records.FieldPos(0)
		row := listedFile{line: lines.before + line}
		if row.file = record[at]; row.file == "" {
			return nil, nil, fmt.Errorf("line %d: the file is missing", row.line)
		}
		for _, field := range recordingFields {
			if j, ok := column[field]; ok {
				row.set(field, record[j])
			}
		}
		rows = append(rows, row)
	}
	if rows == nil {
		return nil, nil, fmt.Errorf("it lists no file")
	}
	return rows, ignored, nil
}
