package kernel

// Quotient computes the error units of a block under divisive feedback and stores
// them, for whoever needs them one by one:
//
//	q = V/(H W)    q rows×n, 0 where the prediction is 0
func Quotient[T Float](q, v, h []T, rows int, s *Synapses[T]) {
	checkLen("Quotient", len(q), rows*s.n, len(v), rows*s.n)
	checkLen("Quotient", len(h), rows*s.r, 0, 0)
	quotient(q, s.n, v, s.n, coefficients[T]{h, s.r, 1}, s.w.from(0, 0), rows, s.r, s.n)
}

// Residual computes what the prediction leaves of a block:
//
//	e = V − H W    e rows×n
func Residual[T Float](e, v, h []T, rows int, s *Synapses[T]) {
	checkLen("Residual", len(v), rows*s.n, 0, 0)
	Predict(e, h, rows, s)
	for i, x := range v {
		e[i] = x - e[i]
	}
}

// DampedQuotient computes the error units of a block whose prediction is raised by a
// constant, so that none is too loud:
//
//	e = V/(by + H W)    e rows×n, 0 where the denominator is 0
func DampedQuotient[T Float](e, v, h []T, rows int, s *Synapses[T], by T) {
	checkLen("DampedQuotient", len(v), rows*s.n, 0, 0)
	Predict(e, h, rows, s)
	for i, x := range v {
		if down := by + e[i]; down != 0 {
			e[i] = x / down
		} else {
			e[i] = 0
		}
	}
}

// Max returns the largest element of x, 0 if there is none above.
func Max[T Float](x []T) T {
	top := T(0)
	for _, y := range x {
		top = max(top, y)
	}
	return top
}

// Dot returns Σ x_i y_i in float64, one term after the other.
func Dot[T Float](x, y []T) float64 {
	checkLen("Dot", len(y), len(x), 0, 0)
	sum := 0.0
	for i, a := range x {
		sum += float64(float64(a) * float64(y[i]))
	}
	return sum
}

// spectralSteps is the number of steps of [SpectralBound].
const spectralSteps = 12

// SpectralBound returns a number no smaller than the largest eigenvalue of the
// symmetric matrix g (r×r), whose entries are not negative, and close to it: for any
// positive x
//
//	λ ≤ max_a (G x)_a / x_a        (Collatz 1942, Wielandt 1950)
//
// and steps of the power method from x = 1 bring the right side down to λ.
func SpectralBound[T Float](g []T, r int) float64 {
	checkLen("SpectralBound", len(g), r*r, 0, 0)
	var few [256]float64
	x := few[:]
	if 2*r > len(few) {
		x = make([]float64, 2*r)
	}
	x, y := x[:r], x[r:2*r]
	for a := range x {
		x[a] = 1
	}
	bound := 0.0
	for step := range spectralSteps {
		now, top := 0.0, 0.0
		for a := range x {
			sum := 0.0
			for b, z := range g[a*r : (a+1)*r] {
				sum += float64(float64(z) * x[b])
			}
			y[a] = sum
			top = max(top, sum)
			if x[a] > 0 {
				now = max(now, sum/x[a])
			}
		}
		if step == 0 || now < bound {
			bound = now
		}
		if top == 0 {
			return 0
		}
		for a := range x {
			x[a] = y[a] / top
		}
	}
	return bound
}
