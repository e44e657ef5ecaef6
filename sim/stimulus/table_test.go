package stimulus

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"partsnet/internal/tempfile"
)

// utf16Of returns a text in UTF-16 with a byte order mark.
func utf16Of(text string, bigEndian bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		if bigEndian {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// TestTablesOfLaboratories reads tables as programs and people write them.
func TestTablesOfLaboratories(t *testing.T) {
	t.Parallel()
	abc := []string{"a", "b", "c"}
	six := []float64{1, 2, 3, 4, 5, 6}
	for name, tt := range map[string]struct {
		text string
		how  Table
		want Set
		said []string // phrases of Read, and only these
	}{
		"numbers alone": {
			"1,2,4\n4,5,6\n", Table{},
			Set{Rates: []float64{1, 2, 4, 4, 5, 6}, Count: 2, Size: 3},
			[]string{"no header: line 1 was read as a stimulus", "separated by commas"}},
		"a header of numbers": {
			"0,1,2\n1,2,3\n4,5,6\n", Table{},
			Set{Rates: []float64{0, 1, 2, 1, 2, 3, 4, 5, 6}, Count: 3, Size: 3},
			[]string{`no header: line 1 was read as a stimulus, though its numbers count up; stimulus.header = "yes" reads them as names`, "separated by commas"}},
		"a header of numbers that is said to be one": {
			"0,1,2\n1,2,3\n4,5,6\n", Table{Header: Yes},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"0", "1", "2"}},
			[]string{"names of columns from line 1", "separated by commas"}},
		"names that parse as numbers": {
			"a,INF,nan\n1,2,3\n4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"a", "INF", "nan"}},
			[]string{"names of columns from line 1", "separated by commas"}},
		"a line of units": {
			"a,b,c\nmV,mV,\n1,2,3\n4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", `passed over: line 2, which holds no number ("mV")`, "separated by commas"}},
		"a title": {
			"Experiment;;\n\"Date\";2020-01-01;\n\na;b;c\n1;2;3\n4;5;6\n", Table{FirstLine: 4},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"passed over: 3 lines before line 4", "names of columns from line 4", "separated by semicolons"}},
		"a separator that is stated above a title": {
			"sep=;\na title, with commas\na;b;c\n1;2;3\n4;5;6\n", Table{FirstLine: 3},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"passed over: 2 lines before line 3", "names of columns from line 3", "separated by semicolons, as the first line says"}},
		"an index of pandas": {
			",a,b,c\n0,1,2,3\n1,4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"0", "1"}, Neurons: abc},
			[]string{"names of columns from line 1", "names of lines from column 1", "separated by commas"}},
		"an index of pandas over numbered columns": {
			",0,1,2\n0,1,2,3\n1,4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"0", "1"}, Neurons: []string{"0", "1", "2"}},
			[]string{"names of columns from line 1", "names of lines from column 1", "separated by commas"}},
		"an index of pandas that was read as a column": {
			"Unnamed: 0,a,b,c\n0,1,2,3\n1,4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"0", "1"}, Neurons: abc},
			[]string{"names of columns from line 1", "names of lines from column 1 (Unnamed: 0)", "separated by commas"}},
		"rates that a run wrote": {
			"stimulus,time,hidden neuron 0,hidden neuron 1\n0,0.5,1,2\n1,1,3,4\n", Table{},
			Set{Rates: []float64{1, 2, 3, 4}, Count: 2, Size: 2, Names: []string{"0", "1"}, Neurons: []string{"hidden neuron 0", "hidden neuron 1"}, Axis: []float64{0.5, 1}, AxisName: "time"},
			[]string{"names of columns from line 1", "names of lines from column 1 (stimulus)", "column 2 (time) is the axis, 0.5 to 1", "separated by commas"}},
		"synapses that a run wrote": {
			"hidden neuron,a,b,c\n0,1,2,3\n1,4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"0", "1"}, Neurons: abc},
			[]string{"names of columns from line 1", "names of lines from column 1 (hidden neuron)", "separated by commas"}},
		"write.table of R": {
			"\"a\" \"b\" \"c\"\n\"1\" 1 2 3\n\"x 2\" 4 5 6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"1", "x 2"}, Neurons: abc},
			[]string{"names of columns from line 1, which has one field less than the lines below", "names of lines from column 1", "separated by spaces"}},
		"names in the first column": {
			"muscle\ta\tb\tc\nTA\t1\t2\t3\nINF\t4\t5\t6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"TA", "INF"}, Neurons: abc},
			[]string{"names of columns from line 1", "names of lines from column 1 (muscle)", "separated by tabs"}},
		"names in the first column without a header": {
			"TA;1;2;3\nINF;4;5;6\n", Table{Header: No},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"TA", "INF"}},
			[]string{"no header: line 1 was read as a stimulus", "names of lines from column 1", "separated by semicolons"}},
		"names in a column that a key names": {
			"a,cell,b,c\n1,7,2,3\n4,8,5,6\n", Table{Names: "cell"},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"7", "8"}, Neurons: abc},
			[]string{"names of columns from line 1", "names of lines from column 2 (cell)", "separated by commas"}},
		"an index that is to be rates": {
			",a,b\n1,2,3\n4,5,6\n", Table{Names: None},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"column 1", "a", "b"}},
			[]string{"names of columns from line 1", "separated by commas"}},
		"a column of time": {
			"Time (s),a,b,c\n0,1,2,3\n0.005,4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc, Axis: []float64{0, 0.005}, AxisName: "Time (s)"},
			[]string{"names of columns from line 1", "column 1 (Time (s)) is the axis, 0 to 0.005", "separated by commas"}},
		"a column t that does not rise is a neuron": {
			"s,t,u\n1,2,3\n4,1,6\n", Table{},
			Set{Rates: []float64{1, 2, 3, 4, 1, 6}, Count: 2, Size: 3, Neurons: []string{"s", "t", "u"}},
			[]string{"names of columns from line 1", "separated by commas"}},
		"a column of time that is to be rates": {
			"time,b,c\n1,2,3\n4,5,6\n", Table{Time: None},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"time", "b", "c"}},
			[]string{"names of columns from line 1", "separated by commas"}},
		"a column of time that begins again, by its number and without a header": {
			"1,5,2,3\n4,5,5,6\n", Table{Time: "2"},
			Set{Rates: six, Count: 2, Size: 3, Axis: []float64{5, 5}, AxisName: "time"},
			[]string{"no header: line 1 was read as a stimulus", "column 2 is the axis, 5 to 5, and does not rise in 1 step", "separated by commas"}},
		"columns that are left out": {
			"time,a,who,b,c\n0,1,me,2,3\n0,4,you,5,6\n", Table{Columns: []string{"-time", "-3"}},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "left out: columns 1 (time), 3 (who)", "separated by commas"}},
		"columns that are kept": {
			"x,c,b,y,a\nleft,1,2,9,3\nright,4,5,9,6\n", Table{Columns: []string{"a", "#3", "c"}},
			Set{Rates: six, Count: 2, Size: 3, Names: []string{"left", "right"}, Neurons: []string{"c", "b", "a"}},
			[]string{"names of columns from line 1", "names of lines from column 1 (x)", "left out: column 4 (y)", "separated by commas"}},
		"decimal commas": {
			"a;b;c\n1,0;2;3,0\n4;5,00;6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "separated by semicolons, decimal commas"}},
		"decimal commas in one column": {
			"1,5\n2,25\n", Table{Decimal: ","},
			Set{Rates: []float64{1.5, 2.25}, Count: 2, Size: 1},
			[]string{"no header: line 1 was read as a stimulus", "one value a line, decimal commas"}},
		"a column that counts": {
			"frame,a\n0,1\n0.1,1\n0.2,1\n0.3,7\n0.4,1\n", Table{},
			Set{Rates: []float64{0, 1, 0.1, 1, 0.2, 1, 0.3, 7, 0.4, 1}, Count: 5, Size: 2, Neurons: []string{"frame", "a"}},
			[]string{"names of columns from line 1", "column 1 (frame) rises in equal steps and was read as rates: stimulus.time = \"frame\" makes it the axis, and stimulus.names = \"frame\" the names of the stimuli", "separated by commas"}},
		"decimal commas between spaces": {
			"1,0 2,0 3,0\n4,0 5,0 6,0\n", Table{},
			Set{Rates: six, Count: 2, Size: 3},
			[]string{"no header: line 1 was read as a stimulus", "separated by spaces, decimal commas"}},
		"decimal commas in quotes": {
			"a,b,c\n\"1,0\",2,3\n4,\"5,00\",6\n", Table{Decimal: ","},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "separated by commas, decimal commas"}},
		"thousands": {
			"a,b\n\"1,204.5\",950\n\"12,001,000\",-1\n", Table{Thousands: ","},
			Set{Rates: []float64{1204.5, 950, 12001000, -1}, Count: 2, Size: 2, Neurons: []string{"a", "b"}},
			[]string{"names of columns from line 1", `separated by commas, "," between thousands`}},
		"thousands with decimal commas": {
			"1.204,5;950\n2.000;1\n", Table{Thousands: ".", Decimal: ","},
			Set{Rates: []float64{1204.5, 950, 2000, 1}, Count: 2, Size: 2},
			[]string{"no header: line 1 was read as a stimulus", `separated by semicolons, decimal commas, "." between thousands`}},
		"thousands with spaces": {
			"1 204\t950\n2\u00a0000.5\t1\n", Table{Thousands: Space},
			Set{Rates: []float64{1204, 950, 2000.5, 1}, Count: 2, Size: 2},
			[]string{"no header: line 1 was read as a stimulus", `separated by tabs, " " between thousands`}},
		"a stated separator": {
			"sep=;\r\na;b;c\r\n1;2;3\r\n4;5;6\r\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 2", "separated by semicolons, as the first line says"}},
		"lines that end with CR": {
			"a,b,c\r1,2,3\r4,5,6\r", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "separated by commas"}},
		"UTF-16 of spreadsheets": {
			utf16Of("ä\tb\tc\r\n1\t2\t3\r\n4\t5\t6\r\n", false), Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"ä", "b", "c"}},
			[]string{"names of columns from line 1", "separated by tabs, UTF-16"}},
		"UTF-16 with the first byte first": {
			utf16Of("a,b,c\n1,2,3\n4,5,6\n", true), Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "separated by commas, UTF-16"}},
		"Windows-1252": {
			"\xe4,b,c\n1,2,3\n4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"ä", "b", "c"}},
			[]string{"names of columns from line 1", "separated by commas, names in Windows-1252, as they are not in UTF-8"}},
		"empty columns and lines at the end": {
			"a,b,c,,\n1,2,3,,\n4,5,6,,\n,,,,\n,,,,\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "left out at the end: 2 columns without a name and a value", "left out at the end: 2 lines without a value", "separated by commas"}},
		"a separator at the end of lines but not of the header": {
			"a,b,c\n1,2,3,\n4,5,6,\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "left out at the end of 2 lines: empty fields beyond the columns", "separated by commas"}},
		"commas in names": {
			"\"a, left\";b;c\n1;2;3\n4;5;6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"a, left", "b", "c"}},
			[]string{"names of columns from line 1", "separated by semicolons"}},
		"vertical bars": {
			"a|b|c\n1|2|3\n4|5|6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 1", "separated by vertical bars"}},
		"comments": {
			"# made by hand\n\na,b,c\n#\n1,2,3\n4,5,6\n# end\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: abc},
			[]string{"names of columns from line 3", "passed over: 3 lines that begin with #", "separated by commas"}},
		"a name twice": {
			"a,b,a\n1,2,3\n4,5,6\n", Table{},
			Set{Rates: six, Count: 2, Size: 3, Neurons: []string{"a", "b", "a"}},
			[]string{"names of columns from line 1", "separated by commas", `several columns are called "a"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := readTable(strings.NewReader(tt.text), tt.how)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Read = tt.said
			if d := cmp.Diff(&tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestTablesThatMayMeanTwoThings refuses what could be read in two ways, or in none, with the
// place and the key.
func TestTablesThatMayMeanTwoThings(t *testing.T) {
	t.Parallel()
	const missing = `stimulus.missing = "mask" learns without it`
	for _, tt := range []struct {
		text string
		how  Table
		want string
	}{
		{"NA,NA\n1,2\n", Table{}, `line 1, column 1: the value is missing ("NA"); ` + missing},
		{"a,b\n1,2\n3,-\n", Table{}, `line 3, column 2 (b): the value is missing ("-"); ` + missing + `; stimulus.columns = ["-b"] leaves the column out`},
		{"a,b\n1,2\n,\n5,6\n", Table{}, `line 3: all values are missing, and such a stimulus is refused`},
		{",5,7\n1,2,3\n", Table{}, `line 1, column 1: the value is missing ("")`},
		{"a,b\n1,2\n3,4,5\n", Table{}, "line 3: 3 values; expected 2, separated by commas as in line 1"},
		{"1,2\n3,4,5\n6,7,8\n", Table{}, `line 1: 2 numbers, and 3 values in line 2; stimulus.header = "yes" reads`},
		{"TA,1,2\nSOL,3,4\n", Table{}, `line 1: "TA" stands before numbers, as in the lines below; stimulus.header = "yes" reads the line as names of columns, and "no" as a stimulus of that name`},
		{"x,a\nTA,1\n5,2\n", Table{}, `column 1 (x) holds "TA" in line 2 and "5" in line 3; stimulus.names = "x" reads`},
		{"muscle,a\nTA,NA\nSO,1\n", Table{}, `line 2, column 2 (a): the value is missing ("NA")`},
		{"a title, with a comma\na,b,c\n1,2,3\n4,5,6\n", Table{}, `line 2 holds "a" and no number, and has one field more than line 1; a table has one line of names; if what stands above line 2 is a title, stimulus.first-line = 2 passes over it`},
		{"Experiment;;\nDate;2020-01-01;\n\nt;a;b\n0;1;2\n1;3;4\n", Table{}, `"Experiment" reads the column as names of the stimuli, and "none" as rates, which are numbers; if what stands above line 4 is a title, stimulus.first-line = 4 passes over it`},
		{"a,b\n1,2\n", Table{Header: No}, `column 1 holds "a" in line 1 and "1" in line 2`},
		{"a,b\n", Table{}, `no stimuli found behind the header in line 1; stimulus.header = "no" reads that as a stimulus`},
		{"time,a\n0,1\n1,2\n0,3\n", Table{}, `line 4, column 1 (time): 0 after 1, and an axis of time rises; stimulus.time = "time" reads the column as the axis all the same, and "none" as a neuron`},
		{"time,a\n0:01,1\n0:02,x\n", Table{}, `line 3, column 2 (a): "x" is not a number`},
		{"a,time\n1,0:01\n2,0:02\n", Table{}, `line 2, column 2 (time), which is the axis: "0:01" is not a number; stimulus.columns = ["-time"] leaves the column out`},
		{"a;b\n1,204;2\n", Table{}, `line 2, column 1 (a): "1,204" is not a number with the decimal mark "."; stimulus.thousands = "," reads it as 1204, and stimulus.decimal = "," as 1.204`},
		{"a,b\n\"1,204,000\",2\n", Table{}, `stimulus.thousands = "," reads it as 1204000`},
		{"a,b\n\"1,204.5\",2\n", Table{}, `stimulus.decimal = "." with stimulus.thousands = "," reads it`},
		{"a,b\n\"0,5\",2\n", Table{}, `"0,5" is not a number with the decimal mark "."; stimulus.decimal = "," reads it`},
		{"a;b\n0,5;0.5\n", Table{}, `there are numbers with a decimal comma ("0,5" in line 2, column 1) and with a decimal point ("0.5" in line 2, column 2); stimulus.decimal = "," or "." says which`},
		{"a;b\n1.204,5;2\n", Table{}, `stimulus.decimal = "," with stimulus.thousands = "." reads it`},
		{"a\tb\n1 204\t2\n", Table{}, `stimulus.thousands = "space" reads it`},
		{"a\tb\n1'204\t2\n", Table{}, `stimulus.thousands = "'" reads it`},
		{"a;b\n12,04;2\n1;2\n", Table{Thousands: ","}, `"12,04" is not a number with the decimal mark "." and "," between thousands`},
		{"1\n1,5,2,5\n", Table{Decimal: ","}, `"1,5,2,5" is not a number with the decimal mark ","; commas that separate values are none of decimals`},
		{"\"a\",\"b\"\n1,2\n", Table{Decimal: ","}, `the values are separated by commas, and stimulus.decimal = "," makes the same commas decimal marks`},
		{"a;b\n0.5;2\n", Table{Decimal: ","}, `"0.5" is not a number with the decimal mark ","; stimulus.decimal = "." reads it`},
		{"a,b\n1,2\n", Table{Columns: []string{"c"}}, `stimulus.columns, "c": there is no such column; allowed are numbers from 1 to 2, and the names a, b`},
		{"muscle,b\n1,2\n", Table{Columns: []string{"-musle"}}, `did you mean "muscle"?`},
		{"a,b\n1,2\n", Table{Columns: []string{"a", "1"}}, `stimulus.columns, "1": column 1 (a) is named twice`},
		{"a,b\n1,2\n", Table{Columns: []string{"a", "-b"}}, `stimulus.columns = ["a" "-b"]; allowed are columns to keep, or columns to leave out with "-" before each`},
		{"a,b\n1,2\n", Table{Columns: []string{"-a", "-b"}}, `line 1: no column with rates is left of 2`},
		{"a,a\n1,2\n", Table{Names: "a"}, `stimulus.names = "a": 2 columns have that name; allowed is a number, such as #1`},
		{"2,1\n1,2\n", Table{Header: Yes, Columns: []string{"2"}}, `stimulus.columns, "2": that is the name of column 1 and the number of another; allowed are #1 and #2`},
		{"1,2\n", Table{Time: "time"}, `stimulus.time = "time": there is no header that names columns; allowed are numbers from 1 to 2`},
		{"a,b\n1,2\n", Table{Names: "a", Time: "1"}, `stimulus.time = "1": the names of the stimuli are in that column; stimulus.names = "none" leaves it to the axis`},
		{"x\x00,\x00y", Table{}, "line 1: there are zero bytes, as in UTF-16 without a byte order mark"},
		{"a,b,\n1,2,\n3,4,\n", Table{Columns: []string{"3"}}, `stimulus.columns, "3": there is no such column; allowed are numbers from 1 to 2`},
		{"a\n1e999\n", Table{}, `line 2, column 1 (a): "1e999" is beyond the largest number`},
	} {
		_, err := readTable(strings.NewReader(tt.text), tt.how)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q, %+v:\ngot  %v\nwant %s", tt.text, tt.how, err, tt.want)
		}
	}
}

// TestLayoutBeyondTheFirstLines holds lines behind those from which the layout was found to it.
func TestLayoutBeyondTheFirstLines(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("1,2\n", 2*sampleRecords)
	for _, tt := range []struct{ text, want string }{
		{many + "3\n", "line 201: 1 value; expected 2, separated by commas as in line 1"},
		{many + "x,2\n", `line 201, column 1: "x" is not a number; stimulus.columns = ["-1"] leaves the column out`},
		{many + ",\n1,2\n", "line 201: all values are missing"},
		{"a,b,\n" + strings.ReplaceAll(many, "\n", ",\n") + "1,2,3\n", "line 202: 3 values; expected 2, separated by commas as in line 1"},
		{"# c\n\n" + many + "\n#\n3,\"4\"5\n", "line 205, column 5"},
	} {
		if _, err := readTable(strings.NewReader(tt.text), Table{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("...%q: got %v, want %s", tt.text[len(tt.text)-8:], err, tt.want)
		}
	}
	set, err := readTable(strings.NewReader("n,v\n"+strings.Repeat("a,1\n", 300)+"7,2\n"), Table{})
	if err != nil || set.Count != 301 || set.Names[300] != "7" || set.Rates[300] != 2 {
		t.Errorf("a number among names: %v", err)
	}
}

// TestAnyLineEnd cuts lines however little is read at a time.
func TestAnyLineEnd(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a,b\r\n1,2\r\n3,4", "a,b\r1,2\r3,4\r", "a,b\n1,2\r\n3,4\r"} {
		set, err := readTable(&oneByte{strings.NewReader(text)}, Table{})
		if err != nil || !slices.Equal(set.Rates, []float64{1, 2, 3, 4}) {
			t.Errorf("%q: %+v, %v", text, set, err)
		}
	}
}

// oneByte reads a byte at a time.
type oneByte struct{ r *strings.Reader }

func (o *oneByte) Read(b []byte) (int, error) { return o.r.Read(b[:min(1, len(b))]) }

// TestTransposedNames lets names of lines and of columns change places, and drops the axis.
func TestTransposedNames(t *testing.T) {
	t.Parallel()
	set, err := readTable(strings.NewReader("muscle,x,y,z\nTA,1,2,3\nSOL,4,5,6\n"), Table{})
	if err != nil {
		t.Fatal(err)
	}
	set.Transpose()
	want := &Set{Rates: []float64{1, 4, 2, 5, 3, 6}, Count: 3, Size: 2, Names: []string{"x", "y", "z"}, Neurons: []string{"TA", "SOL"}, Read: set.Read}
	if d := cmp.Diff(want, set); d != "" {
		t.Error(d)
	}
	if set, err = readTable(strings.NewReader("time,a,b\n1,2,3\n2,5,6\n"), Table{}); err != nil {
		t.Fatal(err)
	}
	set.Transpose()
	if said := set.Read[len(set.Read)-1]; set.Axis != nil || set.AxisName != "" || said != "the axis time was dropped, which is one of visible neurons" {
		t.Errorf("%+v", set)
	}
}

// TestNegativeValuesAreLeftToTheEnd loads them as they are, refuses them as rates, and counts
// those that become 0.
func TestNegativeValuesAreLeftToTheEnd(t *testing.T) {
	t.Parallel()
	path := tempfile.Write(t, "a.csv", "a,b\n1,-0.25\n-2,4\n")
	set, err := LoadRaw(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Validate(); err == nil || !strings.Contains(err.Error(), "visible neuron 1 (counted from 0: b) has the value -0.25; rates are finite and never negative; stimulus.rectify = true") {
		t.Errorf("got %v", err)
	}
	if err := set.Rectify(); err != nil || !slices.Equal(set.Rates, []float64{1, 0, 0, 4}) || set.Read[len(set.Read)-1] != "2 negative values were set to 0, the lowest -2" {
		t.Errorf("%+v, %v", set, err)
	}
	if err := set.Validate(); err != nil {
		t.Error(err)
	}
}
