package simtest

import (
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
)

// Way is a way to learn, as settings: a circuit, a rule, an order, a size of batch, a
// generator and a precision.
type Way []string

// Says reports whether the way has a setting with this text.
func (w Way) Says(text string) bool { return strings.Contains(strings.Join(w, " "), text) }

// Experiment returns a run that ends at once and learns in this way.
func (w Way) Experiment(t testing.TB, more ...string) *experiment.Experiment {
	t.Helper()
	base := []string{"network.hidden=5", "figures=[]", "stimulus.count=70", "learning.epochs=2", "record=2"}
	if !w.Says("topics") {
		base = append(base, "stimulus.side=8", "look.frames=5")
	}
	// Its usual rate is too large for counts, and refused.
	if w.Says("topics") && w.Says("learning.rule=divisive-modulation") {
		base = append(base, "learning.rate=0.005")
	}
	return Experiment(t, append(append(base, w...), more...)...)
}

// leastWays is the least length of a list of ways to learn: nothing is tried by a list
// that has become empty.
const leastWays = 60

// Ways returns every circuit with every rule, order and size of batch with which it can
// learn, of dense stimuli and of counts, in both precisions, and some with relaxed steps.
// Where the full campaign is not asked for it takes the first order and the usual batch, in
// turn in one precision and the other.
func Ways(t testing.TB) (all []Way) {
	t.Helper()
	full := suite.Full()
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			found := len(all)
			for _, order := range network.Orders() {
				for _, batch := range []string{"", "learning.batch=1", "learning.batch=7"} {
					w := Way{"recognition.circuit=" + c.Name(), "learning.rule=" + r.Name(), "learning.order=" + order}
					if batch != "" {
						w = append(w, batch)
					}
					if _, err := experiment.Read("", nil, w); err != nil {
						continue // the error says why they cannot learn together
					}
					if relaxed := append(w[:len(w):len(w)], "learning.relaxation=1.5"); len(all)%4 == 0 {
						if _, err := experiment.Read("", nil, relaxed); err == nil {
							w = relaxed
						}
					}
					if len(all) > found && !full {
						continue
					}
					for _, generator := range []string{"faces", "topics"} {
						precisions := []string{"float64", "float32"}
						if !full {
							precisions = precisions[len(all)/3%2:][:1]
						}
						for _, precision := range precisions {
							all = append(all, append(w[:len(w):len(w)], "stimulus.generator="+generator, "precision="+precision))
						}
					}
				}
			}
		}
	}
	if len(all) < leastWays {
		t.Fatalf("%d ways to learn; at least %d are expected", len(all), leastWays)
	}
	return all
}
