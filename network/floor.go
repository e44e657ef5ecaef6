package network

import "partsnet/neuron"

// Floors below which a rate or a weight is set to zero, by precision.
//
// Under a multiplicative rule unused rates and synapses fall for ever and
// would reach denormal numbers, where processors slow down. The floor f is
// chosen so that f² is still a normal number: a prediction is then either
// exactly zero or at least f², and the quotient v/p stays finite for stimuli up
// to 10⁸ (float64) and 10⁴ (float32). Against rates of order one it is far
// below rounding.
const (
	Floor64 = 1e-150
	Floor32 = 1e-17
)

// Floor returns the floor with which a network of the precision T starts.
func Floor[T neuron.Float]() T {
	var f T
	switch p := any(&f).(type) {
	case *float64:
		*p = Floor64
	case *float32:
		*p = Floor32
	}
	return f
}
