package measure

// squares is [Squares] of the truth.
var squares = []Measure{{
	Name: "squares_found", Doc: "squares represented by a neuron (Spratling's criterion)",
	Formula: "#{ k : Σ_k w > d Σ_∉k w, min_k w > max_∉k w, min_k w > mean w }", Source: "Spratling 2006", High: inf, Kind: "squares", Among: allParts,
	of: func(l *Learned) (float64, bool) {
		return float64(Squares(l.Truth.Parts, l.W, l.Visible, l.Truth.Dominance)), true
	},
}}

// Squares counts the squares (rows of truth) that some learned part (row of w)
// represents, by the criterion of Spratling (2006, J. Mach. Learn. Res. 7:793–815):
// neuron a represents square k if
//
//	Σ_{j∈k} w_aj > dominance · Σ_{j∉k} w_aj
//	min_{j∈k} w_aj > max_{j∉k} w_aj
//	min_{j∈k} w_aj > Σ_j w_aj / n
//
// with a dominance of 3. The range is 0 to the number of squares; an all-zero part
// represents none.
func Squares(truth, w []float64, size int, dominance float64) int {
	found := 0
	for ; len(truth) > 0; truth = truth[size:] {
		square := truth[:size]
		for rest := w; len(rest) > 0; rest = rest[size:] {
			part := rest[:size]
			inside, total := 0.0, 0.0
			for j, x := range part {
				total += x
				if square[j] > 0 {
					inside += x
				}
			}
			least, most := insideOutside(square, part)
			if inside > dominance*(total-inside) && least > most && least > total/float64(size) {
				found++
				break
			}
		}
	}
	return found
}
