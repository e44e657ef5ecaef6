package record_test

import (
	"path/filepath"
	"slices"
	"testing"

	"partsnet/sim/record"
)

func TestLog(t *testing.T) {
	dir, err := record.Create(filepath.Join(t.TempDir(), "run"))
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range [][]string{nil, {"one"}, {"one", "{\"two\": 2}"}} {
		log, texts, damaged, err := dir.OpenLog("log")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, text := range texts {
			got = append(got, string(text))
		}
		if !slices.Equal(got, want) || damaged != nil {
			t.Errorf("opened for the %dth time: %q, damaged %v", k, got, damaged)
		}
		if err := log.Append([]byte([]string{"one", "{\"two\": 2}", "three"}[k])); err != nil {
			t.Fatal(err)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := dir.Abandon(); err != nil {
		t.Fatal(err)
	}
}
