package measure

import (
	"sync"

	"partsnet/sim/stimulus"
)

// Learned is what measures look at: what a network has learned, and of what. Build it
// with [NewLearned].
type Learned struct {
	W                         []float64 // Hidden×Visible synapses
	H                         Rates     // Stimuli×Hidden
	Stimuli, Visible, Hidden  int
	Height, Width             int             // of a stimulus as an image, or 0
	Truth                     *stimulus.Truth // or nil
	Documents                 bool            // whether visible neurons are words
	Shown                     Shown           // what measures need to know of the stimuli
	Hides                     *Hidden         // what was hidden of them; or nil
	Divergence, SquaredErrors func() float64  // D and E, asked for once; nil where not defined

	divergence, squaredError func() (float64, bool) // the same; ok is false where not defined
	completion               func() Completion      // of what was hidden
	recovery                 func() Recovery        // of the truth
	limbs                    func() Limbs           // of the swimmer
}

// Shown is what is constant about stimuli: of the rates that are known.
type Shown struct {
	Missing   int     // rates that are not
	Variation float64 // Σ ( v − v̄ )², see [Variation]
	Energy    float64 // Σ v²
	Deviation float64 // Σ ( v − v̿ )², v̿ the mean of all rates
	Entropy   float64 // Σ ( v log v − v ), which makes the paper's F of D
	Zeros     float64 // share of rates that are 0
}

// NewLearned returns l ready to be measured. Every intermediate result is computed at
// most once.
func NewLearned(l Learned) *Learned {
	once := func(f func() float64) func() (float64, bool) {
		if f == nil {
			return func() (float64, bool) { return 0, false }
		}
		return sync.OnceValues(func() (float64, bool) { return f(), true })
	}
	l.divergence, l.squaredError = once(l.Divergence), once(l.SquaredErrors)
	l.completion = sync.OnceValue(func() Completion { return l.Hides.Complete(l.W, l.H, l.Visible) })
	l.recovery = sync.OnceValue(func() Recovery { return Recover(l.Truth.Parts, l.W, l.Visible) })
	l.limbs = sync.OnceValue(func() Limbs { return LimbsOf(l.Truth.Parts, l.W, l.Visible) })
	return &l
}
