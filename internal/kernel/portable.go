package kernel

// panelProduct computes C = [C +] A B for one panel of columns b, with rows
// rows, depth terms to each sum, and cols columns; rows of C are cRow apart, those
// of the panel bStep. Each element receives its terms in the order of the depth.
func panelProduct[T Float](c []T, cRow int, a coefficients[T], b []T, bStep, rows, depth, cols int, add bool) {
	for i := range rows {
		s := sweep[T]{to: c[i*cRow : i*cRow+cols]}
		if !add {
			clear(s.to)
		}
		for k := range depth {
			s.add(a.x[i*a.row+k*a.step], b[k*bStep:k*bStep+cols])
		}
		s.flush()
	}
}

// panelQuotient computes Q = V/(A B), 0 where the product is 0, for one panel of
// columns as [panelProduct].
func panelQuotient[T Float](q []T, qRow int, v []T, vRow int, a coefficients[T], b []T, bStep, rows, depth, cols int) {
	panelProduct(q, qRow, a, b, bStep, rows, depth, cols, false)
	for i := range rows {
		for j, p := range q[i*qRow : i*qRow+cols] {
			if p != 0 {
				q[i*qRow+j] = v[i*vRow+j] / p
			}
		}
	}
}

// sweep adds multiples of rows to a row, four at a time, so that the sum is
// read and written once for four products. A coefficient of zero costs nothing:
// most rates and many stimuli are zero. Every element still receives its
// products one after the other, in the order in which they were given.
type sweep[T Float] struct {
	to    []T
	x     [4]T
	b     [4][]T
	count int
}

// add takes up the product x b.
func (s *sweep[T]) add(x T, b []T) {
	if x == 0 {
		return
	}
	s.x[s.count], s.b[s.count] = x, b
	s.count++
	if s.count == len(s.x) {
		axpy4(s.to, &s.x, &s.b)
		s.count = 0
	}
}

// flush adds what is left.
func (s *sweep[T]) flush() {
	for l := range s.count {
		axpy(s.to, s.x[l], s.b[l])
	}
	s.count = 0
}

// axpy4 computes y += x0 b0, then x1 b1, x2 b2, x3 b3, element by element.
func axpy4[T Float](y []T, x *[4]T, b *[4][]T) {
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	b0, b1, b2, b3 := b[0][:len(y)], b[1][:len(y)], b[2][:len(y)], b[3][:len(y)]
	for j, sum := range y {
		sum += T(x0 * b0[j])
		sum += T(x1 * b1[j])
		sum += T(x2 * b2[j])
		sum += T(x3 * b3[j])
		y[j] = sum
	}
}

// axpy computes y += x b, element by element.
func axpy[T Float](y []T, x T, b []T) {
	b = b[:len(y)]
	for j := range y {
		y[j] += T(x * b[j])
	}
}
