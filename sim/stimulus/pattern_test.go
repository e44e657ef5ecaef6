package stimulus

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPattern reads names by patterns.
func TestPattern(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          string // subject/condition/trial; "" where the name does not fit
	}{
		{"{subject}_TW_{trial}_V.csv", "ID0001_TW_01_V.csv", "ID0001//01"},
		{"{subject}_TW_{trial}_V.csv", "deep/in/ID0001_TW_01_V.CSV", "ID0001//01"},
		{"{subject}_TW_{trial}_V.csv", "ID0001_TW_01_M.csv", ""},
		{"{subject}_TW_{trial}_V.csv", "id_tw_01_V.csv", ""},
		{"{subject}_TW_{trial}_V.csv", "_TW_01_V.csv", ""},
		{"{condition}/{subject}.csv", "all/walking/P 1.csv", "P 1/walking/"},
		{"{condition}/{subject}.csv", "P1.csv", ""},
		{"sub-{subject}/sub-{subject}_task-{condition}.tsv", "sub-01/sub-01_task-walk.tsv", "01/walk/"},
		{"sub-{subject}/sub-{subject}_task-{condition}.tsv", "sub-01/sub-02_task-walk.tsv", ""},
		{"*.csv", "a.b.csv", "//"},
		{"*.csv", "a.csv.gz", ""},
		{"{subject}.csv.gz", "a.csv.GZ", "a//"},
		{"{subject}(1)+.csv", "a(1)+.csv", "a//"},
		{"{subject}(1)+.csv", "a1.csv", ""},
		{"{subject}/{subject}_{condition}.csv", "A_B/A_B_C_w.csv", "A_B/C_w/"},
		{"{subject}_{condition}_{subject}.csv", "a_b_c_a_b.csv", "a_b/c/"},
		{"*_{subject}_*.csv", "a_x_c.csv", "x//"},
		{"*_*_{subject}.csv", "_a_x.csv", "x//"},
		{"R\u00e9_{subject}.csv", "Re\u0301_Ze\u0301.csv", "Z\u00e9//"},
		{"Re\u0301_{subject}.CSV", "in/R\u00e9_A.csv", "A//"},
		{"{trial}", "7", "//7"},
		{"{subject}", "a/\xff\n", "\xff //"},
	} {
		p, err := patternOf("groups.files", c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		r, ok, err := p.match(c.name)
		if got := r.Subject + "/" + r.Condition + "/" + r.Trial; err != nil || ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s of %q: %s, %v, %v; want %q", c.pattern, c.name, got, ok, err, c.want)
		}
	}
}

// TestAmbiguousNames refuses names that can be read in two ways, and says which.
func TestAmbiguousNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ pattern, name, want string }{
		{"{subject}_{trial}.csv", "a_b_c.csv", `subject "a", trial "b_c", or subject "a_b", trial "c"`},
		{"*_{subject}.csv", "x_a_b.csv", `subject "a_b", or subject "b"`},
		{"{subject}_*.csv", "a_b_c.csv", `subject "a", or subject "a_b"`},
		{"*_{subject}_*.csv", "a_x_b_x_c.csv", `subject "x", or subject "x_b"`},
		{"{subject}/{trial}_{subject}_{condition}.csv", "x/a_x_b_x_c.csv", `condition "b_x_c", trial "a", or subject "x", condition "c", trial "a_x_b"`},
	} {
		p, err := patternOf("groups.files", c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := p.match(c.name); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %s: %v; want %s", c.pattern, c.name, err, c.want)
		}
	}
}

// TestManyReadings bounds the work of a name that is made to be read in many ways.
func TestManyReadings(t *testing.T) {
	t.Parallel()
	p, err := patternOf("groups.files", "{subject}x{condition}x{trial}x{subject}x{condition}x{trial}x*.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := p.match(strings.Repeat("x", 400) + "y"); ok || err != nil && !strings.Contains(err.Error(), "too many ways") {
		t.Errorf("%v, %v", ok, err)
	}
	if r, ok, err := p.match("1x2x3x1x2x3x.csv"); !ok || err != nil || r.said() != `subject "1", condition "2", trial "3"` {
		t.Errorf("%+v, %v, %v", r, ok, err)
	}
}

// TestBadPatterns refuses patterns, and says why.
func TestBadPatterns(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		"{person}.csv": "no field {person}", "{subject": "is not closed", "a}": "closes no field", "{subject}{trial}": "nothing stands between",
		"{subject}*.csv": "nothing stands between", "**": "nothing stands between", "/a": "no name of a file", "a//b": "no name of a file", "../{subject}": "no name of a file",
		`a\{subject}`: `names of folders end with "/"`, "": "no name of a file", "{}": "no field {}", "{{subject}}": "no field {{subject}",
	} {
		if _, err := patternOf("groups.files", pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", pattern, err, want)
		}
	}
}

// FuzzPattern demands that what a pattern reads of a name fits when it is put back into the pattern.
func FuzzPattern(f *testing.F) {
	f.Add("{subject}_TW_{trial}_V.csv", "ID0001_TW_01_V.csv")
	f.Add("{condition}/{subject}.csv", "x/walking/a.CSV")
	f.Add("*_{subject}/{subject}.(+)", "x_a/a.(+)")
	f.Fuzz(func(t *testing.T, text, name string) {
		p, err := patternOf("groups.files", text)
		if err != nil {
			return
		}
		r, ok, err := p.match(name)
		if err != nil || !ok || !utf8.ValidString(name) || strings.ContainsAny(name, "\r\n{}*") || p.star {
			return
		}
		back := strings.NewReplacer("{subject}", r.Subject, "{condition}", r.Condition, "{trial}", r.Trial).Replace(Composed(text))
		last := strings.Split(name, "/")
		name = Composed(strings.Join(last[len(last)-p.elements:], "/"))
		if !strings.EqualFold(name, back) {
			t.Errorf("%q reads %q as %+v, which is %q", text, name, r, back)
		}
	})
}
