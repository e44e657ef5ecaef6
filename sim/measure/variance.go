package measure

// Variation returns the squared deviation of the stimuli v (m×n) from the mean
// rate of each visible neuron,
//
//	Σ_ij ( v_ij − v̄_j )²        v̄_j = Σ_i v_ij / m
//
// The explained variance of a prediction P is 1 − Σ(v−p)² / Variation.
func Variation[T float32 | float64](v []T, n int) float64 {
	m := len(v) / n
	mean := make([]float64, n)
	for i, x := range v {
		mean[i%n] += float64(x) / float64(m)
	}
	sum := 0.0
	for i, x := range v {
		d := float64(x) - mean[i%n]
		sum += float64(d * d)
	}
	return sum
}
