package nearest

import "testing"

func TestName(t *testing.T) {
	names := []string{"bars", "faces-cbcl", "faces", "paper/figure-1", "paper/figure-4", "stack", "network.hidden"}
	for word, want := range map[string]string{
		"face": "faces", "Faces": "faces", "fcaes": "faces", "faxes": "faces", "barz": "bars", "brs": "bars", "figure-4": "paper/figure-4",
		"paper/figur-1": "paper/figure-1", "faces-cbl": "faces-cbcl", "hidden": "network.hidden", "network.hiden": "network.hidden",
		"nothing": "", "xy": "", "": "", "elephants": "",
	} {
		if got := Name(word, names); got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"ä", "a", 1}, {"ca", "abc", 3}} {
		if got := Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
