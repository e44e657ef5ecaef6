package kernel

// coefficients is the left factor of a product: element (i, k) is
// x[i·row + k·step].
type coefficients[T Float] struct {
	x         []T
	row, step int
}

// columns is the right factor of a product. Its columns lie in panels of
// [panelWidth]: element (k, j) of panel p is x[p·panel + k·step + j].
type columns[T Float] struct {
	x           []T
	step, panel int
}

// rowMajor returns a matrix of cols columns as right factor, unchanged.
func rowMajor[T Float](x []T, cols int) columns[T] {
	return columns[T]{x, cols, panelWidth[T](cols)}
}

// packed holds a matrix so that the columns of a panel are contiguous, the last
// panel filled up with zeros.
type packed[T Float] struct {
	columns[T]
	rows, cols int
}

func newPacked[T Float](rows, cols int) packed[T] {
	width := panelWidth[T](cols)
	return packed[T]{columns[T]{aligned[T](packedLen[T](rows, cols)), width, rows * width}, rows, cols}
}

// packedLen returns how many numbers a packed matrix has, those that fill up the last panel
// included.
func packedLen[T Float](rows, cols int) int {
	width := panelWidth[T](cols)
	return (cols + width - 1) / width * width * rows
}

// PanelsLen returns how many numbers [Synapses.PackPanels] keeps of r×n weights.
func PanelsLen[T Float](r, n int) int { return packedLen[T](r, n) + packedLen[T](n, r) }

// fill packs element (k, j) = x[k·row + j·step] of the rows [from, to).
func (p packed[T]) fill(x []T, row, step, from, to int) {
	width := p.step
	for k := from; k < to; k++ {
		for j := 0; j < p.cols; j += width {
			out := p.x[j/width*p.panel+k*width:][:min(width, p.cols-j)]
			if in := x[k*row+j*step:]; step == 1 {
				copy(out, in)
			} else {
				for l := range out {
					out[l] = in[l*step]
				}
			}
		}
	}
}

// from returns the factor without the first rows and columns. The number of
// columns left out is a multiple of the panel width where there is more than
// one panel.
func (p packed[T]) from(row, col int) columns[T] {
	if p.cols == 0 || p.rows == 0 {
		return p.columns
	}
	if p.x == nil {
		panic("kernel: the synapses have not been packed for dense stimuli")
	}
	return columns[T]{p.x[col/p.step*p.panel+row*p.step+col%p.step:], p.step, p.panel}
}

// pieces calls do for each run of the columns [col, col+cols) that lies in one panel: element j of
// row k of the run is x[at + k·step + j], its first column is col + from. The matrix has all columns.
func (b columns[T]) pieces(col, cols, all int, do func(at, from, length int)) {
	width := panelWidth[T](all)
	for from := 0; from < cols; {
		in := (col + from) % width
		length := min(width-in, cols-from)
		do((col+from)/width*b.panel+in, from, length)
		from += length
	}
}
