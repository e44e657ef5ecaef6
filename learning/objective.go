package learning

import (
	"iter"
	"partsnet/internal/elementary"
	"partsnet/internal/kernel"
)

// Objective is a distance between stimuli and their prediction.
type Objective int

// The objectives.
const (
	Poisson    Objective = iota // generalised Kullback–Leibler divergence D, in nats
	Gaussian                    // half the squared error E
	Similarity                  // how unlike the similarities of stimuli and of answers are, S
)

// said is what texts and figures call an objective.
var said = [...]struct{ name, symbol, label, words string }{
	Poisson: {"poisson", "D", "divergence D (nats)",
		"the generalised Kullback–Leibler divergence D between stimuli and predictions"},
	Gaussian: {"gaussian", "E", "squared error E",
		"half the squared error E between stimuli and predictions"},
	Similarity: {"similarity", "S", "dissimilarity S",
		"the dissimilarity S, a quarter of the mean squared difference between the similarity of two stimuli and that of the answers to them"},
}

// String returns "poisson", "gaussian" or "similarity".
func (o Objective) String() string {
	if o < 0 || int(o) >= len(said) {
		return "unknown"
	}
	return said[o].name
}

// Symbol returns the letter of the objective in formulas: "D", "E" or "S".
func (o Objective) Symbol() string { return said[o].symbol }

// Label returns the objective as an axis names it, with its unit where it has one.
func (o Objective) Label() string { return said[o].label }

// Words returns what the objective is, for a sentence.
func (o Objective) Words() string { return said[o].words }

// Loss returns the objective of the stimuli of a block, summed in float64:
//
//	Poisson    Σ ( v log(v/p) − v + p ),  with 0 log 0 = 0 and +Inf where p = 0 < v
//	Gaussian   ½ Σ ( v − p )²
//
// where p is the prediction of the block from its hidden rates. S is no sum over
// stimuli, and Loss panics if asked for it: see network.Learner.
func Loss[T kernel.Float](o Objective, b *Block[T]) float64 {
	if o == Similarity {
		panic("learning: Loss: the similarity objective is no sum over stimuli")
	}
	if o == Gaussian {
		return kernel.GaussianLoss(b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
	return kernel.PoissonLoss(b.V, b.H, b.Rows, b.Synapses, b.Scratch)
}

// LogLikelihood returns the paper's F for stimuli whose divergence is d:
//
//	F = Σ ( v log p − p ) = Σ ( v log v − v ) − D
func LogLikelihood[T kernel.Float](v iter.Seq[T], d float64) float64 {
	sum := 0.0
	for x := range v {
		if x > 0 {
			sum += float64(float64(x)*elementary.Log(float64(x))) - float64(x)
		}
	}
	return sum - d
}
