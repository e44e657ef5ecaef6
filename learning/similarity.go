package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Similarity is the mismatch between the similarities of stimuli and those of the answers
// to them,
//
//	S = ‖V Vᵀ − H Hᵀ‖² / (4m²) = ( ‖VᵀV‖² − 2 ‖HᵀV‖² + ‖HᵀH‖² ) / (4m²)
//
// Synapses do not enter it: a network that lowers S need not predict its stimuli.
var Similarity Objective = similarity{}

type similarity struct{}

var _ Pairwise[float64] = similarityIn[float64]{}

func (similarity) Name() string   { return "similarity" }
func (similarity) Symbol() string { return "S" }
func (similarity) Label() string  { return "dissimilarity S" }
func (similarity) Words() string {
	return "the dissimilarity S, a quarter of the mean squared difference between the similarity of two stimuli and that of the answers to them"
}
func (similarity) Float64() Evaluator[float64] { return similarityIn[float64]{} }
func (similarity) Float32() Evaluator[float32] { return similarityIn[float32]{} }

// similarityIn computes S through matrices of the size of the layers, so that none of
// size m×m is needed. Where answers are much like stimuli the three terms cancel: all is
// summed in float64, whatever the precision of the rates.
type similarityIn[T neuron.Float] struct{}

func (similarityIn[T]) Objective() Objective { return Similarity }

// Total returns S, given ‖VᵀV‖².
func (similarityIn[T]) Total(v Rows[T], h []T, hidden int, constant float64) float64 {
	across, within := make([]float64, hidden*v.Visible), make([]float64, hidden*hidden)
	v.each(func(from, rows int, x []float64) {
		y := kernel.Wide(h[from*hidden : (from+rows)*hidden])
		kernel.Correlate(across, y, x, rows, hidden, v.Visible)
		kernel.Correlate(within, y, y, rows, hidden, hidden)
	})
	m := float64(v.Stimuli)
	return (constant - 2*kernel.Dot(across, across) + kernel.Dot(within, within)) / (4 * m * m)
}

// gramColumns is the number of columns of VᵀV that are held at a time.
const gramColumns = 256

// Constant returns ‖VᵀV‖².
func (similarityIn[T]) Constant(v Rows[T]) (sum float64) {
	some := make([]float64, rowsAtATime*gramColumns)
	for from := 0; from < v.Visible; from += gramColumns {
		cols := min(gramColumns, v.Visible-from)
		product := make([]float64, v.Visible*cols)
		v.each(func(_, rows int, x []float64) {
			for i := range rows {
				copy(some[i*cols:(i+1)*cols], x[i*v.Visible+from:])
			}
			kernel.Correlate(product, x, some[:rows*cols], rows, v.Visible, cols)
		})
		sum += kernel.Dot(product, product)
	}
	return sum
}

// TotalSize returns ‖VᵀV‖²/(4m²).
func (similarityIn[T]) TotalSize(constant float64, stimuli int) float64 {
	m := float64(stimuli)
	return constant / (4 * m * m)
}
