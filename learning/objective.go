package learning

import (
	"fmt"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Objective is what recognition and learning lower: a distance between stimuli and their
// predictions, or between the similarities of stimuli and those of the answers to them.
// It has no precision; what is computed with it is in its [Evaluator].
type Objective interface {
	// Name is what messages call the objective: "poisson".
	Name() string
	// Symbol is the letter of the objective in formulas: "D".
	Symbol() string
	// Label is the objective as the axis of a figure names it, with its unit where it has
	// one.
	Label() string
	// Words say what the objective is, for a sentence.
	Words() string
	// Float64 and Float32 return its evaluator in a precision; see [In].
	Float64() Evaluator[float64]
	Float32() Evaluator[float32]
}

// Objectives returns all objectives. A new objective is one file and one line here.
func Objectives() []Objective { return []Objective{KL, SquaredError, Similarity} }

// ObjectiveNamed returns the objective of that name. The error lists the allowed names.
func ObjectiveNamed(name string) (Objective, error) {
	var names []string
	for _, o := range Objectives() {
		if o.Name() == name {
			return o, nil
		}
		names = append(names, o.Name())
	}
	return nil, fmt.Errorf("learning: no objective is called %q; the objectives are %s", name, strings.Join(names, ", "))
}

// Predictive is an objective that compares a stimulus with its prediction, neuron by
// neuron. Others have no prediction that could be drawn or explained.
type Predictive interface {
	Objective
	// ComparesPredictions is a mark, never called.
	ComparesPredictions()
}

// Likelihood is an objective that belongs to the likelihood of a model of the stimuli.
type Likelihood interface {
	Objective
	// LogLikelihood returns the log-likelihood for a value of the objective; entropy is
	// Σ ( v log v − v ) over all stimuli.
	LogLikelihood(entropy, objective float64) float64
	// Infinite explains to the user why the objective can be +Inf although all rates and
	// synapses are finite, and what to do.
	Infinite() string
}

// Evaluator computes an objective in one precision. It is an [Additive] or a [Pairwise].
type Evaluator[T neuron.Float] interface {
	Objective() Objective
}

// In returns the evaluator of an objective in the precision T.
func In[T neuron.Float](o Objective) Evaluator[T] {
	var e any = o.Float64()
	if _, single := any(T(0)).(float32); single {
		e = o.Float32()
	}
	return e.(Evaluator[T])
}

// AdditiveIn returns the evaluator of an objective that is a sum over stimuli; ok is false
// if it is not.
func AdditiveIn[T neuron.Float](o Objective) (e Additive[T], ok bool) {
	e, ok = In[T](o).(Additive[T])
	return e, ok
}

// Additive computes an objective that is a sum over stimuli and visible neurons.
type Additive[T neuron.Float] interface {
	Evaluator[T]
	// Terms is the objective as the kernels know it, which sum its terms in float64.
	Terms() kernel.Objective
	// Everywhere returns a function that says what the predictions of all visible neurons
	// contribute to the objective of a block of counts, without a look at each: see
	// [kernel.CountsLosses].
	Everywhere(w *kernel.Synapses[T]) func(b *Block[T]) float64
	// Size returns the size of the terms that a rate of a stimulus contributes to the
	// sum, for the rounding to be expected.
	Size(rate float64) float64
	// Drive writes into b.Drive what reaches each hidden neuron.
	Drive(b *Block[T])
	// Coincide adds to sums (r×n) the coincidences of hidden rates and of what the
	// objective lets reach them, for a block that holds all rates.
	Coincide(sums []T, b *Block[T])
	// CoincideColumns adds the same for the visible neurons [from, from+cols), no more than
	// [kernel.ChunkColumns] and from a multiple of it, to sums (r×cols).
	CoincideColumns(sums []T, b *Block[T], from, cols int)
	// CoincideCounts writes the same for the visible neurons [from, to) of counts that
	// are held by visible neuron: into sums, from weights (both (to−from)×r), for hidden
	// rates h of all stimuli.
	CoincideCounts(sums, weights []T, counts *kernel.Counts[T], from, to int, h []T, r int)
	// Balance returns a pass that compares what reaches rates and synapses with what they
	// send.
	Balance(p Pass[T]) Balance[T]
	// Slack reports whether a constraint on synapses has no force where rates have
	// settled, so that synapses meet the same conditions with it as without.
	Slack(kept synapse.Normalisation, sparsity float64) bool
}

// Losses writes objectives of the stimuli of a block into out, all from one prediction.
type Losses[T neuron.Float] func(out []float64, b *Block[T])

// DenseLosses returns the losses of blocks that hold all rates (V).
func DenseLosses[T neuron.Float](objectives []Additive[T]) Losses[T] {
	terms := termsOf(objectives)
	return func(out []float64, b *Block[T]) {
		kernel.Losses(out, terms, b.V, b.H, b.Shown(), b.Rows, b.Synapses, b.Scratch)
	}
}

// CountsLosses returns the losses of blocks of counts for the present weights, which are packed
// by visible neuron. The work on a block grows with its counts.
func CountsLosses[T neuron.Float](objectives []Additive[T], w *kernel.Synapses[T]) Losses[T] {
	terms := termsOf(objectives)
	everywhere := make([]func(b *Block[T]) float64, len(objectives))
	for k, o := range objectives {
		everywhere[k] = o.Everywhere(w)
	}
	return func(out []float64, b *Block[T]) {
		predicted := make([]float64, len(out))
		kernel.CountsLosses(out, predicted, terms, b.Counts, b.RowOffset, b.RowOffset+b.Rows, b.H, w)
		for k, of := range everywhere {
			out[k] += of(b) - predicted[k]
		}
	}
}

func termsOf[T neuron.Float](objectives []Additive[T]) (terms []kernel.Objective) {
	for _, o := range objectives {
		terms = append(terms, o.Terms())
	}
	return terms
}

// Pass is what a [Balance] looks at: all hidden rates (m×r), all weights (r×n), and the
// groups of stimuli that are passed over at the same time.
type Pass[T neuron.Float] struct {
	Hidden, Visible, Groups int
	Rates, Weights          []T
	Overlap                 func(gram []T) // writes W Wᵀ
	Missing                 bool           // entries are missing: blocks have Seen
}

// Balance finds what hidden rates and synapses send, the term of the gradient that an
// objective sets against what reaches them ([Additive.Drive], [Additive.Coincide]).
type Balance[T neuron.Float] interface {
	// Look takes a block of one group.
	Look(group int, b *Block[T])
	// Rate returns what the hidden rate b.H[i] sends, for the block that this worker passed
	// to Look last.
	Rate(b *Block[T], i int) float64
	// Synapses is called after all blocks. It returns what the weight i sends; spare holds
	// r×n numbers that it may use.
	Synapses(spare []T) func(i int) float64
}

// Pairwise computes an objective that compares pairs of stimuli.
type Pairwise[T neuron.Float] interface {
	Evaluator[T]
	// Constant returns the part that depends on the stimuli alone. It takes longest, so
	// callers compute it once.
	Constant(v Rows[T]) float64
	// Total returns the objective of all stimuli with their hidden rates (m×r).
	Total(v Rows[T], h []T, hidden int, constant float64) float64
	// TotalSize is [Additive.Size] of all stimuli.
	TotalSize(constant float64, stimuli int) float64
}

// Rows gives access to stimuli row by row, whatever form they are held in.
type Rows[T neuron.Float] struct {
	Stimuli, Visible int
	Spread           func(stimulus int, row []T) // writes all rates of a stimulus
}

// rowsAtATime is the number of stimuli that [Rows] are visited by.
const rowsAtATime = 64

// each visits all stimuli in their order, in float64: x holds as many rows, of which the
// first is stimulus from.
func (v Rows[T]) each(visit func(from, rows int, x []float64)) {
	some := make([]T, rowsAtATime*v.Visible)
	for from := 0; from < v.Stimuli; from += rowsAtATime {
		rows := min(rowsAtATime, v.Stimuli-from)
		for i := range rows {
			v.Spread(from+i, some[i*v.Visible:(i+1)*v.Visible])
		}
		visit(from, rows, kernel.Wide(some[:rows*v.Visible]))
	}
}
