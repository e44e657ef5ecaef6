package stimulus

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestRecordingsOfColumns reads recordings from columns of a table, wherever they stand.
func TestRecordingsOfColumns(t *testing.T) {
	t.Parallel()
	want := []Recording{{"walk, 1", "", "walk", "1", 0, 2}, {"walk, 2", "", "walk", "2", 2, 3}, {"run, 1", "", "run", "1", 3, 4}, {"walk, 1 (2)", "", "walk", "1", 4, 5}}
	for _, c := range []struct{ table, condition, trial, read string }{
		{"what,a,step,b\nwalk,1,1,2\nwalk,3,1,4\nwalk,5,2,6\nrun,7,1,8\nwalk,9,1,10\n", "what", "step", "conditions from column 1 (what); trials from column 3 (step)"},
		{"a,b,step,what\n1,2,1,walk\n3,4,1,walk\n5,6,2,walk\n7,8,1,run\n9,10,1,walk\n", "4", "3", "conditions from column 4 (what); trials from column 3 (step)"},
		{"a;what;b;step\n1;walk;2;1\n3;walk;4;1\n5;walk;6;2\n7;run;8;1\n9;walk;10;1\n", "what", "step", "conditions from column 2 (what)"},
	} {
		set, err := readTable(strings.NewReader(c.table), Table{Condition: c.condition, Trial: c.trial})
		if err != nil {
			t.Errorf("%q: %v", c.table, err)
			continue
		}
		if !slices.Equal(set.Recordings, want) || !slices.Equal(set.Neurons, []string{"a", "b"}) || !slices.Equal(set.Rates, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) || set.Names != nil {
			t.Errorf("%q: %+v, %q of %q", c.table, set.Recordings, set.Names, set.Neurons)
		}
		if said := strings.Join(set.Read, "; "); !strings.Contains(said, c.read) {
			t.Errorf("%q: says %s, want %s", c.table, said, c.read)
		}
	}
	for _, c := range []struct {
		table string
		how   Table
		want  string
	}{
		{"a,what\n1,walk\n2,\n", Table{Condition: "what"}, "line 3, column 2 (what), which is the condition: the value is missing"},
		{"a,what\n1,walk\n", Table{Condition: "where"}, `groups.condition = "where": there is no such column`},
		{"a,what\n1,walk\n", Table{Condition: "what", Trial: "2"}, `groups.trial = "2": the column is that of groups.condition`},
		{"a,what\n1,walk\n", Table{Condition: "what", Columns: []string{"what"}}, "the column says of which recording a stimulus is"},
		{"unit,time,what\nx,1,walk\n", Table{Condition: "what", Bin: 1}, "groups.condition and groups.trial with stimulus.bin"},
	} {
		read := readTable
		if c.how.Bin > 0 {
			read = readEvents
		}
		if _, err := read(strings.NewReader(c.table), c.how); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.table, err, c.want)
		}
	}
}

// TestRecordingsOfColumnsInFiles puts the recordings of each file behind its name.
func TestRecordingsOfColumnsInFiles(t *testing.T) {
	t.Parallel()
	folder := fill(t, entry{"A.csv", "a,what\n1,walk\n2,run\n"}, entry{"B.csv", "a,what\n3,walk\n4,walk\n"})
	set, err := LoadSeveral(context.Background(), folder, Files{Pattern: "{subject}.csv"}, Options{Table: Table{Condition: "what"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Recording{{"A, walk", "A", "walk", "", 0, 1}, {"A, run", "A", "run", "", 1, 2}, {"B, walk", "B", "walk", "", 2, 4}}
	if !slices.Equal(set.Recordings, want) {
		t.Errorf("%+v, want %+v", set.Recordings, want)
	}
	if _, err := LoadSeveral(context.Background(), folder, Files{Pattern: "{condition}.csv"}, Options{Table: Table{Condition: "what"}}); err == nil || !strings.Contains(err.Error(), "says the condition of A, and so does the column groups.condition") {
		t.Errorf("%v", err)
	}
}
