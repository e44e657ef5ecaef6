package kernel

// Kernels in which the neurons of a layer take turns: each moves by what the others do at that
// moment, those before it having moved already. Order holds the numbers of the neurons in the order
// in which they move, each once.

// together is the number of neurons whose turns are prepared by one product. Within these the moves of
// those before are added one by one.
const together = 8

// Turns is the memory that one worker needs for the turns of a block.
type Turns[T Float] struct {
	gram  []T // r×r, or r×n: in the order of the turns
	sums  []T // what reaches the neurons of one product
	moved []T // by how much they have moved
}

// room returns the first elements of *x, which is replaced if it is too short.
func room[T Float](x *[]T, length int) []T {
	if len(*x) < length {
		*x = make([]T, length)
	}
	return (*x)[:length]
}

// Moving is what moves in turns: the rates of some neurons, or their synapses.
type Moving[T Float] struct {
	Rates []T // rows×r
	// Sent is what the neurons send at the start where that is not their rates, rows×r; nil else. It
	// follows their moves.
	Sent  []T
	Fixed []T     // r, the rate at which a neuron is kept, −1 for one that is free; nil if all are
	Order []int32 // r
}

// send returns what neurons send.
func (m *Moving[T]) send() []T {
	if m.Sent != nil {
		return m.Sent
	}
	return m.Rates
}

// row returns the same of one row of r neurons.
func (m *Moving[T]) row(k, r int) Moving[T] {
	one := Moving[T]{Rates: m.Rates[k*r : (k+1)*r], Fixed: m.Fixed, Order: m.Order}
	if m.Sent != nil {
		one.Sent = m.Sent[k*r : (k+1)*r]
	}
	return one
}

// to moves neuron a, and returns by how much.
func (m *Moving[T]) to(a int32, next T) T {
	if m.Fixed != nil && m.Fixed[a] >= 0 {
		next = m.Fixed[a]
	}
	moved := next - m.Rates[a]
	m.Rates[a] = next
	if m.Sent != nil {
		m.Sent[a] += moved
	}
	return moved
}

// TakeTurns lets the neurons of a block move to the minimum of a quadratic objective, one after the
// other and never below zero:
//
//	i_a = Σ_b h_b g_ba
//	h_a ← [ h_a + ( d_a + i_a − cost ) gain_a ]₊      h, d, i rows×r; g r×r
//
// with the inhibition g, −W Wᵀ, and gain_a = −1/g_aa; a neuron whose gain is 0 falls silent. What
// inhibited each neuron at its turn stands in i. To itself a neuron does not send: its own term is
// that of its rate.
func TakeTurns[T Float](m Moving[T], i, d []T, rows int, g, gain []T, cost T, t *Turns[T]) {
	r := len(gain)
	checkLen("TakeTurns", len(m.Rates), rows*r, len(i), rows*r)
	checkLen("TakeTurns", len(d), rows*r, len(g), r*r)
	checkLen("TakeTurns", len(m.Order), r, 0, 0)
	g = inOrder(g, m.Order, t)
	sums := room(&t.sums, rows*together)
	for first := 0; first < r; first += together {
		some := m.Order[first:min(first+together, r)]
		product(sums, together, coefficients[T]{m.send(), r, 1}, columns[T]{g[first:], r, panelWidth[T](len(some))}, rows, r, len(some), false)
		for k := range rows {
			one := m.row(k, r)
			takeTurns(&one, i[k*r:(k+1)*r], d[k*r:(k+1)*r], sums[k*together:(k+1)*together], g[first:], gain, cost, some)
		}
	}
}

// takeTurns lets some neurons of one row move; sum is what inhibits them before the first has moved.
func takeTurns[T Float](m *Moving[T], i, d, sum, g, gain []T, cost T, some []int32) {
	var moved [together]T
	r := len(gain)
	for k, a := range some {
		s := sum[k]
		for q := range some[:k] {
			s += T(moved[q] * g[int(some[q])*r+k])
		}
		if m.Sent != nil {
			s -= T((m.Sent[a] - m.Rates[a]) * g[int(a)*r+k])
		}
		i[a] = s
		next := T(0)
		if gain[a] != 0 && d[a] > cost { // else it is 0 exactly, where a difference would leave its rounding
			next = max(0, m.Rates[a]+T((d[a]+s-cost)*gain[a]))
		}
		moved[k] = m.to(a, next)
	}
}

// inOrder returns the columns of g in the order of the turns.
func inOrder[T Float](g []T, order []int32, t *Turns[T]) []T {
	if straight(order) {
		return g
	}
	r := len(order)
	turned := room(&t.gram, r*r)
	for b := range r {
		from, to := g[b*r:(b+1)*r], turned[b*r:(b+1)*r]
		for k, a := range order {
			to[k] = from[a]
		}
	}
	return turned
}

// straight reports whether neurons move in the order of their numbers.
func straight(order []int32) bool {
	for k, a := range order {
		if int(a) != k {
			return false
		}
	}
	return true
}

// SynapsesTakeTurns does the same for the synapses onto the visible neurons [from, to): those of one
// hidden neuron move together, one hidden neuron after the other,
//
//	s_j = Σ_b o_ab w_bj
//	w_aj ← [ w_aj + ( c_aj − s_j ) / o_aa ]₊      w, c r×n; o r×r
//
// with the coincidences c = HᵀV and the overlaps o = HᵀH. The synapses of a neuron that has not fired,
// o_aa = 0, or that is held, stay as they are; those that were cut, of which cut is not 0, stay zero. Held
// (r) and cut (r×n) are nil for none.
func SynapsesTakeTurns[T Float](w, c, o []T, held []bool, cut []T, n, from, to int, order []int32, t *Turns[T]) {
	r := len(order)
	checkLen("SynapsesTakeTurns", len(w), r*n, len(c), r*n)
	checkLen("SynapsesTakeTurns", len(o), r*r, 0, 0)
	cols := to - from
	if cols <= 0 {
		return
	}
	sums, moved := room(&t.sums, together*cols), room(&t.moved, together*cols)
	o = rowsInOrder(o, order, t)
	for first := 0; first < r; first += together {
		some := order[first:min(first+together, r)]
		right := columns[T]{w[from:], n, panelWidth[T](cols)}
		product(sums, cols, coefficients[T]{o[first*r:], r, 1}, right, len(some), r, cols, false)
		for k, a := range some {
			sum, by := sums[k*cols:(k+1)*cols], moved[k*cols:(k+1)*cols]
			overlaps := o[(first+k)*r : (first+k+1)*r]
			own := overlaps[a]
			if own == 0 || held != nil && held[a] {
				clear(by)
				continue
			}
			for q, b := range some[:k] {
				if x := overlaps[b]; x != 0 {
					axpy(sum, x, moved[q*cols:(q+1)*cols])
				}
			}
			weights, met := w[int(a)*n+from:int(a)*n+to], c[int(a)*n+from:int(a)*n+to]
			for j, x := range weights {
				next := max(0, x+(met[j]-sum[j])/own)
				if met[j] == 0 { // exactly, where a difference of equal sums would leave their rounding
					next = 0
				}
				if cut != nil && cut[int(a)*n+from+j] != 0 {
					next = 0
				}
				weights[j], by[j] = next, next-x
			}
		}
	}
}

// rowsInOrder returns the rows of o in the order of the turns.
func rowsInOrder[T Float](o []T, order []int32, t *Turns[T]) []T {
	if straight(order) {
		return o
	}
	r := len(order)
	turned := room(&t.gram, r*r)
	for k, a := range order {
		copy(turned[k*r:(k+1)*r], o[int(a)*r:(int(a)+1)*r])
	}
	return turned
}

// SeenTakeTurns is [TakeTurns] for one stimulus of which only what is seen (n, 1 or 0) counts:
//
//	i_a = −Σ_j seen_j w_aj p_j
//	h_a ← [ h_a + ( d_a + i_a − cost ) / Σ_j seen_j w_aj² ]₊        w r×n
//
// with the prediction p (n) by what the neurons send, which follows. A neuron without seen synapses falls silent.
func SeenTakeTurns[T Float](m Moving[T], i, d, p, seen, w []T, cost T) {
	n := len(p)
	checkLen("SeenTakeTurns", len(i), len(m.Rates), len(d), len(m.Rates))
	checkLen("SeenTakeTurns", len(w), len(m.Rates)*n, len(seen), n)
	for _, a := range m.Order {
		part := w[int(a)*n : (int(a)+1)*n]
		sum, own := 0.0, 0.0
		for j, x := range part {
			y := float64(x) * float64(seen[j])
			sum += float64(y * float64(p[j]))
			own += float64(y * float64(x))
		}
		i[a] = -T(sum)
		if m.Sent != nil {
			i[a] += T((m.Sent[a] - m.Rates[a]) * T(own))
		}
		next := T(0)
		if own != 0 && d[a] > cost {
			next = max(0, m.Rates[a]+(d[a]+i[a]-cost)/T(own))
		}
		axpy(p, m.to(a, next), part)
	}
}
