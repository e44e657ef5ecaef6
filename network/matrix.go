package network

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"partsnet/neuron"
)

// Matrix returns the weights as a matrix for reading, one presynaptic neuron a row. It
// changes when the weights do.
func (p Projection[T]) Matrix() mat.Matrix { return matrix[T]{p.Pre(), p.Post(), p.Weights} }

// matrix shows numbers in either precision as a matrix in float64.
type matrix[T neuron.Float] struct {
	rows, cols int
	numbers    func() []T
}

func (m matrix[T]) Dims() (rows, cols int) { return m.rows, m.cols }
func (m matrix[T]) T() mat.Matrix          { return mat.Transpose{Matrix: m} }

func (m matrix[T]) At(i, j int) float64 {
	if uint(i) >= uint(m.rows) {
		panic(mat.ErrRowAccess)
	}
	if uint(j) >= uint(m.cols) {
		panic(mat.ErrColAccess)
	}
	return float64(m.numbers()[i*m.cols+j])
}

// ratesOf returns a copy of a matrix of stimuli, one a row. It returns an error if there
// are none, and a [*neuron.RateError] for an entry that is not a rate.
func ratesOf(v mat.Matrix) (*neuron.Rates[float64], error) {
	m, n := v.Dims()
	if m <= 0 || n <= 0 {
		return nil, errors.New("network: the matrix of stimuli is empty; it needs a stimulus a row and a visible neuron a column")
	}
	if err := countable(m, n); err != nil {
		return nil, err
	}
	return neuron.RatesOf(m, n, mat.DenseCopyOf(v).RawMatrix().Data)
}

// countable returns an error if a matrix has more bytes than an integer counts. A matrix that is not
// dense may have any size.
func countable(rows, cols int) error {
	if rows > math.MaxInt/8/max(1, cols) {
		return fmt.Errorf("network: a matrix of %d×%d does not fit into memory; allowed are %d rows at most", rows, cols, math.MaxInt/8/cols)
	}
	return nil
}
