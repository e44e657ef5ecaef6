package measure

import (
	"context"
	"math"

	"partsnet/internal/pool"
)

// OfStarts is the name of the measure that needs the synapses of every start; see
// [Stability].
const OfStarts = "stability"

// Stability says how alike the parts are that several runs have learned, from 0 to 1:
// the mean cosine of the parts of two runs, matched one to one by [Recover], in the
// mean over all pairs of runs. Rows have size entries. It is NaN for fewer than two
// runs. Pairs are matched side by side, and their number grows with the square of the
// runs: the context ends it between two of them, with its error.
//
// Source: after the stability of factorisations over starts (Brunet et al. 2004, Proc.
// Natl. Acad. Sci. 101:4164–4169), with parts in place of clusters.
func Stability(ctx context.Context, runs [][]float64, size int) (float64, error) {
	type pair struct{ one, other int }
	var pairs []pair
	for i := range runs {
		for k := range i {
			pairs = append(pairs, pair{i, k})
		}
	}
	if len(pairs) == 0 {
		return math.NaN(), nil
	}
	alike := make([]float64, len(pairs))
	pool.Each(0, len(pairs), func(_, k int) {
		if ctx.Err() == nil {
			alike[k] = Recover(runs[pairs[k].one], runs[pairs[k].other], size).MeanCosine
		}
	})
	sum := 0.0
	for _, x := range alike {
		sum += x
	}
	return sum / float64(len(pairs)), ctx.Err()
}
