package synapse

import "math"

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
	return float64(s)*w >= 0 && !math.IsInf(w, 0)
}
