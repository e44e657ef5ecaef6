package learning

import (
	"math"

	"partsnet/internal/elementary"
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// KL is the generalised Kullback–Leibler divergence between stimuli and predictions, the
// objective of the paper, in nats:
//
//	D = Σ ( v log(v/p) − v + p )      0 log 0 = 0, and +Inf where p = 0 < v
//
// 2D is the deviance of the model v ~ Poisson(p).
var KL Objective = kl{}

type kl struct{}

var (
	_ Predictive        = kl{}
	_ Likelihood        = kl{}
	_ Additive[float64] = klIn[float64]{}
)

func (kl) Name() string   { return "poisson" }
func (kl) Symbol() string { return "D" }
func (kl) Label() string  { return "divergence D (nats)" }
func (kl) Words() string {
	return "the generalised Kullback–Leibler divergence D between stimuli and predictions"
}
func (kl) Float64() Evaluator[float64] { return klIn[float64]{} }
func (kl) Float32() Evaluator[float32] { return klIn[float32]{} }

// LogLikelihood returns the paper's F = Σ ( v log p − p ) = Σ ( v log v − v ) − D.
func (kl) LogLikelihood(entropy, objective float64) float64 { return entropy - objective }

func (kl) Infinite() string {
	return "a visible neuron fires that no hidden neuron predicts, because its synapses have fallen to 0; " +
		"learn more slowly, scale the stimuli down, or choose a rule that normalises each neuron's synapses"
}

// ComparesPredictions declares [Predictive].
func (kl) ComparesPredictions() {}

// klIn computes D.
type klIn[T neuron.Float] struct{}

func (klIn[T]) Objective() Objective { return KL }

func (klIn[T]) Terms() kernel.Objective { return kernel.Poisson }

// Everywhere prepares Σ_j w_aj, from which the sum of the predictions of all visible neurons
// follows.
func (klIn[T]) Everywhere(w *kernel.Synapses[T]) func(b *Block[T]) float64 {
	r := w.Hidden()
	parts := make([]float64, r)
	for rows := w.RowsOf(0, w.Visible()); len(rows) > 0; rows = rows[r:] {
		for a, x := range rows[:r] {
			parts[a] += float64(x)
		}
	}
	return func(b *Block[T]) float64 {
		everywhere := 0.0
		for i, h := range b.H {
			everywhere += float64(float64(h) * parts[i%r])
		}
		return everywhere
	}
}

// Size returns v (1 + |log v|).
func (klIn[T]) Size(rate float64) float64 {
	if rate > 0 {
		return rate + float64(rate*math.Abs(elementary.Log(rate)))
	}
	return 0
}

// Drive computes Σ_j w_aj v_j/p_j.
func (klIn[T]) Drive(b *Block[T]) {
	if b.Counts != nil {
		kernel.DriveCounts(b.Drive, b.Counts, b.RowOffset, b.RowOffset+b.Rows, b.H, b.Synapses)
		return
	}
	kernel.PoissonDrive(b.Drive, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
}

// Coincide adds Σ_i h_ia v_ij/p_ij.
func (klIn[T]) Coincide(sums []T, b *Block[T]) {
	kernel.PoissonCorrelate(sums, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
}

func (klIn[T]) CoincideColumns(sums []T, b *Block[T], from, cols int) {
	kernel.PoissonCorrelateColumns(sums, b.V, b.H, b.Rows, b.Synapses, b.Scratch, from, cols)
}

func (klIn[T]) CoincideCounts(sums, weights []T, counts *kernel.Counts[T], from, to int, h []T, r int) {
	kernel.CorrelateCounts(sums, weights, counts, from, to, h, r)
}

// Slack: once rates have settled Σ_i h_ia is what a neuron's synapses meet on average, and
// the constraint that they sum to 1 has no force.
func (klIn[T]) Slack(kept synapse.Normalisation, sparsity float64) bool {
	return kept == synapse.Free || kept == synapse.UnitSum && sparsity == 0
}

func (klIn[T]) Balance(p Pass[T]) Balance[T] {
	if p.Missing {
		return newMissingBalance(p, (*Block[T]).AllSeen)
	}
	s := &klBalance[T]{sums: make([]float64, p.Hidden), total: make([]float64, p.Hidden), visible: p.Visible}
	for a := range s.sums {
		s.sums[a] = kernel.Sum(p.Weights[a*p.Visible : (a+1)*p.Visible])
	}
	for i, x := range p.Rates {
		s.total[i%p.Hidden] += float64(x)
	}
	return s
}

// klBalance: a rate sends Σ_j w_aj, a synapse Σ_i h_ia.
type klBalance[T neuron.Float] struct {
	sums, total []float64
	visible     int
}

func (*klBalance[T]) Look(int, *Block[T]) {}

func (s *klBalance[T]) Rate(_ *Block[T], i int) float64 { return s.sums[i%len(s.sums)] }

func (s *klBalance[T]) Synapses([]T) func(i int) float64 {
	return func(i int) float64 { return s.total[i/s.visible] }
}
