package train_test

import (
	"context"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
)

// TestCheckStep refuses counts that would silence synapses for ever, and learns from them
// by a smaller rate; images, which reach 1, are learned by the usual one.
func TestCheckStep(t *testing.T) {
	learn := func(settings ...string) error {
		t.Helper()
		x, err := experiment.Read("", nil, append([]string{"stimulus.count=70", "network.hidden=5", "learning.epochs=2", "look.frames=0", "figures=[]",
			"recognition.circuit=divisive-modulation", "learning.rule=divisive-modulation"}, settings...))
		if err != nil {
			t.Fatal(err)
		}
		_, err = sim.Learn(context.Background(), x, 1)
		return err
	}
	err := learn("stimulus.generator=topics")
	if err == nil || !strings.Contains(err.Error(), `learning.rate = 0.05: rule "divisive-modulation" sets synapses to zero for ever by one count of `) {
		t.Errorf("by the usual rate: %v", err)
	}
	for _, settings := range [][]string{{"stimulus.generator=topics", "learning.rate=0.005"}, {"stimulus.generator=faces", "stimulus.side=8"}} {
		if err := learn(settings...); err != nil {
			t.Errorf("%v: %v", settings, err)
		}
	}
}
