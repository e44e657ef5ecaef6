package outcome

import "testing"

// TestDescending keeps what is equal in its order.
func TestDescending(t *testing.T) {
	compare := Descending([]float64{1, 2, 2})
	if compare(0, 1) <= 0 || compare(1, 0) >= 0 || compare(1, 2) != 0 || compare(2, 1) != 0 {
		t.Error("no order")
	}
}
