package stimulus

import (
	"context"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
)

// TestMissingValues reads what is missing in a table and in an array as missing, where that is asked
// for, also through a transposition, and refuses a set of which nothing is known.
func TestMissingValues(t *testing.T) {
	nan := "\x00\x00\x00\x00\x00\x00\xf8\x7f"
	one := "\x00\x00\x00\x00\x00\x00\xf0\x3f"
	how := Options{Table: Table{Missing: Masked}}
	for _, tt := range []struct{ name, text string }{
		{"a.csv", "a,b,c\n1,,1\nNA,NaN,1\n"},
		{"a.tsv", "1\t-\t1\n?\tnull\t1\n"},
		{"a.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}", one+nan+one+nan+nan+one)},
	} {
		path := tempfile.Write(t, tt.name, tt.text)
		if _, err := LoadRaw(context.Background(), path, Options{Table: Table{Missing: Refuse}}); err == nil || !strings.Contains(err.Error(), `stimulus.missing = "mask"`) {
			t.Errorf("%s: refused with %v", tt.name, err)
		}
		for _, transposed := range []bool{false, true} {
			s, err := LoadRaw(context.Background(), path, how)
			if err != nil {
				t.Fatal(err)
			}
			if transposed {
				s.Transpose()
			}
			if err := s.Lack(); err != nil {
				t.Fatal(err)
			}
			known := ""
			for i := range s.Count {
				s.Known(i, func(j int, x float64) {
					if x != 1 {
						t.Errorf("%s: %v at %d, %d", tt.name, x, i, j)
					}
					known += string(rune('0'+i)) + string(rune('0'+j)) + " "
				})
			}
			want := "00 02 12 "
			if transposed {
				want = "00 20 21 "
			}
			if known != want || s.Seen.Missing() != 3 || s.Validate() != nil {
				t.Errorf("%s, transposed: %v: known are %s, %d missing; want %s, 3", tt.name, transposed, known, s.Seen.Missing(), want)
			}
			if !slices.Contains(s.Read, "3 of 6 values are missing") {
				t.Errorf("%s: %q", tt.name, s.Read)
			}
			if err := s.Scale(Scaling{Name: "lee-seung"}); err == nil || !strings.Contains(err.Error(), `allowed is stimulus.scaling = "none"`) {
				t.Errorf("%s: scaled with %v", tt.name, err)
			}
		}
	}
	path := tempfile.Write(t, "none.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}", nan+nan))
	if s, err := LoadRaw(context.Background(), path, how); err != nil || s.Lack() == nil {
		t.Errorf("took a set of which nothing is known: %v", err)
	}
}

func TestMissingPhrase(t *testing.T) {
	for some, want := range map[int]string{0: "no value is", 1: "1 of 47,000 values is", 1234: "1,234 of 47,000 values are"} {
		if got := MissingPhrase(some, 47000); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
