package measure

import "slices"

// limbMeasures are the numbers of [Limbs].
var limbMeasures = []Measure{
	{
		Name: "limbs_found", Doc: "limb positions of the swimmer learned, the torso masked out",
		Formula: "#{ limbs : cos(limb, part without torso) > 0.9 }", High: inf, Kind: "swimmer", Among: allLimbs,
		of: func(l *Learned) (float64, bool) { return float64(l.limbs().Found), true },
	},
	{
		Name: "limbs_clean", Doc: "limb positions learned without the torso",
		Formula: "#{ limbs : cos(limb, part) > 0.9 }", High: inf, Kind: "swimmer", Among: allLimbs,
		of: func(l *Learned) (float64, bool) { return float64(l.limbs().Clean), true },
	},
	{
		Name: "torso_cosine", Doc: "largest cosine of a part with the torso",
		Formula: "max cos(torso, part)", High: 1, Kind: "swimmer",
		of: func(l *Learned) (float64, bool) { return l.limbs().Torso, true },
	},
	{
		Name: "ghost_ratio", Doc: "how dark the torso is in the part of a limb, the limb being 1",
		Formula: "mean of w on the torso / mean of w on the limb, in the mean over limbs found", High: inf, Kind: "swimmer",
		of: func(l *Learned) (float64, bool) { return l.limbs().Ghost, l.limbs().Found > 0 },
	},
}

// allLimbs says that a count is at most the number of limb positions: all true parts but the
// torso.
func allLimbs(t Counted) (int, bool) { return t.Parts - 1, true }

// Limbs says what a network has made of the swimmer, whose torso is in every image and
// which no additive network can therefore tell from the limbs: it may ride on them.
type Limbs struct {
	Found int     // limb positions with a part of cosine above RecoveredAbove where the torso is masked out, and what is negligible
	Clean int     // the same with the torso looked at too
	Torso float64 // largest cosine of a part with the torso, 0 to 1

	// Ghost is how dark the torso is in the parts of limbs: the mean weight on the
	// pixels of the torso over the mean weight on those of the limb, for the best part of
	// each limb that was found, in the mean. 0 is a limb alone; ¼ is what four limbs of
	// one image need to add up to one torso. It is 0, and not defined, where no limb was found.
	Ghost float64
}

// negligible is the share of the largest weight of a part below which a weight is
// nothing: a torso with the trace of a limb, a millionth as dark, is not a limb.
const negligible = 1e-3

// LimbsOf compares learned parts (rows of w) with the limb positions and the torso, the
// last row of truth. Rows have size entries. The part of a limb is the one with the
// largest cosine.
//
// Source: the data are of Donoho & Stodden (2004, Advances in Neural Information
// Processing Systems 16); the measure is this program's.
func LimbsOf(truth, w []float64, size int) Limbs {
	limbs := len(truth)/size - 1
	torso := truth[limbs*size:]
	masked := append([]float64(nil), w...)
	for part := masked; len(part) > 0; part = part[size:] {
		least := negligible * slices.Max(part[:size])
		for j, x := range part[:size] {
			if torso[j] > 0 || x < least {
				part[j] = 0
			}
		}
	}
	var l Limbs
	for k := range limbs {
		limb := truth[k*size : (k+1)*size]
		if _, whole := closest(limb, w); whole > RecoveredAbove {
			l.Clean++
		}
		a, alone := closest(limb, masked)
		if alone <= RecoveredAbove {
			continue
		}
		l.Found++
		part := w[a*size : (a+1)*size]
		l.Ghost += meanOn(torso, part) / meanOn(limb, part)
	}
	_, l.Torso = closest(torso, w)
	if l.Found > 0 {
		l.Ghost /= float64(l.Found)
	}
	return l
}

// closest returns the row of w with the largest cosine with x, and that cosine.
func closest(x, w []float64) (row int, cosine float64) {
	for b := range len(w) / len(x) {
		if c := Cosine(x, w[b*len(x):(b+1)*len(x)]); c > cosine {
			row, cosine = b, c
		}
	}
	return row, cosine
}

// meanOn returns the mean weight of a part on the pixels of a true part.
func meanOn(truth, part []float64) float64 {
	sum, n := 0.0, 0
	for j, t := range truth {
		if t > 0 {
			sum += part[j]
			n++
		}
	}
	return sum / float64(n)
}
