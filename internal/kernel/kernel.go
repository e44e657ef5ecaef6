package kernel

// Float is the precision of rates and synapses.
type Float interface{ float32 | float64 }

// Synapses holds the weights of a projection in the orders in which the
// kernels read them: by hidden neuron (W, r×n) and by visible neuron
// (Wᵀ, n×r). Call Load whenever the weights have changed.
type Synapses[T Float] struct {
	r, n int
	w    []T // r×n
	wt   []T // n×r
}

// NewSynapses returns zero synapses of r hidden onto n visible neurons.
func NewSynapses[T Float](r, n int) *Synapses[T] {
	return &Synapses[T]{r: r, n: n, w: make([]T, r*n), wt: make([]T, n*r)}
}

// Load copies the weights w (r×n). It panics if the length is wrong.
func (s *Synapses[T]) Load(w []T) {
	if len(w) != s.r*s.n {
		panic("kernel: Load: wrong number of weights")
	}
	copy(s.w, w)
	for a := range s.r {
		for j, x := range w[a*s.n : (a+1)*s.n] {
			s.wt[j*s.r+a] = x
		}
	}
}

// Scratch is the memory that one worker needs for its tiles. It is bounded by
// a constant that does not grow with the number of stimuli.
type Scratch[T Float] struct {
	q []T // quotientRows rows of the quotient
}

// quotientRows is the number of stimuli whose quotient is held at a time: as
// many as [sweep] adds at once.
const quotientRows = 4

// NewScratch returns scratch memory for blocks against synapses of this shape.
func NewScratch[T Float](r, n int) *Scratch[T] {
	return &Scratch[T]{q: make([]T, quotientRows*n)}
}

// Predict computes the prediction of a block:
//
//	p = H W        p rows×n
func Predict[T Float](p, h []T, rows int, s *Synapses[T]) {
	checkLen("Predict", len(p), rows*s.n, len(h), rows*s.r)
	clear(p)
	mulAdd(p, h, s.w, rows, s.r, s.n)
}

// PoissonDrive computes what the error units send up to the hidden neurons
// under divisive feedback:
//
//	drive = Q Wᵀ   drive rows×r
func PoissonDrive[T Float](drive, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PoissonDrive", len(v), rows*s.n, len(h), rows*s.r)
	checkLen("PoissonDrive", len(drive), rows*s.r, len(t.q), quotientRows*s.n)
	clear(drive)
	q := t.q[:s.n]
	for i := range rows {
		quotientRow(q, v[i*s.n:(i+1)*s.n], h[i*s.r:(i+1)*s.r], s)
		mulAdd(drive[i*s.r:(i+1)*s.r], q, s.wt, 1, s.n, s.r)
	}
}

// PoissonCorrelate adds the coincidences of hidden rates and error units:
//
//	c += Hᵀ Q      c r×n
func PoissonCorrelate[T Float](c, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PoissonCorrelate", len(v), rows*s.n, len(h), rows*s.r)
	checkLen("PoissonCorrelate", len(c), s.r*s.n, len(t.q), quotientRows*s.n)
	for from := 0; from < rows; from += quotientRows {
		to := min(from+quotientRows, rows)
		for i := from; i < to; i++ {
			quotientRow(t.q[(i-from)*s.n:(i-from+1)*s.n], v[i*s.n:(i+1)*s.n], h[i*s.r:(i+1)*s.r], s)
		}
		mulTransAdd(c, h[from*s.r:to*s.r], t.q[:(to-from)*s.n], s.r, to-from, s.n)
	}
}

// GaussianDrive computes what the visible neurons send up to the hidden
// neurons without feedback:
//
//	drive = V Wᵀ   drive rows×r
func GaussianDrive[T Float](drive, v []T, rows int, s *Synapses[T]) {
	checkLen("GaussianDrive", len(v), rows*s.n, len(drive), rows*s.r)
	clear(drive)
	mulAdd(drive, v, s.wt, rows, s.n, s.r)
}

// Correlate adds the coincidences of two layers over a block:
//
//	c += Xᵀ Y      X rows×k, Y rows×n, c k×n
func Correlate[T Float](c, x, y []T, rows, k, n int) {
	checkLen("Correlate", len(x), rows*k, len(y), rows*n)
	checkLen("Correlate", len(c), k*n, 0, 0)
	mulTransAdd(c, x, y, k, rows, n)
}

// Mul computes a product:
//
//	c = A B        A m×k, B k×n, c m×n
func Mul[T Float](c, a, b []T, m, k, n int) {
	checkLen("Mul", len(a), m*k, len(b), k*n)
	checkLen("Mul", len(c), m*n, 0, 0)
	clear(c)
	mulAdd(c, a, b, m, k, n)
}

// Overlap computes how much the parts share:
//
//	g = W Wᵀ       g r×r
func (s *Synapses[T]) Overlap(g []T) {
	Mul(g, s.w, s.wt, s.r, s.n, s.r)
}

// checkLen panics when a slice does not have the length its shape demands: a
// mistake of the caller that must not become a read outside a slice.
func checkLen(name string, got1, want1, got2, want2 int) {
	if got1 != want1 || got2 != want2 {
		panic("kernel: " + name + ": slice length does not match the shape")
	}
}
