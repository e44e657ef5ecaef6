package kernel

// Wide returns x in float64, to be read: x itself where that is the precision.
func Wide[T Float](x []T) []float64 {
	if same, ok := any(x).([]float64); ok {
		return same
	}
	out := make([]float64, len(x))
	Widen(out, x)
	return out
}
