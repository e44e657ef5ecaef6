package learning_test

import (
	"slices"
	"testing"

	"partsnet/learning"
	"partsnet/synapse"
)

// TestUpPropagationHasNoState asks a new rule for one late epoch alone. The layer that
// changes must follow from the number of the epoch, as in a rule that has seen all epochs
// before it.
func TestUpPropagationHasNoState(t *testing.T) {
	for epoch := range 6 {
		var layers []*synapse.Projection[float64]
		var before [][]float64
		for _, sizes := range [][2]int{{3, 4}, {2, 3}, {2, 2}} { // visible 4, then 3, 2 and 2 hidden neurons
			w := synapse.New[float64]("w", sizes[0], sizes[1], synapse.Excitatory)
			x := make([]float64, sizes[0]*sizes[1])
			for i := range x {
				x[i] = 1 + float64(i)
			}
			if err := w.Set(x); err != nil {
				t.Fatal(err)
			}
			layers, before = append(layers, w), append(before, slices.Clone(x))
		}
		rule := &learning.UpPropagation[float64]{Layers: layers}
		sum := rule.NewAccumulator(2, 4)
		for i := range sum.Coincidence {
			sum.Coincidence[i] = 1 + float64(i*i)
		}
		sum.Total[0], sum.Total[1] = 1, 2
		own := make([][]float64, len(layers))
		for k, x := range before {
			own[k] = make([]float64, len(x))
		}
		rule.Propose(&learning.Change[float64]{
			Next: make([]float64, 2*4), Now: learning.Through(layers), Own: own, To: 2, Epoch: epoch, Sum: sum,
		})
		for k, w := range layers {
			if changed := !slices.Equal(own[k], before[k]); changed != (k == epoch%3) {
				t.Errorf("epoch %d: a change of layer %d is proposed: %v", epoch, k, changed)
			}
			if !slices.Equal(w.Weights(), before[k]) {
				t.Errorf("epoch %d: layer %d changed before its weights were committed", epoch, k)
			}
		}
	}
}
