package constraint

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// LargestSide bounds the smaller side of the stimuli of [Orthonormal], whose
// eigenvectors take time that grows with its cube.
const LargestSide = 4096

// Orthonormal returns the r leading principal components of stimuli v (m×n) that are
// not centred, as synapses, and what each stimulus projects on them, as rates:
//
//	VᵀV = Σ_a λ_a w_aᵀ w_a,  λ_1 ≥ λ_2 ≥ …        H = V Wᵀ
//
// The sign of a component is such that its entry of largest magnitude is positive. A
// component of the eigenvalue zero has no synapses where there are fewer stimuli than
// visible neurons. The error names what is too large.
func Orthonormal(v []float64, n, r int) (*Factors, error) {
	m := len(v) / n
	if side := min(m, n); r > side || side > LargestSide {
		return nil, fmt.Errorf("%d orthonormal hidden neurons for %d stimuli of %d visible neurons; allowed are as many as the smaller of the two, which may be %d", r, m, n, LargestSide)
	}
	stimuli := mat.NewDense(m, n, v)
	var gram mat.SymDense
	if n <= m {
		gram.SymOuterK(1, stimuli.T())
	} else {
		gram.SymOuterK(1, stimuli)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(&gram, true) {
		return nil, errors.New("the eigenvectors of the stimuli were not found")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	f := &Factors{Synapses: make([]float64, r*n), Epochs: 1}
	side, _ := vectors.Dims()
	for a := range r {
		column := vectors.ColView(side - 1 - a)
		w := mat.NewVecDense(n, f.Synapses[a*n:(a+1)*n])
		if n <= m {
			w.CopyVec(column)
		} else if w.MulVec(stimuli.T(), column); w.Norm(2) > 1e-12*math.Sqrt(eigen.Values(nil)[side-1]) {
			w.ScaleVec(1/w.Norm(2), w)
		} else {
			w.Zero()
		}
		orient(f.Synapses[a*n : (a+1)*n])
	}
	rates, prediction := mat.NewDense(m, r, nil), mat.NewDense(m, n, nil)
	synapses := mat.NewDense(r, n, f.Synapses)
	rates.Mul(stimuli, synapses.T())
	prediction.Mul(rates, synapses)
	f.Rates = rates.RawMatrix().Data
	e := 0.0
	for k, p := range prediction.RawMatrix().Data {
		e += (v[k] - p) * (v[k] - p) / 2
	}
	f.Error = []float64{e}
	return f, nil
}

// orient makes the entry of largest magnitude positive.
func orient(w []float64) {
	top := 0.0
	for _, x := range w {
		if math.Abs(x) > math.Abs(top) {
			top = x
		}
	}
	for j := range w {
		if top < 0 {
			w[j] = -w[j]
		}
	}
}
