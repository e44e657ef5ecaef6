package measure

import "math"

// Rates reads hidden rates H (m×r) in float64, whatever their precision, a stimulus or a
// neuron at a time, so that there is never a copy of them all.
type Rates struct {
	Stimuli, Hidden int
	read            func(to []float64, from, step int)
}

// RatesOf returns what reads the rates h (m×hidden), row-major.
func RatesOf[T float32 | float64](h []T, hidden int) Rates {
	return Rates{len(h) / max(1, hidden), hidden, func(to []float64, from, step int) {
		for k := range to {
			to[k] = float64(h[from+k*step])
		}
	}}
}

// Read returns m×r rates, row by row, of which read writes number from and every step-th
// after it.
func Read(stimuli, hidden int, read func(to []float64, from, step int)) Rates {
	return Rates{stimuli, hidden, read}
}

// Stimulus writes the rates to a stimulus into to.
func (r Rates) Stimulus(i int, to []float64) { r.read(to, i*r.Hidden, 1) }

// Neuron writes the rates of a neuron over the stimuli into to.
func (r Rates) Neuron(a int, to []float64) { r.read(to, a, r.Hidden) }

// Use returns how much each neuron is used, Σ_i |h_ia|.
func (r Rates) Use() []float64 {
	use, h := make([]float64, r.Hidden), make([]float64, r.Hidden)
	for i := range r.Stimuli {
		r.Stimulus(i, h)
		for a, x := range h {
			use[a] += math.Abs(x)
		}
	}
	return use
}
