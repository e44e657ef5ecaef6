package measure

// bars is [Bars] of the truth.
var bars = []Measure{{
	Name: "bars_found", Doc: "bars represented by a neuron (Spratling's criterion)",
	Formula: "#{ k : Σ_k w > d Σ_l w for all l ≠ k, min_k w > mean w }", Source: "Spratling 2006", High: inf, Kind: "bars", Among: allParts,
	of: func(l *Learned) (float64, bool) {
		return float64(Bars(l.Truth.Parts, l.W, l.Visible, l.Truth.Dominance)), true
	},
}}

// Bars counts the bars (rows of truth) that some learned part (row of w) represents, by
// the criterion of Spratling (2006, J. Mach. Learn. Res. 7:793–815): neuron a
// represents bar k if
//
//	Σ_{j∈k} w_aj > dominance · Σ_{j∈l} w_aj        for every other bar l
//	min_{j∈k} w_aj > Σ_j w_aj / n
//
// with a dominance of 2, or 1.5 where parallel bars share pixels. The first keeps
// others out of the part, the second demands the whole bar: a bar with a hole where
// another crosses it is not found. The range is 0 to the number of bars; an all-zero part
// represents none.
func Bars(truth, w []float64, size int, dominance float64) int {
	bars, found := len(truth)/size, 0
	sums := make([]float64, bars)
	represented := make([]bool, bars)
	for ; len(w) > 0; w = w[size:] {
		part, mean := w[:size], 0.0
		for _, x := range part {
			mean += x / float64(size)
		}
		best, second := -1, 0.0
		for k := range bars {
			sums[k] = 0
			for j, t := range truth[k*size : (k+1)*size] {
				if t > 0 {
					sums[k] += part[j]
				}
			}
			if best < 0 || sums[k] > sums[best] {
				if best >= 0 {
					second = sums[best]
				}
				best = k
			} else {
				second = max(second, sums[k])
			}
		}
		if best < 0 || !(sums[best] > dominance*second) || represented[best] {
			continue
		}
		if least, _ := insideOutside(truth[best*size:(best+1)*size], part); least > mean {
			represented[best] = true
			found++
		}
	}
	return found
}

// insideOutside returns the smallest weight of a part on the pixels of a true part, and
// the largest outside it.
func insideOutside(truth, part []float64) (least, most float64) {
	first := true
	for j, t := range truth {
		switch {
		case t == 0:
			most = max(most, part[j])
		case first || part[j] < least:
			least, first = part[j], false
		}
	}
	return least, most
}
