package measure

// Mean returns the mean of a measure over the rows of x, of cols entries each.
// Rows where the measure is not defined are left out; without any other the
// mean is NaN.
func Mean[T float32 | float64](of func(row []float64) (float64, bool), x []T, cols int) float64 {
	sum, n := 0.0, 0
	row := make([]float64, cols)
	for ; len(x) > 0; x = x[cols:] {
		for j, y := range x[:cols] {
			row[j] = float64(y)
		}
		if s, ok := of(row); ok {
			sum += s
			n++
		}
	}
	return sum / float64(n)
}
