package program

import "testing"

// TestCite names programs of every form of version that [Version] returns or returned.
func TestCite(t *testing.T) {
	const revision = "3a609c01c6b97a9f5386ced70baff66a5f42edd4"
	for version, want := range map[string][2]string{
		"v1.2.3":                             {"partsnet v1.2.3", ""},
		"v1.2.3+dirty (build 0cd)":           {"partsnet v1.2.3 with uncommitted changes", "0cd"},
		"v0.0.0-20261127120901-3a609c01c6b9": {"partsnet v0.0.0-20261127120901-3a609c01c6b9", ""},
		revision:                             {"partsnet, revision " + revision, ""},
		revision + "+changes (build 0cd1)":   {"partsnet, revision " + revision + " with uncommitted changes", "0cd1"},
		revision + "+changes":                {"partsnet, revision " + revision + " with uncommitted changes", ""},
		"unknown (build 0cd1ee81ed4c)":       {"partsnet, built from source without version control information", "0cd1ee81ed4c"},
		"unknown":                            {"partsnet, built from source without version control information", ""},
	} {
		if name, sum := Cite(version); name != want[0] || sum != want[1] {
			t.Errorf("%s: %q, %q; want %q", version, name, sum, want)
		}
	}
	if name, _ := Cite(Version()); name == "partsnet" || name == "partsnet unknown" {
		t.Errorf("this program, of version %s, is called %q", Version(), name)
	}
}
