package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// LocalNMF is the rule of local non-negative matrix factorisation, "local-nmf": with the
// error units e from before the last step of recognition and the rates h from after it,
//
//	w_aj ← w_aj Σ_i h_ia e_ij / ( Σ_b w_bj + Σ_i h_ia )
//	w_aj ← w_aj / Σ_k w_ak
//
// The first sum of the denominator lets neurons that share an input inhibit each other's
// synapses there: parts become small and few neurons share a pixel. The rule was derived
// for D with costs of overlap and a reward for large rates, whose factors cancel; no step
// is proved to lower anything, and D alone rises.
//
// The rule reads the summed synapses onto a visible neuron, so it is local only if the
// visible neuron scales them.
//
// Source: Li, Hou, Zhang & Cheng 2001.
type LocalNMF[T neuron.Float] struct{}

var _ Rule[float64] = (*LocalNMF[float64])(nil)

func (*LocalNMF[T]) Name() string { return "local-nmf" }

func (*LocalNMF[T]) Objective() Objective { return KL }

func (*LocalNMF[T]) Describe() Description {
	return Description{
		Doc: "Local non-negative matrix factorisation (Li, Hou, Zhang & Cheng 2001).",
		Sources: []string{
			"Li SZ, Hou XW, Zhang HJ, Cheng QS (2001). Learning spatially localized, parts-based representation. Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition 1:207–212.",
		},
		Example: Example{
			Text: `Neurons that share a pixel take their synapses there from each other, so that parts become
small and pixels have one owner. The divergence pays for it, and few of the true parts are
recovered.

Look at figures/parts.png beside that of faces, and at the effective area of a part
(--verbose).`,
			Stimuli:  Faces,
			Hidden:   49,
			Partner:  "local-nmf",
			Learning: "epochs = 300",
		},
	}
}

// Keeps says that the synapses of each hidden neuron sum to 1.
func (*LocalNMF[T]) Keeps() synapse.Normalisation { return synapse.UnitSum }

// NeedsFinalErrors declares [FinalErrors].
func (*LocalNMF[T]) NeedsFinalErrors() {}

// Reads says that the rule learns from the error units that led to the present rates.
func (*LocalNMF[T]) Reads() Activity { return ErrorsBefore }

// WhyAll completes the sentence of [NeedsAll].
func (*LocalNMF[T]) WhyAll() string {
	return "the inhibition between its synapses was derived for sums over all visible neurons"
}

// NewAccumulator returns an accumulator for Σ h e and Σ h.
func (*LocalNMF[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds h e, e as the circuit has left it, and h.
func (*LocalNMF[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	kernel.Correlate(acc.Coincidence, b.H, b.Errors(), b.Rows, acc.Hidden, acc.Visible)
	sumRates(acc, b.H)
}

// Propose multiplies and normalises.
func (*LocalNMF[T]) Propose(c *Change[T]) {
	if c.From == c.To {
		return
	}
	// The summed synapses onto each visible neuron stand in the last row until its turn.
	n := c.Sum.Visible
	onto, _, _ := c.Of(c.To - 1)
	clear(onto)
	for a := range c.Sum.Hidden {
		kernel.Add(onto, c.Now[a*n:(a+1)*n])
	}
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j, x := range met {
			if down := onto[j] + c.Sum.Total[a]; down != 0 {
				next[j] = now[j] * x / down
			} else {
				next[j] = 0
			}
		}
		if sum := kernel.Sum(next); sum != 0 {
			kernel.Divide(next, T(sum))
		}
	}
}
