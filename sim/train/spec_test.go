package train

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partsnet/sim/outcome"
)

// TestStartFromEnds reads synapses to start from: the context ends it.
func TestStartFromEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.csv")
	if err := os.WriteFile(path, []byte("1,2,3\n4,5,6\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if w, err := startFrom(t.Context(), "synapses.path", path, 2, 3); err != nil || len(w) != 6 {
		t.Errorf("%v, %v", w, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := startFrom(ctx, "synapses.path", path, 2, 3); !errors.As(err, new(*outcome.Interrupted)) {
		t.Errorf("%v; want an interruption", err)
	}
}
