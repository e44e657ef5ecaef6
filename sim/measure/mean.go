package measure

// Mean returns the mean of a measure over the rows of x, of cols entries each.
// Rows where the measure is not defined are left out; without any other the
// mean is NaN.
func Mean[T float32 | float64](of func(row []float64) (float64, bool), x []T, cols int) float64 {
	return mean(of, len(x)/cols, cols, func(i int, row []float64) {
		for j, y := range x[i*cols : (i+1)*cols] {
			row[j] = float64(y)
		}
	})
}

// mean is [Mean] of count vectors of a size that are written one at a time.
func mean(of func(x []float64) (float64, bool), count, size int, write func(i int, to []float64)) float64 {
	sum, n := 0.0, 0
	x := make([]float64, size)
	for i := range count {
		write(i, x)
		if s, ok := of(x); ok {
			sum += s
			n++
		}
	}
	return sum / float64(n)
}
