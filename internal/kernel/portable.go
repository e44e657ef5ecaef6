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
		ci := c[i*n : (i+1)*n]
		for l, x := range a[i*k : (i+1)*k] {
			if x != 0 {
				axpy(ci, x, b[l*n:(l+1)*n])
			}
		}
	}
}

// mulTransAdd computes C += Aᵀ B with A k×m, B k×n and C m×n, each element in
// the order of k.
func mulTransAdd[T Float](c, a, b []T, m, k, n int) {
	for l := range k {
		bl := b[l*n : (l+1)*n]
		for i, x := range a[l*m : (l+1)*m] {
			if x != 0 {
				axpy(c[i*n:(i+1)*n], x, bl)
			}
		}
	}
}

// axpy computes y += x b, element by element.
func axpy[T Float](y []T, x T, b []T) {
	b = b[:len(y)]
	for j := range y {
		y[j] += T(x * b[j])
	}
}
