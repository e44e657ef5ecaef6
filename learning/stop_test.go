package learning_test

import (
	"testing"

	"partsnet/learning"
)

// TestPlateauSurvivesTheStart feeds the log-likelihood of the faces as the paper's
// network shows it from a random start (as a loss): almost level for ten steps,
// then steep, then level for good.
func TestPlateauSurvivesTheStart(t *testing.T) {
	course := []struct {
		epoch int
		loss  float64
		stop  bool
	}{
		{1, 518530, false}, {2, 518423, false}, {5, 517952, false}, {10, 514635, false}, {20, 494215, false},
		{50, 477368, false}, {100, 473159, false}, {200, 471620, false}, {500, 470620, false}, {1000, 470159, true},
	}
	// From 500 to 1000 an epoch brings 0.9 of the total gain of 48,371; from 200
	// to 500 it brought 3.3.
	p := learning.Plateau{Tolerance: 4e-5, MinEpochs: 1}
	for i, c := range course {
		if i == 1 {
			// The relative change of the second step is 2·10⁻⁴: looked at
			// alone it would stop a tolerance of 10⁻³ here.
			if (course[0].loss-c.loss)/course[0].loss > 1e-3 {
				t.Fatal("the course has no plateau")
			}
		}
		if got := p.Reached(c.epoch, c.loss); got != c.stop {
			t.Errorf("epoch %d: stop is %v, want %v", c.epoch, got, c.stop)
		}
	}
}

func TestPlateauObeysMinEpochsAndZero(t *testing.T) {
	level := func(p learning.Plateau) int {
		for epoch := 1; epoch <= 100; epoch++ {
			if p.Reached(epoch, 1) {
				return epoch
			}
		}
		return 0
	}
	if got := level(learning.Plateau{Tolerance: 1e-6, MinEpochs: 50}); got != 50 {
		t.Errorf("a level course stops at epoch %d, want 50", got)
	}
	if got := level(learning.Plateau{MinEpochs: 50}); got != 0 {
		t.Errorf("without tolerance it stops at epoch %d, want never", got)
	}
}
