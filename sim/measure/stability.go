package measure

import "math"

// Stability says how alike the parts are that several runs have learned, from 0 to 1:
// the mean cosine of the parts of two runs, matched one to one by [Recover], in the
// mean over all pairs of runs. Rows have size entries. It is NaN for fewer than two
// runs.
//
// Source: after the stability of factorisations over starts (Brunet et al. 2004, Proc.
// Natl. Acad. Sci. 101:4164–4169), with parts in place of clusters.
func Stability(runs [][]float64, size int) float64 {
	sum, pairs := 0.0, 0
	for i, w := range runs {
		for _, other := range runs[:i] {
			sum += Recover(w, other, size).MeanCosine
			pairs++
		}
	}
	if pairs == 0 {
		return math.NaN()
	}
	return sum / float64(pairs)
}
