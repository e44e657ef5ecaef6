package kernel

// quotientRow computes one row of the quotient:
//
//	q_j = v_j / Σ_a h_a w_aj,   0 where the sum is 0
func quotientRow[T Float](q, v, h []T, s *Synapses[T]) {
	clear(q)
	mulAdd(q, h, s.w, 1, s.r, s.n)
	for j, p := range q {
		if p != 0 {
			q[j] = v[j] / p
		}
	}
}

// mulAdd computes C += A B with A m×k, B k×n and C m×n. Each element of C
// receives its products in the order of k, so the result does not depend on
// how rows are grouped into blocks.
func mulAdd[T Float](c, a, b []T, m, k, n int) {
	for i := range m {
		var s sweep[T]
		s.to = c[i*n : (i+1)*n]
		for l, x := range a[i*k : (i+1)*k] {
			s.add(x, b[l*n:(l+1)*n])
		}
		s.flush()
	}
}

// mulTransAdd computes C += Aᵀ B with A k×m, B k×n and C m×n, each element in
// the order of k.
func mulTransAdd[T Float](c, a, b []T, m, k, n int) {
	for i := range m {
		var s sweep[T]
		s.to = c[i*n : (i+1)*n]
		for l := range k {
			s.add(a[l*m+i], b[l*n:(l+1)*n])
		}
		s.flush()
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
