package learning

import (
	"slices"

	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// SquaredError is half the squared error between stimuli and predictions,
//
//	E = ½ Σ ( v − p )²
//
// which belongs to noise with a normal distribution.
var SquaredError Objective = squaredError{}

type squaredError struct{}

var (
	_ Predictive        = squaredError{}
	_ Additive[float64] = squaredErrorIn[float64]{}
)

func (squaredError) Name() string                { return "gaussian" }
func (squaredError) Symbol() string              { return "E" }
func (squaredError) Label() string               { return "squared error E" }
func (squaredError) Words() string               { return "half the squared error E between stimuli and predictions" }
func (squaredError) Float64() Evaluator[float64] { return squaredErrorIn[float64]{} }
func (squaredError) Float32() Evaluator[float32] { return squaredErrorIn[float32]{} }

// ComparesPredictions declares [Predictive].
func (squaredError) ComparesPredictions() {}

// squaredErrorIn computes E.
type squaredErrorIn[T neuron.Float] struct{}

func (squaredErrorIn[T]) Objective() Objective { return SquaredError }

func (squaredErrorIn[T]) Terms() kernel.Objective { return kernel.Gaussian }

// Everywhere prepares W Wᵀ in float64, from which the squared predictions of all visible
// neurons follow without the predictions themselves:
//
//	½ Σ_j p_j² = ½ h W Wᵀ hᵀ
func (squaredErrorIn[T]) Everywhere(w *kernel.Synapses[T]) func(b *Block[T]) float64 {
	half, r := slices.Clone(w.Gram()), w.Hidden()
	kernel.Halve(half, r)
	return func(b *Block[T]) float64 { return kernel.HalfForm(b.H, b.Rows, half, r) }
}

// Size returns v².
func (squaredErrorIn[T]) Size(rate float64) float64 { return float64(rate * rate) }

// Drive computes Σ_j w_aj v_j.
func (squaredErrorIn[T]) Drive(b *Block[T]) {
	if b.Counts != nil {
		kernel.GaussianDriveCounts(b.Drive, b.Counts, b.RowOffset, b.RowOffset+b.Rows, b.Synapses)
		return
	}
	kernel.GaussianDrive(b.Drive, b.V, b.Rows, b.Synapses)
}

// Coincide adds Σ_i h_ia v_ij.
func (squaredErrorIn[T]) Coincide(sums []T, b *Block[T]) {
	kernel.Correlate(sums, b.H, b.V, b.Rows, b.Hidden, b.Visible)
}

func (squaredErrorIn[T]) CoincideColumns(sums []T, b *Block[T], from, cols int) {
	kernel.CorrelateColumns(sums, b.H, b.V, b.Rows, b.Hidden, b.Visible, from, cols)
}

func (squaredErrorIn[T]) CoincideCounts(sums, _ []T, counts *kernel.Counts[T], from, to int, h []T, r int) {
	kernel.GaussianCorrelateCounts(sums, counts, from, to, h, r)
}

// Slack: any constraint on the size of a part has force, because E prefers large synapses
// to large rates where these have a cost, and is indifferent otherwise.
func (squaredErrorIn[T]) Slack(kept synapse.Normalisation, _ float64) bool {
	return kept == synapse.Free
}

func (squaredErrorIn[T]) Balance(p Pass[T]) Balance[T] {
	if p.Missing {
		return newMissingBalance(p, (*Block[T]).SeenPrediction)
	}
	s := &squaredErrorBalance[T]{Pass: p, overlap: make([]T, p.Hidden*p.Hidden)}
	p.Overlap(s.overlap)
	for range p.Groups {
		s.together = append(s.together, make([]T, p.Hidden*p.Hidden))
	}
	return s
}

// squaredErrorBalance: a rate sends Σ_j w_aj p_j, a synapse Σ_i h_ia p_ij.
type squaredErrorBalance[T neuron.Float] struct {
	Pass[T]
	overlap  []T   // r×r, W Wᵀ
	together [][]T // r×r, HᵀH, one a group
}

func (s *squaredErrorBalance[T]) Look(group int, b *Block[T]) {
	kernel.Mul(b.Inhibition, b.H, s.overlap, b.Rows, s.Hidden, s.Hidden)
	kernel.Correlate(s.together[group], b.H, b.H, b.Rows, s.Hidden, s.Hidden)
}

func (*squaredErrorBalance[T]) Rate(b *Block[T], i int) float64 { return float64(b.Inhibition[i]) }

func (s *squaredErrorBalance[T]) Synapses(spare []T) func(i int) float64 {
	for _, h := range s.together[1:] {
		kernel.Add(s.together[0], h)
	}
	kernel.Mul(spare, s.together[0], s.Weights, s.Hidden, s.Hidden, s.Visible)
	return func(i int) float64 { return float64(spare[i]) }
}
