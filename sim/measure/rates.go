package measure

import "math"

// Rates reads hidden rates H (m×r) in float64, whatever their precision, a stimulus or a
// neuron at a time, so that there is never a copy of them all.
type Rates struct {
	Stimuli, Hidden int
	read            func(at int) float64
}

// RatesOf returns what reads the rates h (m×hidden), row-major.
func RatesOf[T float32 | float64](h []T, hidden int) Rates {
	return Rates{len(h) / max(1, hidden), hidden, func(at int) float64 { return float64(h[at]) }}
}

// Read returns m×r rates of which read returns number k, row by row.
func Read(stimuli, hidden int, read func(k int) float64) Rates { return Rates{stimuli, hidden, read} }

// Stimulus writes the rates to a stimulus into to.
func (r Rates) Stimulus(i int, to []float64) {
	for a := range to {
		to[a] = r.read(i*r.Hidden + a)
	}
}

// Neuron writes the rates of a neuron over the stimuli into to.
func (r Rates) Neuron(a int, to []float64) {
	for i := range to {
		to[i] = r.read(i*r.Hidden + a)
	}
}

// Use returns how much each neuron is used, Σ_i |h_ia|.
func (r Rates) Use() []float64 {
	use := make([]float64, r.Hidden)
	for i := range r.Stimuli * r.Hidden {
		use[i%r.Hidden] += math.Abs(r.read(i))
	}
	return use
}
