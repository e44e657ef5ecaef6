package network_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"partsnet/network"
)

// Three hidden neurons learn the three bars of which six stimuli are made.
func Example() {
	v := mat.NewDense(6, 6, []float64{
		1, 1, 0, 0, 0, 0,
		0, 0, 2, 2, 0, 0,
		0, 0, 0, 0, 1, 1,
		1, 1, 3, 3, 0, 0,
		2, 2, 0, 0, 1, 1,
		0, 0, 1, 1, 2, 2,
	})
	learned, err := network.Learn(v, 3, network.Options{Seed: 1})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.2f\n", mat.Formatted(learned.Synapses))
	// Output:
	// ⎡0.50  0.50  0.00  0.00  0.00  0.00⎤
	// ⎢0.00  0.00  0.50  0.50  0.00  0.00⎥
	// ⎣0.00  0.00  0.00  0.00  0.50  0.50⎦
}
