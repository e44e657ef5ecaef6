package measure

import (
	"math"

	"partsnet/internal/kernel"
)

// Census counts hidden neurons by what has become of them.
type Census struct {
	Live      int // neurons that fire: all that are not dead
	Dead      int // neurons whose share of all activity is below deadBelow/r
	Duplicate int // live neurons whose part repeats that of a live neuron before them: cosine above RecoveredAbove
	Split     int // true parts that no neuron has learned, but several live ones together; −1 without a truth
	Merged    int // live neurons that have learned no true part, but the sum of several; −1 without a truth
	Zero      int // synapses that are 0, where a multiplicative rule keeps them for ever
}

// deadBelow is the share of an equal share of activity below which a neuron is dead.
const deadBelow = 1e-3

// CensusOf counts the neurons with synapses w (r×n), their overlap (r×r) as [Overlap] returns it,
// and rates h (m×r), compared with the
// true parts (rows of truth) where there are any. The activity of a neuron is what it
// adds to all predictions,
//
//	u_a = Σ_i h_ia Σ_j |w_aj|
//
// "Several together" is the non-negative combination that comes closest in the squared
// error; it holds a part if its cosine with it is above RecoveredAbove.
//
// The words are this program's: a part learned by two neurons is a duplicate, one
// shared out among neurons is split, and a neuron that has taken several is merged.
func CensusOf(w, overlap []float64, h Rates, truth []float64) Census {
	n := len(w) / h.Hidden
	c := Census{Split: -1, Merged: -1}
	for _, x := range w {
		if x == 0 {
			c.Zero++
		}
	}
	var alive []int
	for a, f := range FatesOf(w, overlap, h) {
		if f.Dead {
			c.Dead++
			continue
		}
		c.Live++
		alive = append(alive, a)
		if f.Repeats >= 0 {
			c.Duplicate++
		}
	}
	if truth == nil {
		return c
	}
	var live, whole parts
	for _, a := range alive {
		live.add(w[a*n : (a+1)*n])
	}
	for ; len(truth) > 0; truth = truth[n:] {
		whole.add(truth[:n])
	}
	c.Merged = live.combined(whole)
	c.Split = whole.combined(live)
	return c
}

// Fate is what has become of a hidden neuron.
type Fate struct {
	Share   float64 // of all activity
	Dead    bool
	Repeats int // the first live neuron before it whose part it repeats, −1 for none
}

// FatesOf returns what has become of each neuron with synapses w (r×n), their overlap (r×r) and
// rates h (m×r), as [CensusOf] counts it.
func FatesOf(w, overlap []float64, h Rates) []Fate {
	r := h.Hidden
	n := len(w) / r
	use, total := h.Use(), 0.0
	for a := range r {
		size := 0.0
		for _, x := range w[a*n : (a+1)*n] {
			size += math.Abs(x)
		}
		use[a] = float64(use[a] * size)
		total += use[a]
	}
	fates := make([]Fate, r)
	var live []int
	for a := range r {
		f := &fates[a]
		f.Repeats = -1
		if total > 0 {
			f.Share = use[a] / total
		}
		if f.Dead = !(use[a] > deadBelow/float64(r)*total); f.Dead {
			continue
		}
		for _, b := range live {
			if overlap[a*r+b] > float64(RecoveredAbove*math.Sqrt(float64(overlap[a*r+a]*overlap[b*r+b]))) {
				f.Repeats = b
				break
			}
		}
		live = append(live, a)
	}
	return fates
}

// Overlap returns how much r parts w (r×n) share, W Wᵀ (r×r).
func Overlap(w []float64, r int) []float64 {
	g := make([]float64, r*r)
	kernel.Overlap(g, w, r, len(w)/r, func(items int, job func(worker, item int)) {
		for item := range items {
			job(0, item)
		}
	})
	return g
}

// parts are parts of unit length.
type parts [][]float64

func (p *parts) add(w []float64) {
	unit := append([]float64(nil), w...)
	if norm := math.Sqrt(dot(unit, unit)); norm > 0 {
		for j := range unit {
			unit[j] /= norm
		}
	}
	*p = append(*p, unit)
}

// combined returns how many of the parts p are none of q, but a non-negative
// combination of them.
func (p parts) combined(q parts) (count int) {
	overlap := make([]float64, len(q)*len(q))
	for a := range q {
		for b := range a + 1 {
			x := dot(q[a], q[b])
			overlap[a*len(q)+b], overlap[b*len(q)+a] = x, x
		}
	}
	drive := make([]float64, len(q))
	for _, x := range p {
		alone := 0.0
		for b := range q {
			drive[b] = dot(x, q[b])
			alone = max(alone, drive[b])
		}
		if alone <= RecoveredAbove && fit(drive, overlap) > RecoveredAbove {
			count++
		}
	}
	return count
}

// fitSweeps bounds the sweeps of fit, far more than a decision about a cosine needs.
const fitSweeps = 100

// fit returns the cosine of a part of unit length with its closest non-negative
// combination of others, from its products with them and their overlap, by coordinate
// descent. At the optimum the cosine is the length of the combination.
func fit(drive, overlap []float64) float64 {
	k := len(drive)
	c := make([]float64, k)
	residual := append([]float64(nil), drive...) // drive − overlap·c
	for range fitSweeps {
		moved := 0.0
		for a := range k {
			g := overlap[a*k+a]
			if g == 0 {
				continue
			}
			step := max(-c[a], residual[a]/g)
			if step == 0 {
				continue
			}
			c[a] += step
			moved = max(moved, math.Abs(step))
			for b := range k {
				residual[b] -= float64(step * overlap[a*k+b])
			}
		}
		if moved < 1e-6 {
			break
		}
	}
	square := 0.0
	for a := range k {
		square += float64(c[a] * (drive[a] - residual[a]))
	}
	return math.Sqrt(max(0, square))
}
