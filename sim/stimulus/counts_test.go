package stimulus

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dense writes counts out, a row a stimulus.
func dense(s *Set) [][]float64 {
	rows := make([][]float64, s.Count)
	for i := range rows {
		rows[i] = make([]float64, s.Size)
		if s.Counts == nil {
			copy(rows[i], s.Row(i))
			continue
		}
		s.Counts.Each(i, func(j int, x float64) { rows[i][j] = x })
	}
	return rows
}

func TestCountsAreRead(t *testing.T) {
	docword, err := readDocword(strings.NewReader("3\n4\n3\n1 2 5\n1 4 1\n3 1 2147483647\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{0, 5, 0, 1}, {0, 0, 0, 0}, {2147483647, 0, 0, 0}}
	if d := cmp.Diff(want, dense(docword)); d != "" {
		t.Error(d)
	}
	docword.Transpose()
	if d := cmp.Diff([][]float64{{0, 0, 2147483647}, {5, 0, 0}, {0, 0, 0}, {1, 0, 0}}, dense(docword)); d != "" {
		t.Error(d)
	}
	for text, want := range map[string][][]float64{
		"%%MatrixMarket matrix coordinate real general\n% columns first\n2 3 3\n1 1 0.5\n2 1 1e2\n\n1 3 0\n": {{0.5, 0, 0}, {100, 0, 0}},
		"%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n1 1\n2 1\n":                              {{1, 1}, {1, 0}},
		"%%matrixmarket MATRIX array integer general\n2 3\n1\n2\n3 4\n5\n6\n":                                {{1, 3, 5}, {2, 4, 6}},
		"%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n":                                         {{1, 2}, {2, 3}},
	} {
		s, err := readMatrixMarket(strings.NewReader(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if d := cmp.Diff(want, dense(s)); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// TestRealCounts reads counts that were weighted and are no whole numbers, and drops zeros.
func TestRealCounts(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func() (*Set, error){
		"docword": func() (*Set, error) { return readDocword(strings.NewReader("2\n2\n3\n1 2 0.25\n2 1 1e2\n2 2 0\n")) },
		"MatrixMarket": func() (*Set, error) {
			return readMatrixMarket(strings.NewReader("%%MatrixMarket matrix coordinate real general\n2 2 3\n1 2 0.25\n2 1 1e2\n2 2 0\n"))
		},
	} {
		s, err := read()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff([][]float64{{0, 0.25}, {100, 0}}, dense(s)); d != "" || s.Counts == nil {
			t.Errorf("%s: %s", name, d)
		}
		if d := cmp.Diff([]string{"1 stored zero dropped"}, s.Read); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestHostileCounts(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "line 1: expected the number of documents",
		"1\n2\n":                              "expected the number of entries",
		"0\n2\n1\n":                           "line 1: the number of documents: \"0\"",
		"999999999\n1\n1\n":                   "allowed is an integer from 1 to 16777216",
		"1\n2\n1\n1 3 1\n":                    "line 4: word: \"3\"; allowed is an integer from 1 to 2",
		"1\n2\n1\n2 1 1\n":                    "line 4: document: \"2\"",
		"1\n2\n1\n1 1 2147483648\n":           "line 4: count: \"2147483648\"",
		"1\n2\n1\n1 1 99999999999999999999\n": "line 4: count:",
		"1\n2\n1\n1 1 -1\n":                   "line 4: count: \"-1\"; allowed is a number from 0 to 2147483647",
		"1\n2\n1\n1 1 NaN\n":                  "line 4: count: \"NaN\"",
		"1\n2\n3\n1 1 1\n1 2 0\n1 1 2\n":      "line 6: stimulus 1 has neuron 1 twice",
		"1\n2\n1\n1 1\n":                      "line 4: \"1 1\"; expected document, word and count",
		"1\n2\n2\n1 1 1\n":                    "2 entries announced, 1 there",
		"1\n2\n1\n1 1 1\n1 2 1\n":             "line 5: more than the 1 entries",
		"1\n2\n2\n1 1 1\n1 1 1\n":             "line 5: stimulus 1 has neuron 1 twice",
		"2\n2\n3\n2 1 1\n\n1 2 1\n2 1 1\n":    "line 7: stimulus 2 has neuron 1 twice",
	} {
		if _, err := readDocword(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("docword %q: got %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"":  "no MatrixMarket header",
		"1": "line 1:",
		"%%MatrixMarket matrix coordinate complex general\n":                                  "line 1:",
		"%%MatrixMarket matrix array pattern general\n":                                       "line 1:",
		"%%MatrixMarket matrix coordinate real general\n":                                     "expected 3 sizes",
		"%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 1 1\n":                     "symmetric matrix of 2×3",
		"%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1\n":                       "line 3: row: \"3\"",
		"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 -1\n":                      "line 3: value: \"-1\"",
		"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 nan\n":                     "line 3: value:",
		"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1\n":                         "expected row, column",
		"%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1\n":                       "2 entries announced, 1 there",
		"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1\n1 2 1\n":                "more than the 1 entries",
		"%%MatrixMarket matrix coordinate real general\n% c\n2 2 3\n1 2 1\n%\n1 1 0\n1 2 3\n": "line 7: stimulus 1 has neuron 2 twice",
		"%%MatrixMarket matrix coordinate real symmetric\n2 2 3\n2 1 1\n2 2 1\n1 2 1\n":       "line 5: stimulus 1 has neuron 2 twice",
		"%%MatrixMarket matrix array real general\n16777216 16777216\n1\n":                    "dimensions",
		"%%MatrixMarket matrix array real general\n2 1\n1\n":                                  "2 values announced, 1 there",
		"%%MatrixMarket matrix array real general\n1 1\n1\n2\n":                               "more than the 1 values",
	} {
		if _, err := readMatrixMarket(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("MatrixMarket %q: got %v, want %s", text, err, want)
		}
	}
	counts, err := readDocword(strings.NewReader("1\n2\n1\n1 1 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if counts.Scale(Scaling{Name: "unit-maximum"}) == nil || counts.Shape(1, 2, false) == nil {
		t.Error("counts are scaled or shaped like images")
	}
}

func FuzzDocword(f *testing.F) {
	fuzz(f, readDocword, "3\n4\n3\n1 2 5\n1 4 1\n3 1 7\n", "1\n1\n1\n1 1 1\n", "2\n2\n2\n2 2 1\n1 1 1\n")
}

func FuzzMatrixMarket(f *testing.F) {
	fuzz(f, readMatrixMarket, "%%MatrixMarket matrix coordinate real general\n% c\n2 3 2\n1 1 0.5\n2 1 1e2\n",
		"%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n1 1\n2 1\n", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n")
}
