//go:build (!amd64 && !arm64) || noasm

package kernel

// vectorLevels returns no level: there is no assembly for this processor.
func vectorLevels() []string { return nil }

// panelWidth returns the number of columns of a panel: all of them.
func panelWidth[T Float](cols int) int { return max(1, cols) }

// vectorProduct is never called without a vector level.
func vectorProduct[T Float](_ []T, _ int, _ []T, _ int, _ coefficients[T], _ columns[T], _, _, _ int, _, _ bool) {
	panic("kernel: there is no vector level")
}

// vectorTerms is never called without a vector level.
func vectorTerms[T Float](_ Objective, _, _ []T) float64 { panic("kernel: there is no vector level") }

// vectorGather is never called without a vector level.
func vectorGather[T Float](_, _ []T, _ Counts[T], _ []T, _ int, _ bool) {
	panic("kernel: there is no vector level")
}

// The elementwise kernels are absent too: they process no elements.
func vectorUpdate[T Float](_, _, _ []T, _ T) int { return 0 }
func vectorMultiply[T Float](_, _, _ []T) int    { return 0 }
func vectorDivide[T Float](_ []T, _ T) int       { return 0 }
func vectorAdd[T Float](_, _ []T) int            { return 0 }
func vectorFlush[T Float](_ []T, _ T) int        { return 0 }
func vectorRelax[T Float](_, _ []T, _ int) int   { return 0 }
func vectorWiden(_ []float64, _ []float32) int   { return 0 }
func vectorSum[T Float](_ []T, _ int) float64    { panic("kernel: there is no vector level") }

// Peak returns 0: there is no vector level.
func Peak[T Float](_ int) float64 { return 0 }
