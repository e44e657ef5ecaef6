// Package nearest finds the name that a mistyped word most likely means.
package nearest

import "strings"

// Name returns the one of the names that a mistyped word most likely means, "" where
// none is near: one that begins with the word, or that few edits turn into it, upper and
// lower case being one. The last element of a name with slashes or dots counts as well:
// "figure-1" is near "paper/figure-1", and "hidden" near "network.hidden". Of equally
// near names it returns the one with the fewest edits, and of those the first.
func Name(word string, names []string) string {
	word = strings.ToLower(word)
	best, limit, fewest := "", max(2, len(word)/3+1), 0
	for _, name := range names {
		lower := strings.ToLower(name)
		whole := Distance(word, lower)
		d := whole
		if last := lower[strings.LastIndexAny(lower, "/.")+1:]; last != lower {
			d = min(d, Distance(word, last)+1)
		}
		if len(word) >= 3 && strings.HasPrefix(lower, word) {
			d = min(d, 1)
		}
		if d < limit || d == limit && best != "" && whole < fewest {
			best, limit, fewest = name, d, whole
		}
	}
	return best
}

// Distance returns the number of letters to insert, delete, replace, or swap with their
// neighbour to turn a into b (the optimal string alignment distance).
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range y {
		d[0][j+1] = j + 1
	}
	for i := range x {
		for j := range y {
			replaced := 1
			if x[i] == y[j] {
				replaced = 0
			}
			d[i+1][j+1] = min(d[i][j+1]+1, d[i+1][j]+1, d[i][j]+replaced)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d[i+1][j+1] = min(d[i+1][j+1], d[i-1][j-1]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
