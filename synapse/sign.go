package synapse

import (
	"math"

	"partsnet/neuron"
)

// Sign is the declared sign of all synapses of a projection.
type Sign int8

// The two signs.
const (
	Excitatory Sign = +1 // weights ≥ 0
	Inhibitory Sign = -1 // weights ≤ 0
)

// String returns "excitatory" or "inhibitory".
func (s Sign) String() string {
	switch s {
	case Excitatory:
		return "excitatory"
	case Inhibitory:
		return "inhibitory"
	}
	return "undeclared"
}

// Allows reports whether a synapse of this sign can have the weight w.
func (s Sign) Allows(w float64) bool {
	least, most := allowed[float64](s)
	return w >= least && w <= most
}

// allowed returns the least and the greatest weight of the sign; no comparison
// holds for what is not a number.
func allowed[T neuron.Float](s Sign) (least, most T) {
	var greatest T
	switch g := any(&greatest).(type) {
	case *float32:
		*g = math.MaxFloat32
	case *float64:
		*g = math.MaxFloat64
	}
	if s == Inhibitory {
		return -greatest, 0
	}
	return 0, greatest
}
