package kernel

// Synapses holds the weights of a projection of r hidden onto n visible neurons
// as the kernels read them: in panels, as right factor of the prediction (W, r×n)
// and of the drive (Wᵀ, n×r), and by visible neuron for counts. Call
// [Synapses.Load] whenever the weights have changed, and then, before kernels run
// side by side, what packs them.
type Synapses[T Float] struct {
	r, n      int
	source    []T       // the weights that were loaded
	w, wt     packed[T] // r×n and n×r
	byVisible []T       // n×r
	each      Each

	packPanel, packRow func(worker, slice int) // jobs, made once

	gram []float64 // r×r

	panelsFresh, rowsFresh, gramFresh bool
}

// NewSynapses returns synapses of r hidden onto n visible neurons, which are
// packed with the help of each.
func NewSynapses[T Float](r, n int, each Each) *Synapses[T] {
	s := &Synapses[T]{r: r, n: n, each: each}
	s.packPanel = func(_, slice int) {
		s.w.fill(s.source, n, 1, slice*r/packSlices, (slice+1)*r/packSlices)
		s.wt.fill(s.source, 1, n, slice*n/packSlices, (slice+1)*n/packSlices)
	}
	s.packRow = func(_, slice int) {
		from, to := slice*n/packSlices, (slice+1)*n/packSlices
		Rows(s.byVisible[from*r:to*r], s.source, r, n, from, to)
	}
	return s
}

// Hidden and Visible return how many neurons the synapses join.
func (s *Synapses[T]) Hidden() int  { return s.r }
func (s *Synapses[T]) Visible() int { return s.n }

// Load takes the weights w (r×n), which must not change while kernels use them.
// It panics if the length is wrong.
func (s *Synapses[T]) Load(w []T) {
	if len(w) != s.r*s.n {
		panic("kernel: Load: wrong number of weights")
	}
	s.source, s.panelsFresh, s.rowsFresh, s.gramFresh = w, false, false, false
}

// Each is how a worker pool does independent jobs: it calls job for every item in
// [0, items), in any order, and returns when all are done.
type Each func(items int, job func(worker, item int))

// packSlices is the number of jobs in which weights are packed.
const packSlices = 8

// PackPanels makes the panels that the kernels for dense stimuli need, if the
// weights have changed since.
func (s *Synapses[T]) PackPanels() {
	if s.panelsFresh {
		return
	}
	if s.w.x == nil {
		s.w, s.wt = newPacked[T](s.r, s.n), newPacked[T](s.n, s.r)
	}
	s.each(packSlices, s.packPanel)
	s.panelsFresh = true
}

// PackRows makes the rows by visible neuron that the kernels for counts need, if
// the weights have changed since.
func (s *Synapses[T]) PackRows() {
	if s.rowsFresh {
		return
	}
	if s.byVisible == nil {
		s.byVisible = aligned[T](s.n * s.r)
	}
	s.each(packSlices, s.packRow)
	s.rowsFresh = true
}

// Gram returns how much the parts share in float64, W Wᵀ (r×r), for reading. It is computed
// if the weights have changed since, before kernels run side by side. See [Gram].
func (s *Synapses[T]) Gram() []float64 {
	if s.gramFresh {
		return s.gram
	}
	if s.gram == nil {
		s.gram = make([]float64, s.r*s.r)
	}
	turned := matrix[T]{s.source, 1, s.n}
	if s.rowsFresh {
		turned = matrix[T]{s.byVisible, s.r, 1}
	}
	gram(s.gram, turned, s.n, s.r, s.each)
	s.gramFresh = true
	return s.gram
}

// Onto returns the weights of all hidden neurons onto visible neuron j, for reading. It
// panics unless [Synapses.PackRows] was called.
func (s *Synapses[T]) Onto(j int) []T { return s.byVisible[j*s.r : (j+1)*s.r : (j+1)*s.r] }

// OnlyRows reports whether the weights are ready by visible neuron and not in panels.
func (s *Synapses[T]) OnlyRows() bool { return s.rowsFresh && !s.panelsFresh }

// RowsIn lets [Synapses.PackRows] use x (n×r), which may be written to as long as no
// rows are needed and must not be while they are; nil takes it away.
func (s *Synapses[T]) RowsIn(x []T) { s.byVisible, s.rowsFresh = x, false }

// RowsOf returns the weights of all hidden neurons onto the visible neurons [from, to), for
// reading, row by row. It panics unless [Synapses.PackRows] was called.
func (s *Synapses[T]) RowsOf(from, to int) []T { return s.byVisible[from*s.r : to*s.r] }

// Rows writes the columns [from, to) of x (r×n) as rows into out ((to−from)×r).
func Rows[T Float](out, x []T, r, n, from, to int) {
	for top := from; top < to; top += square {
		for left := 0; left < r; left += square {
			for j := top; j < min(top+square, to); j++ {
				for a := left; a < min(left+square, r); a++ {
					out[(j-from)*r+a] = x[a*n+j]
				}
			}
		}
	}
}

// Columns writes the rows x ((to−from)×r) into the columns [from, to) of out (r×n).
func Columns[T Float](out, x []T, r, n, from, to int) {
	for left := 0; left < r; left += square {
		for top := from; top < to; top += square {
			for a := left; a < min(left+square, r); a++ {
				for j := top; j < min(top+square, to); j++ {
					out[a*n+j] = x[(j-from)*r+a]
				}
			}
		}
	}
}

// square is the side of the squares in which matrices are turned: they fit into cache
// lines.
const square = 16
