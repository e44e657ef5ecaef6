package wrap

import "testing"

func TestText(t *testing.T) {
	for _, tt := range []struct {
		text          string
		width, indent int
		want          string
	}{
		{"", 10, 2, ""},
		{"one two three four", 10, 0, "one two\nthree four"},
		{"one two three", 10, 4, "one\n    two\n    three"},
		{"incomprehensibilities are kept", 10, 0, "incomprehensibilities\nare kept"},
		{"ä² ö² ü²", 5, 0, "ä² ö²\nü²"},
		{"a b\n\n  kept   as it is\nc", 80, 0, "a b\n\n  kept   as it is\nc"},
	} {
		if got := Text(tt.text, tt.width, tt.indent); got != tt.want {
			t.Errorf("%q in %d columns: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}
