package network_test

import (
	"fmt"
	"math/rand/v2"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// A network of three hidden neurons learns the three bars of which six stimuli
// are made, without any configuration.
func Example() {
	stimuli, _ := neuron.RatesOf(6, 6, []float64{
		1, 1, 0, 0, 0, 0,
		0, 0, 2, 2, 0, 0,
		0, 0, 0, 0, 1, 1,
		1, 1, 3, 3, 0, 0,
		2, 2, 0, 0, 1, 1,
		0, 0, 1, 1, 2, 2,
	})
	visible, hidden := neuron.Layer{Name: "visible", Size: 6}, neuron.Layer{Name: "hidden", Size: 3}
	w := synapse.New[float64]("hidden→visible", hidden.Size, visible.Size, synapse.Excitatory)
	w.Randomise(rand.New(rand.NewPCG(1, 2)), 0.1, 1)
	w.Normalise(synapse.UnitSum)
	net, err := network.New(visible, hidden, w, &network.DivisiveError[float64]{}, 1)
	if err != nil {
		panic(err)
	}
	rates := neuron.NewRates[float64](6, 3)
	net.Start(stimuli, rates)
	learner, err := network.NewLearner(net, &learning.PoissonRule[float64]{}, network.Plan{Order: network.RecogniseLearn, Steps: 1}, stimuli, rates)
	if err != nil {
		panic(err)
	}
	for range 500 {
		if err := learner.Epoch(); err != nil {
			panic(err)
		}
	}
	for a := range hidden.Size {
		fmt.Printf("part %d: %.2f\n", a, w.Of(a))
	}
	// Output:
	// part 0: [0.50 0.50 0.00 0.00 0.00 0.00]
	// part 1: [0.00 0.00 0.00 0.00 0.50 0.50]
	// part 2: [0.00 0.00 0.50 0.50 0.00 0.00]
}
