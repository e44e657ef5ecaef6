package kernel

// gramRows and gramCols are the numbers of rows and of columns that [Gram] and [HalfForm]
// take at a time, in float64: two or three such tiles stay in the second-level cache.
const (
	gramRows = 64
	gramCols = 128
)

// tileOf is a tile of numbers in float64, row by row, as right and left factor of products.
type tileOf [gramRows * gramCols]float64

// matrix is a matrix whose element (i, j) is x[i·row + j·col].
type matrix[T Float] struct {
	x        []T
	row, col int
}

// from returns the matrix without the first rows and columns.
func (m matrix[T]) from(row, col int) matrix[T] {
	return matrix[T]{m.x[row*m.row+col*m.col:], m.row, m.col}
}

// fill takes rows×cols numbers of a matrix, of which the rows or the columns are contiguous.
func fill[T Float](t *tileOf, m matrix[T], rows, cols int) {
	if m.col == 1 {
		for i := range rows {
			Widen(t[i*gramCols:i*gramCols+cols], m.x[i*m.row:i*m.row+cols])
		}
		return
	}
	for left := 0; left < cols; left += square {
		for i := range rows {
			for j := left; j < min(left+square, cols); j++ {
				t[i*gramCols+j] = float64(m.x[i*m.row+j*m.col])
			}
		}
	}
}

// Gram computes how much the columns of x (rows×k) share, in float64, whatever the
// precision of x:
//
//	g = Xᵀ X        g k×k
//
// Each element receives its terms in the order of the rows. The elements on and below the
// diagonal are computed, in tiles that each may share out among workers, and mirrored.
func Gram[T Float](g []float64, x []T, rows, k int, each Each) {
	checkLen("Gram", len(x), rows*k, len(g), k*k)
	gram(g, matrix[T]{x, k, 1}, rows, k, each)
}

// Overlap computes how much the rows of w (r×n) share, g = W Wᵀ (r×r), as [Gram] does.
func Overlap[T Float](g []float64, w []T, r, n int, each Each) {
	checkLen("Overlap", len(w), r*n, len(g), r*r)
	gram(g, matrix[T]{w, 1, n}, n, r, each)
}

func gram[T Float](g []float64, x matrix[T], rows, k int, each Each) {
	tiles := (k + gramCols - 1) / gramCols
	each(tiles*(tiles+1)/2, func(_, item int) {
		a := 0
		for (a+1)*(a+2)/2 <= item {
			a++
		}
		b := item - a*(a+1)/2
		gramOf(g, x, rows, k, a*gramCols, b*gramCols)
	})
	for a := range k {
		for b := range a {
			g[b*k+a] = g[a*k+b]
		}
	}
}

// gramOf computes the tile of g that begins with row a and column b.
func gramOf[T Float](g []float64, x matrix[T], rows, k, a, b int) {
	var left, right tileOf
	m, n := min(gramCols, k-a), min(gramCols, k-b)
	for i := range m {
		clear(g[(a+i)*k+b : (a+i)*k+b+n])
	}
	for from := 0; from < rows; from += gramRows {
		depth := min(gramRows, rows-from)
		fill(&left, x.from(from, a), depth, m)
		factor := &left
		if a != b {
			fill(&right, x.from(from, b), depth, n)
			factor = &right
		}
		product(g[a*k+b:], k, coefficients[float64]{left[:], 1, gramCols}, rowMajor(factor[:], gramCols), m, depth, n, true)
	}
}

// HalfForm returns half the sum of a quadratic form over the rows of h (rows×k), in
// float64:
//
//	½ Σ_i h_i G h_iᵀ = Σ_i h_i L h_iᵀ        G = L + Lᵀ, k×k
//
// from the lower triangle L that [Halve] makes of a symmetric G.
func HalfForm[T Float](h []T, rows int, l []float64, k int) float64 {
	checkLen("HalfForm", len(h), rows*k, len(l), k*k)
	var left, right, out tileOf
	sum := 0.0
	for from := 0; from < rows; from += gramRows {
		count := min(gramRows, rows-from)
		for col := 0; col < k; col += gramCols {
			cols := min(gramCols, k-col)
			for deep := col; deep < k; deep += gramCols { // L is 0 above its diagonal
				depth := min(gramCols, k-deep)
				fill(&left, matrix[T]{h[from*k+deep:], k, 1}, count, depth)
				product(out[:], gramCols, coefficients[float64]{left[:], gramCols, 1}, columns[float64]{l[deep*k+col:], k, panelWidth[float64](cols)}, count, depth, cols, deep > col)
			}
			fill(&right, matrix[T]{h[from*k+col:], k, 1}, count, cols)
			for i := range count {
				sum += Dot(out[i*gramCols:i*gramCols+cols], right[i*gramCols:i*gramCols+cols])
			}
		}
	}
	return sum
}

// Halve sets the elements of g (k×k) above its diagonal to zero and halves those on it.
func Halve(g []float64, k int) {
	for a := range k {
		g[a*k+a] *= 0.5
		clear(g[a*k+a+1 : (a+1)*k])
	}
}
