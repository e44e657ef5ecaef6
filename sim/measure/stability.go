package measure

import (
	"context"

	"partsnet/internal/pool"
)

// stabilities is [Stability], which is not defined for one run: whoever has several sets it.
var stabilities = []Measure{{
	Name: OfStarts, Doc: "mean cosine of the parts that several starts have learned",
	Formula: "mean over pairs of starts of the mean cosine of matched parts", Source: "after Brunet et al. 2004", High: 1,
	of: func(*Learned) (float64, bool) { return 0, false },
}}

// OfStarts is the name of the measure that needs the synapses of every start; see
// [Stability].
const OfStarts = "stability"

// Stability says how alike the parts are that several runs have learned, from 0 to 1:
// the mean cosine of the parts of two runs, matched one to one by [Recover], in the
// mean over all pairs of runs. Rows have size entries. ok is false for fewer than two
// runs. Pairs are matched side by side, and their number grows with the square of the
// runs: the context ends it between two of them, with its error.
//
// Source: after the stability of factorisations over starts (Brunet et al. 2004, Proc.
// Natl. Acad. Sci. 101:4164–4169), with parts in place of clusters.
func Stability(ctx context.Context, runs [][]float64, size int) (alike float64, ok bool, err error) {
	if len(runs) < 2 {
		return 0, false, nil
	}
	alike, _, err = Stabilities(ctx, runs, size)
	return alike, err == nil, err
}

// Stabilities returns the [Stability] of runs, and for each run what it is without that one; both are
// NaN for too few runs.
func Stabilities(ctx context.Context, runs [][]float64, size int) (alike float64, without []float64, err error) {
	type pair struct{ one, other int }
	var pairs []pair
	for i := range runs {
		for k := range i {
			pairs = append(pairs, pair{i, k})
		}
	}
	cosines := make([]float64, len(pairs))
	pool.Each(0, len(pairs), func(_, k int) {
		if ctx.Err() == nil {
			cosines[k] = Recover(runs[pairs[k].one], runs[pairs[k].other], size).MeanCosine
		}
	})
	sum := 0.0
	with := make([]float64, len(runs)) // sums over the pairs that a run is in
	for k, x := range cosines {
		sum += x
		with[pairs[k].one] += x
		with[pairs[k].other] += x
	}
	for _, x := range with {
		without = append(without, (sum-x)/float64(len(pairs)-len(runs)+1))
	}
	return sum / float64(len(pairs)), without, ctx.Err()
}
