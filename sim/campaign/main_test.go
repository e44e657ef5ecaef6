package campaign_test

import (
	"os"
	"testing"

	"partsnet/sim/campaign"
	"partsnet/sim/simtest"
)

// later sets the clock by which processes grow old forward.
var later = campaign.Quick()

func TestMain(m *testing.M) {
	simtest.Volatile()
	simtest.Alone()
	if how := os.Getenv(doing); how != "" {
		process(how)
	}
	os.Exit(m.Run())
}
