package kernel

// Counts is a matrix most of whose entries are zero, by rows: row i holds
// Value[k] in column Index[k] for k from Start[i] to Start[i+1]−1.
type Counts[T Float] struct {
	Start []int
	Index []int32
	Value []T
}

// Rows returns the number of rows.
func (c *Counts[T]) Rows() int { return len(c.Start) - 1 }

// Transposed returns the matrix by columns, of which there are cols, each in the
// order of the rows.
func (c *Counts[T]) Transposed(cols int) *Counts[T] {
	t := &Counts[T]{Start: make([]int, cols+1), Index: make([]int32, len(c.Index)), Value: make([]T, len(c.Value))}
	for _, j := range c.Index {
		t.Start[j+1]++
	}
	for j := range cols {
		t.Start[j+1] += t.Start[j]
	}
	next := append([]int(nil), t.Start...)
	for i := range c.Rows() {
		for k := c.Start[i]; k < c.Start[i+1]; k++ {
			at := next[c.Index[k]]
			next[c.Index[k]]++
			t.Index[at], t.Value[at] = int32(i), c.Value[k]
		}
	}
	return t
}

// Explain computes, for the rows [from, to) of counts, what their error units
// send to the hidden neurons, one row of out after the other:
//
//	out_i = Σ_k v_ik / (x_i·y_k) y_k      out, X (to−from)×r, Y cols×r
//
// the sum over the counts of the row in their order, the quotient 0 where the
// prediction x·y is 0. With rows of hidden rates for X and synapses by visible neuron
// for Y this is the drive; with the counts by visible neuron, synapses for X and
// hidden rates for Y it is the coincidence of hidden rates and error units. Rows of
// Y are pitch apart. No prediction is ever made where there is no count.
func Explain[T Float](out, x []T, counts *Counts[T], from, to int, y []T, pitch, r int) {
	checkLen("Explain", len(out), (to-from)*r, len(x), (to-from)*r)
	clear(out)
	for i := from; i < to; i++ {
		at := (i - from) * r
		gatherRow(out[at:at+r], x[at:at+r], counts.row(i), y, pitch, false)
	}
}

// PoissonTerms returns Σ ( v log(v/p) − v + p ) over the counts of the rows [from,
// to), and the sum of the predictions there; X, Y as in [Explain].
func PoissonTerms[T Float](x []T, counts *Counts[T], from, to int, y []T, pitch, r int, t *Scratch[T]) (loss, predicted float64) {
	checkLen("PoissonTerms", len(x), (to-from)*r, 0, 0)
	for i := from; i < to; i++ {
		row := counts.row(i)
		for len(row.Index) > 0 {
			n := min(len(row.Index), len(t.q))
			p := t.q[:n]
			gatherRow(p, x[(i-from)*r:(i-from+1)*r], Counts[T]{Index: row.Index[:n], Value: row.Value[:n]}, y, pitch, true)
			loss += terms(poissonObjective, row.Value[:n], p)
			for _, q := range p {
				predicted += float64(q)
			}
			row.Index, row.Value = row.Index[n:], row.Value[n:]
		}
	}
	return loss, predicted
}

// row returns the counts of one row.
func (c *Counts[T]) row(i int) Counts[T] {
	return Counts[T]{Index: c.Index[c.Start[i]:c.Start[i+1]], Value: c.Value[c.Start[i]:c.Start[i+1]]}
}

// gatherRow adds the explanation of one row of counts to out (r), or writes its
// predictions x·y_k to out (as many as counts).
func gatherRow[T Float](out, x []T, row Counts[T], y []T, pitch int, predict bool) {
	if len(row.Index) == 0 {
		return
	}
	for _, k := range row.Index {
		if k < 0 || int(k)*pitch+len(x) > len(y) {
			panic("kernel: a count lies in a column that is not there")
		}
	}
	if level != portable {
		vectorGather(out, x, row, y, pitch, predict)
		return
	}
	for k, index := range row.Index {
		yk := y[int(index)*pitch : int(index)*pitch+len(x)]
		p := T(0)
		for a, b := range yk {
			p += T(x[a] * b)
		}
		switch {
		case predict:
			out[k] = p
		case p != 0:
			axpy(out, row.Value[k]/p, yk)
		}
	}
}
