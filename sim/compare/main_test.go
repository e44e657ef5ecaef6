package compare_test

import (
	"os"
	"testing"

	"partsnet/sim/simtest"
)

func TestMain(m *testing.M) {
	simtest.Volatile()
	simtest.Alone()
	os.Exit(m.Run())
}
