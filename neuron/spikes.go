package neuron

import "math/rand/v2"

// Spikes is a layer that fires Poisson spikes to one stimulus, told as the order in which
// neurons fire: the next spike is at neuron j with probability
//
//	v_j / Σ_k v_k
//
// whatever came before, and time between spikes is left out.
type Spikes[T Float] struct {
	ends   []float64 // of the share of each neuron, from 0 to the total
	neuron []int32   // that the shares belong to; nil for all in their order
	chance rand.PCG
	last   int // the neuron that fired last
}

// Show sets the rates v of all neurons.
func (s *Spikes[T]) Show(v []T) { s.ShowSome(nil, v) }

// ShowSome sets the rates v of some neurons, or of all where neuron is nil. It keeps the
// slice neuron.
func (s *Spikes[T]) ShowSome(neuron []int32, v []T) { showSome(s, neuron, v) }

// ShowCounts is [Spikes.ShowSome] of counts.
func (s *Spikes[T]) ShowCounts(neuron []int32, v []uint16) { showSome(s, neuron, v) }

func showSome[T Float, V uint16 | float32 | float64](s *Spikes[T], neuron []int32, v []V) {
	s.neuron, s.ends = neuron, s.ends[:0]
	sum := 0.0
	for _, x := range v {
		sum += float64(x)
		s.ends = append(s.ends, sum)
	}
}

// Seed sets chance to where the source and the number of the presentation say. What
// follows depends on nothing else.
func (s *Spikes[T]) Seed(source, presentation uint64) {
	s.chance.Seed(mix(source^mix(presentation)), mix(presentation))
}

// Total returns the sum of the rates.
func (s *Spikes[T]) Total() float64 {
	if len(s.ends) == 0 {
		return 0
	}
	return s.ends[len(s.ends)-1]
}

// Last returns the neuron that fired last, −1 if all rates are zero.
func (s *Spikes[T]) Last() int { return s.last }

// Next returns the neuron that fires next, −1 if all rates are zero.
func (s *Spikes[T]) Next() int {
	s.last = s.next()
	return s.last
}

func (s *Spikes[T]) next() int {
	total := s.Total()
	if total == 0 {
		return -1
	}
	// 53 bits of chance make a number in [0, total).
	x := float64(s.chance.Uint64()>>11) * 0x1p-53 * total
	lo, hi := 0, len(s.ends)-1
	for lo < hi {
		if mid := (lo + hi) / 2; s.ends[mid] > x {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	if s.neuron != nil {
		return int(s.neuron[lo])
	}
	return lo
}

// mix scatters the bits of x: the finaliser of SplitMix64 (Steele, Lea & Flood 2014),
// which maps neighbours far apart.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
