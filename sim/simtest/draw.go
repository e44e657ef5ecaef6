package simtest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
)

// Pairs returns every circuit with every rule with which it learns, and with every order
// and size of batch of theirs, as settings.
func Pairs(t testing.TB) (all []Way) {
	t.Helper()
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			for _, order := range network.Orders() {
				for _, batch := range []string{"0", "1", "7"} {
					w := Way{"recognition.circuit=" + c.Name(), "learning.rule=" + r.Name(), "learning.order=" + order, "learning.batch=" + batch}
					if _, err := experiment.Read("", nil, w); err == nil {
						all = append(all, w)
					}
				}
			}
		}
	}
	if len(all) < leastWays {
		t.Fatalf("%d pairs; at least %d are expected", len(all), leastWays)
	}
	return all
}

// Draw draws a small experiment of one of the pairs, on stimuli of a generator, dense or
// counts, as settings. It may be one that is refused.
func Draw(rng *rand.Rand, pairs []Way) (settings []string) {
	settings = append(settings, pairs[rng.IntN(len(pairs))]...)
	generators := []string{"bars", "faces", "squares", "topics", "topics"}
	settings = append(settings, "stimulus.generator="+generators[rng.IntN(len(generators))])
	for _, n := range []struct {
		key      string
		from, to int
	}{{"stimulus.count", 5, 90}, {"network.hidden", 1, 7}, {"learning.epochs", 2, 5}, {"seed", 1, 1000}} {
		settings = append(settings, fmt.Sprintf("%s=%d", n.key, n.from+rng.IntN(n.to-n.from+1)))
	}
	for _, s := range []string{"precision=float32", "learning.relaxation=1.5", "record=3", "floor=0", "restarts=3", "stack.hidden=[3]", `network.constraints=["non-negative", "one-active"]`} {
		if rng.IntN(3) == 0 {
			settings = append(settings, s)
		}
	}
	return settings
}

// Shrink makes an experiment that fails smaller, as long as it still fails: it leaves out
// settings, the circuit with its rule first, and halves numbers, whose defaults are larger.
func Shrink(settings []string, fails func(settings []string) bool) []string {
	for again := true; again; {
		again = false
		for from := range settings {
			to := from + 1
			key, text, _ := strings.Cut(settings[from], "=")
			if key == "recognition.circuit" {
				to = from + 4 // with its rule, order and batch
			}
			smaller := append(settings[:from:from], settings[to:]...)
			if n, err := strconv.Atoi(text); err == nil && n > 1 {
				smaller = append(append(settings[:from:from], fmt.Sprintf("%s=%d", key, n/2)), settings[to:]...)
			} else if err == nil {
				continue
			}
			if fails(smaller) {
				settings, again = smaller, true
				break
			}
		}
	}
	return settings
}
