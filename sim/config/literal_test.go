package config

import "testing"

// TestLiteralsAreTOML demands that a value of any type is repeated as it is written in TOML.
func TestLiteralsAreTOML(t *testing.T) {
	for _, text := range []string{
		"1", "-7", "1.0", "2.5", "1e-150", "1e+300", "inf", "-inf", "nan", "true", `"a\u0007b"`, "[]", "[1, 2.5, [\"x\"]]",
		"2020-01-02", "03:04:05", "03:04:05.25", "2020-01-02T03:04:05", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05+02:00",
		"{}", `{a = 1, "b c" = {d = 2.0}}`, "[{a = 1}, {b = 2}]",
	} {
		if got := Literal(Value(text)); got != text {
			t.Errorf("%s is repeated as %s", text, got)
		}
	}
}
