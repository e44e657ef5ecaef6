package constraint

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// LargestSide bounds the smaller side of the stimuli of [Orthonormal], whose
// eigenvectors take time that grows with its cube.
const LargestSide = 4096

// Fits returns an error if m stimuli of n visible neurons have no r components that
// [Orthonormal] could find.
func Fits(m, n, r int) error {
	if side := min(m, n); r > side || side > LargestSide {
		return fmt.Errorf("%d orthonormal hidden neurons for %d stimuli of %d visible neurons; allowed are as many as the smaller of the two, which may be %d", r, m, n, LargestSide)
	}
	return nil
}

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
	if err := Fits(m, n, r); err != nil {
		return nil, err
	}
	stimuli := mat.NewDense(m, n, v)
	var gram mat.SymDense
	if n <= m {
		gram.SymOuterK(1, stimuli.T())
	} else {
		gram.SymOuterK(1, stimuli)
	}
	values, vectors, err := leading(&gram, r)
	if err != nil {
		return nil, err
	}
	f := &Factors{Synapses: make([]float64, r*n), Epochs: 1}
	for a := range r {
		column := vectors.ColView(a)
		w := mat.NewVecDense(n, f.Synapses[a*n:(a+1)*n])
		if n <= m {
			w.CopyVec(column)
		} else if w.MulVec(stimuli.T(), column); w.Norm(2) > 1e-12*math.Sqrt(max(0, values[0])) {
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
		e += float64((v[k] - p) * (v[k] - p) / 2)
	}
	f.Error = []float64{e}
	return f, nil
}

// directSide is the side of a matrix up to which all eigenvectors are computed; above
// it, computing the leading ones only is much faster.
const directSide = 512

// leading returns the r largest eigenvalues of a positive matrix and their vectors, as
// columns, the largest first.
func leading(gram *mat.SymDense, r int) (values []float64, vectors *mat.Dense, err error) {
	side := gram.SymmetricDim()
	if side > directSide && 3*r < side {
		if values, vectors := subspace(gram, r); vectors != nil {
			return values, vectors, nil
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(gram, true) {
		return nil, nil, errors.New("the eigenvectors of the stimuli were not found")
	}
	var all mat.Dense
	eigen.VectorsTo(&all)
	vectors = mat.NewDense(side, r, nil)
	ascending := eigen.Values(nil)
	for a := range r {
		values = append(values, ascending[side-1-a])
		vectors.SetCol(a, mat.Col(nil, side-1-a, &all))
	}
	return values, vectors, nil
}

// subspace finds leading eigenvectors by orthogonal iteration with Rayleigh–Ritz
// projection (Golub & Van Loan, Matrix Computations, 8.2.4), until every residual
// ‖G x − λ x‖ is at rounding; it returns nil where eigenvalues are too close together
// to converge soon.
func subspace(gram *mat.SymDense, r int) (values []float64, vectors *mat.Dense) {
	const iterations, rounding = 60, 1e-14
	side := gram.SymmetricDim()
	k := min(side, r+max(10, r/2))
	rng := rand.New(rand.NewPCG(uint64(side), uint64(k)))
	x := mat.NewDense(side, k, nil)
	x.Apply(func(_, _ int, _ float64) float64 { return rng.NormFloat64() }, x)
	for range iterations {
		var qr mat.QR
		var q, gq, small, ritz, rotated mat.Dense
		qr.Factorize(x)
		qr.QTo(&q)
		basis := q.Slice(0, side, 0, k)
		gq.Mul(gram, basis)
		small.Mul(basis.T(), &gq)
		symmetric := mat.NewSymDense(k, nil)
		for i := range k {
			for j := i; j < k; j++ {
				symmetric.SetSym(i, j, (small.At(i, j)+small.At(j, i))/2)
			}
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(symmetric, true) {
			return nil, nil
		}
		eigen.VectorsTo(&ritz)
		rotated.Mul(&gq, &ritz) // G times the Ritz vectors, the largest eigenvalue last
		vectors = mat.NewDense(side, r, nil)
		var all mat.Dense
		all.Mul(basis, &ritz)
		ascending, settled := eigen.Values(nil), true
		values = values[:0]
		for a := range r {
			lambda := ascending[k-1-a]
			residual := mat.NewVecDense(side, nil)
			residual.AddScaledVec(rotated.ColView(k-1-a), -lambda, all.ColView(k-1-a))
			settled = settled && residual.Norm(2) <= rounding*float64(side)*ascending[k-1]
			values = append(values, lambda)
			vectors.SetCol(a, mat.Col(nil, k-1-a, &all))
		}
		if settled {
			return values, vectors
		}
		x = &rotated
	}
	return nil, nil
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
