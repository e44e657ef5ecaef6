package measure

import "math"

// assign returns for each of rows the column that is matched to it, or −1, such
// that the sum of score (rows×cols) over matched pairs is largest and as many
// pairs as possible are matched. It is the shortest augmenting path method for
// the assignment problem (Kuhn 1955; Jonker & Volgenant 1987), O(N³).
func assign(score []float64, rows, cols int) []int {
	n := max(rows, cols)
	cost := func(i, j int) float64 {
		if i < rows && j < cols {
			return -score[i*cols+j]
		}
		return 0
	}
	// Potentials u, v with cost − u − v ≥ 0 everywhere and 0 on matched pairs.
	// Row and column 0 stand for "none".
	u, v := make([]float64, n+1), make([]float64, n+1)
	match, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		least := make([]float64, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		used := make([]bool, n+1)
		j0 := 0
		for match[j0] != 0 {
			used[j0] = true
			delta, j1 := math.Inf(1), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost(match[j0]-1, j-1) - u[match[j0]] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			match[j0] = match[way[j0]]
			j0 = way[j0]
		}
	}
	out := make([]int, rows)
	for i := range out {
		out[i] = -1
	}
	for j := 1; j <= cols; j++ {
		if i := match[j] - 1; i < rows {
			out[i] = j - 1
		}
	}
	return out
}
