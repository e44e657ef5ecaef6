package page

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
)

// table is a table of a directory: rows of text, the first of which names the columns.
type table [][]string

// readTable reads a table of the run, which has at least one row.
func (r *run) readTable(name string) (table, error) {
	path, err := r.File(name)
	if err != nil {
		return nil, err
	}
	return tableOf(path)
}

// errNoRow says that a table has no row, or not even a header.
var errNoRow = errors.New("at least a header and a row are needed")

// tableOf reads a table.
func tableOf(path string) (table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err == nil && len(rows) < 2 {
		err = fmt.Errorf("%d rows; %w", len(rows), errNoRow)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}

// column returns the numbers of a column, nil for each entry that is not a number. Ok is false if the
// table has no such column.
func (t table) column(name string) (x []*float64, ok bool) {
	at := slices.Index(t[0], name)
	if at < 0 {
		return nil, false
	}
	for _, row := range t[1:] {
		v, err := strconv.ParseFloat(row[at], 64)
		x = append(x, finite(v))
		if err != nil {
			x[len(x)-1] = nil
		} else {
			ok = ok || x[len(x)-1] != nil
		}
	}
	return x, ok
}
