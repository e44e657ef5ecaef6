package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
)

// similarity returns how unlike the similarities of stimuli and of answers are,
//
//	S = ‖V Vᵀ − H Hᵀ‖² / (4m²) = ( ‖VᵀV‖² − 2 ‖HᵀV‖² + ‖HᵀH‖² ) / (4m²)
//
// through matrices of the size of the layers, so that nothing of size m×m is made.
func (l *Learner[T]) similarity() float64 {
	r := l.net.Hidden.Size
	if l.likeness == 0 {
		l.likeness = l.gram()
	}
	across, within := make([]T, r*l.net.Visible.Size), make([]T, r*r)
	l.eachBlock(func(b *learning.Block[T]) {
		kernel.Correlate(across, b.H, b.V, b.Rows, r, b.Visible)
		kernel.Correlate(within, b.H, b.H, b.Rows, r, r)
	})
	m := float64(l.part.stimuli)
	return (l.likeness - 2*kernel.Dot(across, across) + kernel.Dot(within, within)) / (4 * m * m)
}

// gramColumns is the number of columns of VᵀV that are held at a time.
const gramColumns = 256

// gram returns ‖VᵀV‖².
func (l *Learner[T]) gram() (sum float64) {
	n := l.net.Visible.Size
	some := make([]T, BlockRows*gramColumns)
	for from := 0; from < n; from += gramColumns {
		cols := min(gramColumns, n-from)
		product := make([]T, n*cols)
		l.eachBlock(func(b *learning.Block[T]) {
			for i := range b.Rows {
				copy(some[i*cols:(i+1)*cols], b.V[i*n+from:])
			}
			kernel.Correlate(product, b.V, some[:b.Rows*cols], b.Rows, n, cols)
		})
		sum += kernel.Dot(product, product)
	}
	return sum
}

// eachBlock visits all stimuli in their order, spread out, with their rates.
func (l *Learner[T]) eachBlock(visit func(b *learning.Block[T])) {
	b := l.net.carriers[0]
	for from := 0; from < l.part.stimuli; from += BlockRows {
		b.Rows, b.Counts = min(BlockRows, l.part.stimuli-from), nil
		b.H, b.V = l.h.Rows(from, from+b.Rows), b.Gathered()
		for i := range b.Rows {
			l.v.spread(from+i, b.V[i*b.Visible:(i+1)*b.Visible])
		}
		visit(b)
	}
}
