package synapse

import (
	"math"

	"partsnet/neuron"
)

// Normalisation is what a plasticity rule keeps constant about the synapses of
// one presynaptic neuron.
type Normalisation int

// The normalisations.
const (
	Free       Normalisation = iota // nothing is kept
	UnitSum                         // the weights of each presynaptic neuron sum to 1 in magnitude
	UnitLength                      // the squared weights of each presynaptic neuron sum to 1
)

// String returns the name that messages use.
func (n Normalisation) String() string {
	switch n {
	case Free:
		return "free"
	case UnitSum:
		return "unit sum"
	case UnitLength:
		return "unit length"
	}
	return "unknown"
}

// Rescale brings each row of w (rows×cols) to the normalisation:
//
//	UnitSum      w_aj ← w_aj / Σ_k |w_ak|
//	UnitLength   w_aj ← w_aj / √( Σ_k w_ak² )
//
// Sums are accumulated in float64. A row of zeros stays as it is: a neuron
// without synapses has nothing to share out. Free changes nothing.
func Rescale[T neuron.Float](n Normalisation, w []T, cols int) {
	if n == Free {
		return
	}
	for len(w) > 0 {
		row := w[:cols]
		w = w[cols:]
		size := size(n, row)
		if size == 0 {
			continue
		}
		for j, x := range row {
			row[j] = T(float64(x) / size)
		}
	}
}

// Normalise brings the weights of every presynaptic neuron to the
// normalisation, as [Rescale] says.
func (p *Projection[T]) Normalise(n Normalisation) {
	Rescale(n, p.w, p.post)
	p.version++
}

// Deviation returns how far the projection is from the normalisation: the
// largest deviation of the sum, or of the length, from 1 over presynaptic neurons that
// have a synapse; 0 for Free.
func (p *Projection[T]) Deviation(n Normalisation) float64 {
	if n == Free {
		return 0
	}
	worst := 0.0
	for a := range p.pre {
		if size := size(n, p.Of(a)); size != 0 {
			worst = max(worst, math.Abs(size-1))
		}
	}
	return worst
}

// size returns what the normalisation keeps at 1, accumulated in float64.
func size[T neuron.Float](n Normalisation, row []T) float64 {
	sum := 0.0
	for _, x := range row {
		if n == UnitLength {
			sum += float64(float64(x) * float64(x))
		} else {
			sum += math.Abs(float64(x))
		}
	}
	if n == UnitLength {
		return math.Sqrt(sum)
	}
	return sum
}
