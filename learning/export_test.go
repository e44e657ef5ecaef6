package learning

import "partsnet/neuron"

// Project is project, for tests.
func Project[T neuron.Float](x []T, sum float64) { project(x, sum) }
