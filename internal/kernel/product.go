package kernel

// product computes C = [C +] A B with C rows×cols, its rows cRow apart, panel by
// panel. In each element the terms are added in the order of the depth, with
// one rounding a term at a vector level and two at the portable.
func product[T Float](c []T, cRow int, a coefficients[T], b columns[T], rows, depth, cols int, add bool) {
	productFetching(c, cRow, nil, 0, a, b, rows, depth, cols, add)
}

// productFetching is [product] that also fetches v, as large as C, into the cache, for
// whoever reads it next; or nil.
func productFetching[T Float](c []T, cRow int, v []T, vRow int, a coefficients[T], b columns[T], rows, depth, cols int, add bool) {
	if rows == 0 || cols == 0 || depth == 0 {
		if !add {
			for i := range rows {
				clear(c[i*cRow : i*cRow+cols])
			}
		}
		return
	}
	bounds("product", len(c), (rows-1)*cRow+cols, len(a.x), (rows-1)*a.row+(depth-1)*a.step+1)
	if level != portable {
		vectorProduct(c, cRow, v, vRow, a, b, rows, depth, cols, add, false)
		return
	}
	panelProduct(c, cRow, a, b.x, b.step, rows, depth, cols, add)
}

// quotient computes Q = V/(A B), 0 where the product is 0, all rows×cols.
func quotient[T Float](q []T, qRow int, v []T, vRow int, a coefficients[T], b columns[T], rows, depth, cols int) {
	if rows == 0 || cols == 0 {
		return
	}
	bounds("quotient", len(q), (rows-1)*qRow+cols, len(v), (rows-1)*vRow+cols)
	bounds("quotient", len(a.x), (rows-1)*a.row+(depth-1)*a.step+1, 1, 1)
	if level != portable {
		vectorProduct(q, qRow, v, vRow, a, b, rows, depth, cols, false, true)
		return
	}
	panelQuotient(q, qRow, v, vRow, a, b.x, b.step, rows, depth, cols)
}

// bounds panics when a kernel would reach beyond a slice.
func bounds(name string, got1, need1, got2, need2 int) {
	if got1 < need1 || got2 < need2 {
		panic("kernel: " + name + ": a slice is too short for the shape")
	}
}
