package network

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// dissimilarity returns how unlike the similarities of stimuli and of answers are,
//
//	S = ‖V Vᵀ − H Hᵀ‖² / (4m²) = ( ‖VᵀV‖² − 2 ‖HᵀV‖² + ‖HᵀH‖² ) / (4m²)
//
// through matrices of the size of the layers, so that nothing of size m×m is made, given
// ‖VᵀV‖². Where answers are much like stimuli the three terms cancel: all is summed in
// float64, whatever the precision of the rates.
func (n *Network[T]) dissimilarity(v shown[T], h *neuron.Rates[T], likeness float64) float64 {
	hidden, visible := n.Hidden.Size, n.Visible.Size
	across, within := make([]float64, hidden*visible), make([]float64, hidden*hidden)
	n.eachBlock(v, h.Stimuli(), func(from, rows int, x []float64) {
		y := kernel.Wide(h.Rows(from, from+rows))
		kernel.Correlate(across, y, x, rows, hidden, visible)
		kernel.Correlate(within, y, y, rows, hidden, hidden)
	})
	m := float64(h.Stimuli())
	return (likeness - 2*kernel.Dot(across, across) + kernel.Dot(within, within)) / (4 * m * m)
}

// alike returns ‖VᵀV‖² of the stimuli that are learned from.
func (l *Learner[T]) alike() float64 {
	if l.likeness == 0 {
		l.likeness = l.net.likeness(l.v, l.part.stimuli)
	}
	return l.likeness
}

// gramColumns is the number of columns of VᵀV that are held at a time.
const gramColumns = 256

// likeness returns ‖VᵀV‖² of that many stimuli.
func (n *Network[T]) likeness(v shown[T], stimuli int) (sum float64) {
	visible := n.Visible.Size
	some := make([]float64, BlockRows*gramColumns)
	for from := 0; from < visible; from += gramColumns {
		cols := min(gramColumns, visible-from)
		product := make([]float64, visible*cols)
		n.eachBlock(v, stimuli, func(_, rows int, x []float64) {
			for i := range rows {
				copy(some[i*cols:(i+1)*cols], x[i*visible+from:])
			}
			kernel.Correlate(product, x, some[:rows*cols], rows, visible, cols)
		})
		sum += kernel.Dot(product, product)
	}
	return sum
}

// eachBlock visits all stimuli in their order, spread out and in float64: x holds as many
// rows, of which the first is stimulus from.
func (n *Network[T]) eachBlock(v shown[T], stimuli int, visit func(from, rows int, x []float64)) {
	gathered := make([]T, BlockRows*n.Visible.Size)
	for from := 0; from < stimuli; from += BlockRows {
		rows := min(BlockRows, stimuli-from)
		some := gathered[:rows*n.Visible.Size]
		for i := range rows {
			v.spread(from+i, some[i*n.Visible.Size:(i+1)*n.Visible.Size])
		}
		visit(from, rows, kernel.Wide(some))
	}
}
