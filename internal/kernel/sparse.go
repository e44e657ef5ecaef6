package kernel

// Counts is a matrix most of whose entries are zero, by rows: row i holds
// Value[k] in column Index[k] for k from Start[i] to Start[i+1]−1. Where all values
// are whole numbers that fit, Small may hold them in place of Value.
type Counts[T Float] struct {
	Start []int
	Index []int32
	Value []T
	Small []uint16
}

// Rows returns the number of rows.
func (c *Counts[T]) Rows() int { return len(c.Start) - 1 }

// At returns value k of those of all rows.
func (c *Counts[T]) At(k int) T {
	if c.Small != nil {
		return T(c.Small[k])
	}
	return c.Value[k]
}

// Transposed returns the rows [from, to) by columns, of which there are cols, each
// in the order of the rows; rows keep their number, and small values stay small.
func (c *Counts[T]) Transposed(cols, from, to int) *Counts[T] {
	lo, hi := c.Start[from], c.Start[to]
	t := &Counts[T]{Start: make([]int, cols+1), Index: make([]int32, hi-lo)}
	if c.Small != nil {
		t.Small = make([]uint16, hi-lo)
	} else {
		t.Value = make([]T, hi-lo)
	}
	for _, j := range c.Index[lo:hi] {
		t.Start[j+1]++
	}
	for j := range cols {
		t.Start[j+1] += t.Start[j]
	}
	next := append([]int(nil), t.Start...)
	for i := from; i < to; i++ {
		for k := c.Start[i]; k < c.Start[i+1]; k++ {
			at := next[c.Index[k]]
			next[c.Index[k]]++
			t.Index[at] = int32(i)
			if t.Small != nil {
				t.Small[at] = c.Small[k]
			} else {
				t.Value[at] = c.Value[k]
			}
		}
	}
	return t
}

// DriveCounts computes what the error units send up to the hidden neurons, for the
// stimuli [from, to) of counts:
//
//	drive_i = Σ_k v_ik / (h_i·w_k) w_k        drive, H (to−from)×r
//
// the sum over the counts of a stimulus in their order, w_k the synapses of all
// hidden neurons onto visible neuron k, the quotient 0 where the prediction is 0.
// No prediction is ever made where there is no count.
func DriveCounts[T Float](drive []T, counts *Counts[T], from, to int, h []T, s *Synapses[T]) {
	clear(drive)
	explain(drive, h, counts, from, to, s.byVisible, s.r)
}

// CorrelateCounts adds the coincidences of hidden rates and error units by
// visible neuron, for the visible neurons [from, to) of transposed counts:
//
//	c_j += Σ_i v_ij / (h_i·w_j) h_i          c, w (to−from)×r, H m×r
//
// the sum over the stimuli in their order, w_j the synapses of all hidden neurons
// onto visible neuron j. Each visible neuron is summed up by one worker, so that no
// accumulators have to be added.
func CorrelateCounts[T Float](c, w []T, transposed *Counts[T], from, to int, h []T, r int) {
	explain(c, w, transposed, from, to, h, r)
}

// GaussianDriveCounts computes the excitation of the hidden neurons by the stimuli
// [from, to) of counts:
//
//	drive_i = Σ_k v_ik w_k        drive (to−from)×r
func GaussianDriveCounts[T Float](drive []T, counts *Counts[T], from, to int, s *Synapses[T]) {
	clear(drive)
	weigh(drive, counts, from, to, s.byVisible, s.r)
}

// GaussianCorrelateCounts adds the coincidences of hidden rates and stimuli by
// visible neuron, for the visible neurons [from, to) of transposed counts:
//
//	c_j += Σ_i v_ij h_i          c (to−from)×r, H m×r
func GaussianCorrelateCounts[T Float](c []T, transposed *Counts[T], from, to int, h []T, r int) {
	weigh(c, transposed, from, to, h, r)
}

// PredictByRows is [Predict] of one stimulus from the synapses by visible neuron.
func PredictByRows[T Float](p, h []T, s *Synapses[T]) {
	checkLen("PredictByRows", len(p), s.n, len(h), s.r)
	var index [widened]int32
	for k := range index {
		index[k] = int32(k)
	}
	for from := 0; from < s.n; from += widened {
		some := p[from:min(from+widened, s.n)]
		gatherRow(some, h, Counts[T]{Index: index[:len(some)], Value: some}, s.byVisible[from*s.r:], s.r, true)
	}
}

// weigh adds Σ_k v_ik y_k to out_i for rows [from, to) of counts.
func weigh[T Float](out []T, counts *Counts[T], from, to int, y []T, r int) {
	checkLen("counts", len(out), (to-from)*r, 0, 0)
	for i := from; i < to; i++ {
		sum := out[(i-from)*r : (i-from+1)*r]
		for k := counts.Start[i]; k < counts.Start[i+1]; k++ {
			at := int(counts.Index[k]) * r
			if counts.Small != nil {
				axpy(sum, T(counts.Small[k]), y[at:at+r])
			} else {
				axpy(sum, counts.Value[k], y[at:at+r])
			}
		}
	}
}

// explain adds Σ_k v_ik/(x_i·y_k) y_k to out_i for rows [from, to) of counts, out and
// x beginning with row from.
func explain[T Float](out, x []T, counts *Counts[T], from, to int, y []T, r int) {
	checkLen("counts", len(out), (to-from)*r, len(x), (to-from)*r)
	var values [widened]T
	for i := from; i < to; i++ {
		at := (i - from) * r
		for row := counts.row(i); len(row.Index) > 0; {
			gatherRow(out[at:at+r], x[at:at+r], row.take(values[:]), y, r, false)
		}
	}
}

// widened is how many values are explained at a time: a multiple of the four whose
// explanations the kernels add up at once, so that the sums are the same.
const widened = 512

// take takes the first counts off a row, at most as many as there is room for
// values, which it widens into it where they are small.
func (c *Counts[T]) take(room []T) Counts[T] {
	n := min(len(c.Index), len(room))
	some := Counts[T]{Index: c.Index[:n]}
	c.Index = c.Index[n:]
	if c.Small == nil {
		some.Value, c.Value = c.Value[:n], c.Value[n:]
		return some
	}
	some.Value = room[:n]
	for k, v := range c.Small[:n] {
		room[k] = T(v)
	}
	c.Small = c.Small[n:]
	return some
}

// CountsLosses writes into out what the counts of the stimuli [from, to) with hidden rates
// h contribute to objectives, and into predicted how much of that is due to their
// predictions alone, all from one prediction of each count:
//
//	Poisson     Σ ( v log(v/p) − v + p )      Σ p
//	Gaussian    ½ Σ ( v − p )²                ½ Σ p²
//
// An objective is the first less the second, and what the predictions everywhere make: Σ p
// or ½ Σ p² over all visible neurons.
func CountsLosses[T Float](out, predicted []float64, objectives []Objective, counts *Counts[T], from, to int, h []T, s *Synapses[T]) {
	checkLen("CountsLosses", len(h), (to-from)*s.r, 0, 0)
	checkLen("CountsLosses", len(out), len(objectives), len(predicted), len(objectives))
	clear(out)
	clear(predicted)
	var values, predictions, zeros [widened]T
	for i := from; i < to; i++ {
		for row := counts.row(i); len(row.Index) > 0; {
			some := row.take(values[:])
			p := predictions[:len(some.Index)]
			gatherRow(p, h[(i-from)*s.r:(i-from+1)*s.r], some, s.byVisible, s.r, true)
			for k, o := range objectives {
				if out[k] += terms(o, some.Value, p); o == Poisson {
					predicted[k] += Sum(p)
				} else {
					predicted[k] += terms(o, zeros[:len(p)], p)
				}
			}
		}
	}
	for k, o := range objectives {
		if o == Gaussian {
			out[k] *= 0.5
			predicted[k] *= 0.5
		}
	}
}

// row returns the counts of one row.
func (c *Counts[T]) row(i int) Counts[T] {
	from, to := c.Start[i], c.Start[i+1]
	if c.Small != nil {
		return Counts[T]{Index: c.Index[from:to], Small: c.Small[from:to]}
	}
	return Counts[T]{Index: c.Index[from:to], Value: c.Value[from:to]}
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
	portableGather(out, x, row, y, pitch, predict)
}

// portableGather is the twin of the assembly.
func portableGather[T Float](out, x []T, row Counts[T], y []T, pitch int, predict bool) {
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
