// Package stimulus reads stimuli from files and scales them.
//
// Each format is a file of this package that describes itself; see [Formats], and for the
// list docs/stimuli.md. Images come in the natural order of their paths ("2" before "10"); other
// files among them and what begins with a dot are passed over, which [Set.Read] says.
// Values are kept as stored until [Set.Scale] is asked for.
//
// Of tables in text, what the file leaves open ([Table]) is found from the first lines: encoding
// and lines in table_lines.go, separator and numbers in table_numbers.go, header and names in
// table_layout.go, the columns that are read in table_columns.go. What was found, converted or
// left out is a phrase of the set, and what may mean two things is refused.
//
// Files are not trusted. No header makes room for more than the bytes that
// follow it, sizes are bounded, an archive may not reach outside
// itself, and whatever is wrong is an error that names file, entry or line, and
// what is allowed.
package stimulus
