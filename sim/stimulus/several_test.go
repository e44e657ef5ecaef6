package stimulus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSeveralFiles reads files of a folder and of archives as one set: in the natural order of
// their names, with neurons in the order of those of the first, names behind that of the recording,
// and the axis of each.
func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	entries := []entry{
		{"walk/P10.csv", "time,b,a\n0,60,50\n"}, {"walk/P2.csv", "time,a,b\n0,1,2\n1,3,4\n"},
		{"walk/notes.md", ""}, {"run/P2.csv", "time,a,b\n0,7,8\n"}, {"walk/.P3.csv", "x"},
	}
	folder := fill(t, entries...)
	packed := fill(t, entry{"a.zip", zipOf(entries...)}, entry{"a.tgz", gzipOf(tarOf(entries...))})
	for _, path := range []string{folder, packed + "/a.zip", packed + "/a.tgz"} {
		set, err := LoadSeveral(context.Background(), path, Files{Pattern: "{condition}/{subject}.csv"}, Options{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if want := []float64{7, 8, 1, 2, 3, 4, 50, 60}; !slices.Equal(set.Rates, want) || set.Count != 4 || set.Size != 2 {
			t.Errorf("%s: %v of %d × %d, want %v", path, set.Rates, set.Count, set.Size, want)
		}
		if !slices.Equal(set.Neurons, []string{"a", "b"}) || !slices.Equal(set.Axis, []float64{0, 0, 1, 0}) || set.AxisName != "time" || set.Names != nil {
			t.Errorf("%s: neurons %q, axis %q %v, names %q", path, set.Neurons, set.AxisName, set.Axis, set.Names)
		}
		want := []Recording{{"run/P2", "P2", "run", "", 0, 1}, {"walk/P2", "P2", "walk", "", 1, 3}, {"walk/P10", "P10", "walk", "", 3, 4}}
		if !slices.Equal(set.Recordings, want) {
			t.Errorf("%s: recordings %+v, want %+v", path, set.Recordings, want)
		}
		said := strings.Join(set.Read, "; ")
		for _, want := range []string{
			"3 files read; 1 file left out, which groups.files = \"{condition}/{subject}.csv\" does not fit: walk/notes.md; 1 hidden file left out: walk/.P3.csv; names of columns from line 1;",
			"the visible neurons of 1 file were put in the order of run/P2.csv, by their names", "walk/P2.csv: column 1 (time) is the axis, 0 to 1",
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: says %s; want %s", path, said, want)
			}
		}
		files := []string{filepath.Join(folder, "run/P2.csv"), filepath.Join(folder, "walk/P2.csv"), filepath.Join(folder, "walk/P10.csv")}
		if path == folder != slices.Equal(set.Files, files) {
			t.Errorf("%s: files %q", path, set.Files)
		}
	}
}

// TestSeveralTransposed turns each file, and names stimuli by the recording and by the file.
func TestSeveralTransposed(t *testing.T) {
	t.Parallel()
	folder := fill(t, entry{"a1.csv", ",0,50\nGM,1,2\nTA,3,4\nVL,5,6\n"}, entry{"a2.csv", ",0\nGM,7\nTA,8\nVL,9\n"})
	set, err := LoadSeveral(context.Background(), folder, Files{Pattern: "a{trial}.csv", Transpose: true}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a1, 0", "a1, 50", "a2, 0"}; !slices.Equal(set.Names, want) || !slices.Equal(set.Neurons, []string{"GM", "TA", "VL"}) {
		t.Errorf("names %q and %q", set.Names, set.Neurons)
	}
	if want := []float64{1, 3, 5, 2, 4, 6, 7, 8, 9}; !slices.Equal(set.Rates, want) {
		t.Errorf("rates %v, want %v", set.Rates, want)
	}
	if got, want := Summary(set.Recordings), "2 recordings of 1 to 2 stimuli; 2 trials: 1, 2"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// TestTableOfFiles reads the files that a table lists, in its order.
func TestTableOfFiles(t *testing.T) {
	t.Parallel()
	folder := fill(t, entry{"in/a.csv", "1,2\n"}, entry{"in/b.csv", "3,4\n"}, entry{"c.csv", "5,6\n"}, entry{"x/in/a.csv", "9,9\n"})
	tables := fill(t, entry{"t.csv", "\xef\xbb\xbfFile;Subject;age;condition\nb.csv;B;33;walk\nin/a.csv;A;22;walk, fast\n"})
	set, err := LoadSeveral(context.Background(), folder, Files{Table: tables + "/t.csv"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Recording{{"b", "B", "walk", "", 0, 1}, {"a", "A", "walk, fast", "", 1, 2}}
	if !slices.Equal(set.Recordings, want) || !slices.Equal(set.Rates, []float64{3, 4, 1, 2}) {
		t.Errorf("%+v, %v", set.Recordings, set.Rates)
	}
	if said := strings.Join(set.Read, "; "); !strings.Contains(said, "t.csv: column age; 2 files left out, which") || !strings.Contains(said, "does not list: c.csv, x/in/a.csv") {
		t.Errorf("says %s", said)
	}
	for k, c := range []struct{ table, want string }{
		{"file\nd.csv\n", `line 2: "d.csv": there is no such file, but 4 files: c.csv, in/a.csv, in/b.csv and 1 more`},
		{"file\na.csv\n", `line 2: "a.csv": 2 files have that name: in/a.csv, x/in/a.csv; write the folder before it`},
		{"file\n/data/c.csv\n", `line 2: "/data/c.csv": the path is absolute; allowed are paths relative to stimulus.path, with / between folders, such as c.csv`},
		{"file\nC:\\data\\c.csv\n", "the path is absolute"},
		{"file\nin\\d.csv\n", "there is no such file, but 4 files"},
		{"file\nc.csv\n./c.csv\n", "line 3: c.csv is listed twice"},
		{"name\na.csv\n", `no column is called "file"`},
		{"file,subject\n,P1\n", "line 2: the file is missing"},
		{"file,file\na,b\n", `two columns are called "file"`},
		{"file\n", "it lists no file"},
		{"", "it is empty"},
	} {
		table := fill(t, entry{"t.csv", c.table}) + "/t.csv"
		if _, err := LoadSeveral(context.Background(), folder, Files{Table: table}, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("table %d: %v; want %s", k, err, c.want)
		}
	}
}

// TestTableOfOtherSystems finds files whose table was written with "\" between folders, or whose names
// an archive holds in decomposed letters.
func TestTableOfOtherSystems(t *testing.T) {
	t.Parallel()
	files := []entry{{"in/Zoe\u0308.csv", "1,2\n"}, {"b.csv", "3,4\n"}}
	packed := fill(t, entry{"v.zip", zipOf(files...)}, entry{"t.csv", "file,subject\nin\\Zo\u00eb.csv,Zoe\u0308\nb.csv,B\n"})
	set, err := LoadSeveral(context.Background(), packed+"/v.zip", Files{Table: packed + "/t.csv"}, Options{})
	if err != nil || !slices.Equal(set.Rates, []float64{1, 2, 3, 4}) || set.Recordings[0].Subject != "Zo\u00eb" {
		t.Fatalf("%+v, %v", set, err)
	}
	both := fill(t, entry{"a.csv", "1,2\n"}, entry{"t.csv", "file\nmissing.csv\n"})
	_, err = LoadSeveral(context.Background(), both, Files{Table: both + "/missing.csv"}, Options{})
	if err == nil || !strings.Contains(err.Error(), `groups.table = "`+both+`/missing.csv": `) {
		t.Errorf("a missing table: %v", err)
	}
}

// TestNamesThatAreNoFile refuses a name that an archive has twice, and a link that leads nowhere.
func TestNamesThatAreNoFile(t *testing.T) {
	t.Parallel()
	twice := []entry{{"a.csv", "1,2\n"}, {"b.csv", "3,4\n"}, {"a.csv", "5,6\n"}}
	packed := fill(t, entry{"v.zip", zipOf(twice...)}, entry{"v.tar", tarOf(twice...)}, entry{"t.csv", "file\na.csv\n"})
	for _, name := range []string{"/v.zip", "/v.tar"} {
		for _, files := range []Files{{Pattern: "{subject}.csv"}, {Pattern: "*.csv"}, {Table: packed + "/t.csv"}} {
			if _, err := LoadSeveral(context.Background(), packed+name, files, Options{}); err == nil || !strings.Contains(err.Error(), "two entries a.csv") {
				t.Errorf("%s by %+v: %v", name, files, err)
			}
		}
	}
	folder := fill(t, entry{"a.csv", "1,2\n"})
	if err := os.Symlink("nowhere.csv", folder+"/b.csv"); err != nil {
		t.Skip(err)
	}
	if _, err := LoadSeveral(context.Background(), folder, Files{Pattern: "{subject}.csv"}, Options{}); err == nil || !strings.Contains(err.Error(), "b.csv is a link to nowhere.csv, which cannot be read") {
		t.Errorf("a link that leads nowhere: %v", err)
	}
}

// TestSeveralRefused says which file does not fit the others, and how.
func TestSeveralRefused(t *testing.T) {
	t.Parallel()
	const a = "m,n\n1,2\n"
	for _, c := range []struct {
		pattern string
		files   []entry
		want    string
	}{
		{"{subject}.csv", []entry{{"a.csv", a}, {"b.csv", "m,o\n1,2\n"}}, `b.csv does not have the visible neurons of a.csv: it lacks ["n"] and it has further ["o"]`},
		{"{subject}.csv", []entry{{"a.csv", a}, {"b.csv", "m\n1\n"}}, `b.csv does not have the visible neurons of a.csv: it lacks ["n"]`},
		{"{subject}.csv", []entry{{"a.csv", a}, {"b.csv", "1,2\n"}}, "b.csv names no visible neurons, and a.csv does"},
		{"{subject}.csv", []entry{{"a.csv", "1,2\n"}, {"b.csv", "1,2,3\n"}}, "b.csv has stimuli of 3 values, and a.csv of 2"},
		{"{subject}.csv", []entry{{"a.csv", "1\n"}, {"b.csv", "1\nx\n"}}, `b.csv: line 2, column 1: "x" is not a number`},
		{"{subject}.csv", []entry{{"a.csv", "n,n\n1,2\n"}, {"b.csv", a}}, `"n" is the name of the values 0 and 1`},
		{"{subject}.csv", []entry{{"x/a.csv", a}, {"y/a.csv", a}}, `x/a.csv and y/a.csv are both of subject "a"; write their folders into the pattern, such as "x/{subject}.csv"`},
		{"{subject}.txt", []entry{{"a.csv", a}, {"b.csv", a}}, `groups.files = "{subject}.txt" fits none of 2 files: a.csv, b.csv`},
		{"{subject}.txt", nil, "there is no file"},
		{"{subject}.pgm", []entry{{"a.pgm", onePixel}}, "a.pgm is an image, which is one stimulus"},
		{"{subject}.xls", []entry{{"a.xls", "x"}}, "a.xls: the name does not tell the format"},
		{"{subject}.zip", []entry{{"a.zip", zipOf(entry{"a.csv", a})}}, "a.zip is an archive within a folder"},
	} {
		folder := fill(t, c.files...)
		paths := []string{folder}
		if c.files != nil {
			paths = append(paths, filepath.Join(fill(t, entry{"v.zip", zipOf(c.files...)}), "v.zip"))
		}
		for _, path := range paths {
			if _, err := LoadSeveral(context.Background(), path, Files{Pattern: c.pattern}, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s of %v: %v; want %s", c.pattern, c.files, err, c.want)
			}
		}
	}
	_, err := Load(context.Background(), fill(t, entry{"a.csv", a}, entry{"b.csv", a}))
	if err == nil || !strings.Contains(err.Error(), `groups.files, a pattern such as "{subject}_{trial}.csv"`) {
		t.Errorf("without a pattern: %v", err)
	}
}

// TestSeveralCounts joins counts, of which a file may lack none.
func TestSeveralCounts(t *testing.T) {
	t.Parallel()
	folder := fill(t, entry{"a.csv", "unit,time\nx,0.5\ny,1.5\nx,1.6\n"}, entry{"b.csv", "unit,time\ny,0.1\nx,0.2\ny,0.3\n"})
	set, err := LoadSeveral(context.Background(), folder, Files{Pattern: "{trial}.csv"}, Options{Table: Table{Bin: 1}})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for i := range set.Count {
		set.Counts.Each(i, func(j int, x float64) { got += fmt.Sprintf(" %d:%s=%v", i, set.Neurons[j], x) })
	}
	if want := " 0:x=1 1:x=1 1:y=1 2:x=1 2:y=2"; got != want || set.Recordings[1] != (Recording{"b", "", "", "b", 2, 3}) {
		t.Errorf("%s and %+v; want %s", got, set.Recordings, want)
	}
}

// TestCut cuts recordings into repetitions.
func TestCut(t *testing.T) {
	t.Parallel()
	one := &Set{Count: 4, Size: 1, Source: "x.csv"}
	if err := one.Cut(2); err != nil || !slices.Equal(one.Recordings, []Recording{{"cycle 1", "", "", "1", 0, 2}, {"cycle 2", "", "", "2", 2, 4}}) {
		t.Errorf("%+v, %v", one.Recordings, err)
	}
	two := &Set{Count: 6, Size: 1, Recordings: []Recording{{"a", "A", "walk", "01", 0, 2}, {"b", "B", "", "", 2, 6}}}
	want := []Recording{{"a, cycle 1", "A", "walk", "01, cycle 1", 0, 2}, {"b, cycle 1", "B", "", "1", 2, 4}, {"b, cycle 2", "B", "", "2", 4, 6}}
	if err := two.Cut(2); err != nil || !slices.Equal(two.Recordings, want) {
		t.Errorf("%+v, %v", two.Recordings, err)
	}
	odd := &Set{Count: 7, Size: 1, Source: "x.csv"}
	if err := odd.Cut(3); err == nil || !strings.Contains(err.Error(), "x.csv has 7 stimuli, which are 2 repetitions and 1 stimulus more") {
		t.Errorf("%v", err)
	}
}

// FuzzFileTable demands that a table of files has a file in each line that it returns.
func FuzzFileTable(f *testing.F) {
	f.Add("file;Subject;age\na.csv;A;33\n")
	f.Add("\xef\xbb\xbf# files\nsep=,\nFILE,trial\n\"a,b.csv\",1\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, _, err := readFileTable(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, row := range rows {
			if row.file == "" || row.line < 2 {
				t.Errorf("%q: %+v", text, row)
			}
		}
	})
}
