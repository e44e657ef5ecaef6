package kernel

import "unsafe"

// Float is the precision of rates and synapses.
type Float interface{ float32 | float64 }

// Scratch is the memory that one worker needs for its tiles. It is bounded by
// a constant that grows neither with the number of stimuli nor with the
// layers.
type Scratch[T Float] struct {
	q      []T // blockRows × pitch
	values []T // as many
}

// blockRows is the number of stimuli whose quotient is held at a time, and
// chunkBytes the width of what is held: together they stay in the second-level
// cache with the synapses of a chunk.
const (
	blockRows  = 64
	chunkBytes = 8 * 3 * lineBytes
)

// chunkColumns is the number of visible neurons of a chunk, a multiple of every
// panel width.
func chunkColumns[T Float]() int { return chunkBytes / int(unsafe.Sizeof(T(0))) }

// pitch is the distance of two rows of the tile: a chunk and a line, so that rows
// do not fall on the same places of a cache.
func pitch[T Float]() int { return (chunkBytes + lineBytes) / int(unsafe.Sizeof(T(0))) }

// NewScratch returns scratch memory for one worker.
func NewScratch[T Float]() *Scratch[T] {
	return &Scratch[T]{q: aligned[T](blockRows * pitch[T]()), values: make([]T, blockRows*pitch[T]())}
}

// Predict computes the prediction of a block:
//
//	p = H W        p rows×n
func Predict[T Float](p, h []T, rows int, s *Synapses[T]) {
	checkLen("Predict", len(p), rows*s.n, len(h), rows*s.r)
	product(p, s.n, coefficients[T]{h, s.r, 1}, s.w.from(0, 0), rows, s.r, s.n, false)
}

// PoissonDrive computes what the error units send up to the hidden neurons
// under divisive feedback:
//
//	drive = Q Wᵀ   drive rows×r
func PoissonDrive[T Float](drive, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PoissonDrive", len(drive), rows*s.r, 0, 0)
	poisson("PoissonDrive", drive, nil, v, h, rows, s, t)
}

// PoissonCorrelate adds the coincidences of hidden rates and error units:
//
//	c += Hᵀ Q      c r×n
func PoissonCorrelate[T Float](c, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PoissonCorrelate", len(c), s.r*s.n, 0, 0)
	poisson("PoissonCorrelate", nil, c, v, h, rows, s, t)
}

// PoissonDriveCorrelate computes both from one quotient, as an update of rates
// and synapses from one state needs it.
func PoissonDriveCorrelate[T Float](drive, c, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PoissonDriveCorrelate", len(drive), rows*s.r, len(c), s.r*s.n)
	poisson("PoissonDriveCorrelate", drive, c, v, h, rows, s, t)
}

// poisson computes the drive and adds the coincidences, if they are not nil, one
// block and one chunk of the quotient after the other. The sum of a drive runs
// over the visible neurons in their order, whatever the chunks, so that its bits
// do not depend on how stimuli are grouped.
func poisson[T Float](name string, drive, c, v, h []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen(name, len(v), rows*s.n, len(h), rows*s.r)
	for from := 0; from < rows; from += blockRows {
		count := min(blockRows, rows-from)
		hidden := h[from*s.r:]
		for col := 0; col < s.n; col += chunkColumns[T]() {
			cols := min(chunkColumns[T](), s.n-col)
			quotient(t.q, pitch[T](), v[from*s.n+col:], s.n, coefficients[T]{hidden, s.r, 1}, s.w.from(0, col), count, s.r, cols)
			if drive != nil {
				product(drive[from*s.r:], s.r, coefficients[T]{t.q, pitch[T](), 1}, s.wt.from(col, 0), count, cols, s.r, col > 0)
			}
			if c != nil {
				product(c[col:], s.n, coefficients[T]{hidden, 1, s.r}, rowMajor(t.q, pitch[T]()), s.r, count, cols, true)
			}
		}
	}
}

// GaussianDrive computes what the visible neurons send up to the hidden
// neurons without feedback:
//
//	drive = V Wᵀ   drive rows×r
func GaussianDrive[T Float](drive, v []T, rows int, s *Synapses[T]) {
	checkLen("GaussianDrive", len(v), rows*s.n, len(drive), rows*s.r)
	for col := 0; col < s.n; col += chunkColumns[T]() {
		cols := min(chunkColumns[T](), s.n-col)
		product(drive, s.r, coefficients[T]{v[min(col, len(v)):], s.n, 1}, s.wt.from(col, 0), rows, cols, s.r, col > 0)
	}
}

// Correlate adds the coincidences of two layers over a block:
//
//	c += Xᵀ Y      X rows×k, Y rows×n, c k×n
func Correlate[T Float](c, x, y []T, rows, k, n int) {
	checkLen("Correlate", len(x), rows*k, len(y), rows*n)
	checkLen("Correlate", len(c), k*n, 0, 0)
	product(c, n, coefficients[T]{x, 1, k}, rowMajor(y, n), k, rows, n, true)
}

// ChunkColumns is the largest number of visible neurons that [PoissonCorrelateColumns] takes, and
// what the first must be a multiple of.
func ChunkColumns[T Float]() int { return chunkColumns[T]() }

// PoissonCorrelateColumns is [PoissonCorrelate] for the visible neurons [from, from+cols) alone,
// with the same bits: c is r×cols.
func PoissonCorrelateColumns[T Float](c, v, h []T, rows int, s *Synapses[T], t *Scratch[T], from, cols int) {
	checkLen("PoissonCorrelateColumns", len(v), rows*s.n, len(h), rows*s.r)
	checkLen("PoissonCorrelateColumns", len(c), s.r*cols, 0, 0)
	if cols > chunkColumns[T]() || from%chunkColumns[T]() != 0 || from+cols > s.n {
		panic("kernel: PoissonCorrelateColumns: not a chunk of columns")
	}
	for first := 0; first < rows; first += blockRows {
		count := min(blockRows, rows-first)
		hidden := h[first*s.r:]
		quotient(t.q, pitch[T](), v[first*s.n+from:], s.n, coefficients[T]{hidden, s.r, 1}, s.w.from(0, from), count, s.r, cols)
		product(c, cols, coefficients[T]{hidden, 1, s.r}, rowMajor(t.q, pitch[T]()), s.r, count, cols, true)
	}
}

// CorrelateColumns is [Correlate] for the columns [from, from+cols) of y alone, with the
// same bits: c is k×cols.
func CorrelateColumns[T Float](c, x, y []T, rows, k, n, from, cols int) {
	checkLen("CorrelateColumns", len(x), rows*k, len(y), rows*n)
	checkLen("CorrelateColumns", len(c), k*cols, 0, 0)
	product(c, cols, coefficients[T]{x, 1, k}, rowMajor(y[min(from, len(y)):], n), k, rows, cols, true)
}

// Mul computes a product:
//
//	c = A B        A m×k, B k×n, c m×n
func Mul[T Float](c, a, b []T, m, k, n int) {
	checkLen("Mul", len(a), m*k, len(b), k*n)
	checkLen("Mul", len(c), m*n, 0, 0)
	product(c, n, coefficients[T]{a, k, 1}, rowMajor(b, n), m, k, n, false)
}

// Overlap computes how much the parts w (r×n), which were loaded, share:
//
//	g = W Wᵀ       g r×r
func (s *Synapses[T]) Overlap(g, w []T) {
	checkLen("Overlap", len(g), s.r*s.r, len(w), s.r*s.n)
	s.PackPanels()
	GaussianDrive(g, w, s.r, s)
}

// checkLen panics when a slice does not have the length its shape demands: a
// mistake of the caller that must not become a read outside a slice.
func checkLen(name string, got1, want1, got2, want2 int) {
	if got1 != want1 || got2 != want2 {
		panic("kernel: " + name + ": slice length does not match the shape")
	}
}
