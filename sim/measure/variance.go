package measure

import "iter"

// Variation returns the squared deviation of the m stimuli v of n rates each from the mean
// rate of each visible neuron,
//
//	Σ_ij ( v_ij − v̄_j )²        v̄_j = Σ_i v_ij / m
//
// The explained variance of a prediction P is 1 − Σ(v−p)² / Variation.
func Variation(v iter.Seq[float64], m, n int) float64 {
	mean := make([]float64, n)
	i := 0
	for x := range v {
		mean[i%n] += x / float64(m)
		i++
	}
	sum := 0.0
	i = 0
	for x := range v {
		d := x - mean[i%n]
		sum += float64(d * d)
		i++
	}
	return sum
}
