package synapse

import "math"

// Normalisation is what a plasticity rule keeps constant about the synapses of
// one presynaptic neuron.
type Normalisation int

// The normalisations.
const (
	Free    Normalisation = iota // nothing is kept
	UnitSum                      // the weights of each presynaptic neuron sum to 1 in magnitude
)

// String returns the name that messages use.
func (n Normalisation) String() string {
	switch n {
	case Free:
		return "free"
	case UnitSum:
		return "unit sum"
	}
	return "unknown"
}

// Rescale brings each row of w (rows×cols) to the normalisation:
//
//	UnitSum   w_aj ← w_aj / Σ_k |w_ak|
//
// The sum is accumulated in float64. A row of zeros stays as it is: a neuron
// without synapses has nothing to share out. Free changes nothing.
func Rescale[T float32 | float64](n Normalisation, w []T, cols int) {
	if n == Free {
		return
	}
	for len(w) > 0 {
		row := w[:cols]
		w = w[cols:]
		sum := magnitude(row)
		if sum == 0 {
			continue
		}
		for j, x := range row {
			row[j] = T(float64(x) / sum)
		}
	}
}

// Normalise brings the weights of every presynaptic neuron to the
// normalisation, as [Rescale] says.
func (p *Projection[T]) Normalise(n Normalisation) {
	Rescale(n, p.w, p.post)
}

// Deviation returns how far the projection is from the normalisation: the
// largest |Σ_j |w_aj| − 1| over presynaptic neurons a that have a synapse,
// 0 for Free.
func (p *Projection[T]) Deviation(n Normalisation) float64 {
	if n == Free {
		return 0
	}
	worst := 0.0
	for a := range p.pre {
		if sum := magnitude(p.Of(a)); sum != 0 {
			worst = max(worst, math.Abs(sum-1))
		}
	}
	return worst
}

// magnitude returns Σ |w_j| accumulated in float64.
func magnitude[T float32 | float64](row []T) float64 {
	sum := 0.0
	for _, x := range row {
		sum += math.Abs(float64(x))
	}
	return sum
}
