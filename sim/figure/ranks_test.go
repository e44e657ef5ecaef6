package figure

import (
	"math"
	"slices"
	"testing"
)

// TestRanksAreLegible draws one number of hidden neurons, many and large ones, and shares that are
// negative or not defined, with the last one kept, for which there is no room on the right.
func TestRanksAreLegible(t *testing.T) {
	nan := math.NaN()
	for _, hidden := range [][]int{{5}, {1, 2, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {10_000, 200_000, 1_000_000}, upTo(100)} {
		for _, width := range []int{0, OneColumn, TwoColumns} {
			curves := []RankCurve{{Label: "explained_deviation"}, {Label: "explained_energy"}, {Label: "explained_variance"}}
			for k, r := range hidden {
				share := 1 - 1/float64(k+2)
				curves[0].Points = append(curves[0].Points, Rank{r, share, share - 0.1, share + 0.1})
				curves[1].Points = append(curves[1].Points, Rank{r, share - 0.7, nan, nan})
				curves[2].Points = append(curves[2].Points, Rank{r, nan, nan, nan})
			}
			last := hidden[len(hidden)-1]
			line := &RankLine{Label: "the threshold 0.9 of explained_deviation", From: RankPoint{hidden[0], 0.9}, To: RankPoint{last, 0.9}}
			legible(t, Look{Width: width}, map[string]func() *Figure{
				"ranks":   func() *Figure { return Ranks(Look{Width: width}, curves, line, last) },
				"no line": func() *Figure { return Ranks(Look{Width: width}, curves, nil, hidden[0]) },
			})
		}
	}
}

// TestRanksSayWhatTheyShow looks for the notes: of intervals that are drawn, and of a curve that lies on
// another one.
func TestRanksSayWhatTheyShow(t *testing.T) {
	points := func(share, span float64) (all []Rank) {
		for r := range 3 {
			all = append(all, Rank{r + 1, share, share - span, share + span})
		}
		return all
	}
	starts, folds := RankCurve{Label: "explained", Points: points(0.5, 0.1)}, RankCurve{Label: "held_out", Points: points(0.7, 0.1), OverFolds: true}
	for _, tt := range []struct {
		curves []RankCurve
		want   []string
	}{
		{[]RankCurve{{Label: "explained", Points: points(0.5, 0)}, {Label: "other", Points: points(0.7, 0)}}, nil},
		{[]RankCurve{starts}, []string{"Vertical lines are 95 % intervals over random starts."}},
		{[]RankCurve{starts, folds}, []string{"Vertical lines are 95 % intervals over random starts, of held_out over folds."}},
		{[]RankCurve{{Label: "explained", Points: points(0.5, 0)}, folds}, []string{"Vertical lines are 95 % intervals over folds."}},
		{[]RankCurve{{Label: "a", Points: points(0.5, 0)}, {Label: "b", Points: points(0.7, 0)}, {Label: "c", Points: points(0.505, 0)}}, []string{"c (dotted) lies on a."}},
	} {
		if got := Ranks(Look{}, tt.curves, nil, 2).notes; !slices.Equal(got, tt.want) {
			t.Errorf("of %d curves it is said %q, want %q", len(tt.curves), got, tt.want)
		}
	}
}

func upTo(last int) (all []int) {
	for r := range last {
		all = append(all, r+1)
	}
	return all
}
