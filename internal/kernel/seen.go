package kernel

import "unsafe"

const (
	subsetRows    = 4  // rows of which one table holds the sums of all subsets
	subsets       = 16 // of so many rows
	subsetTables  = 8  // tables that are made at a time
	subsetBits    = subsetTables * subsetRows
	wordBits      = 64
	subsetColumns = 4 * lineBytes // bytes of a row of a table
)

// tableWidth is the number of columns of a table.
func tableWidth[T Float]() int { return subsetColumns / int(unsafe.Sizeof(T(0))) }

// Which entries of a block are seen is given by bits, each row in whole words: M_ij is bit j mod
// 64 of word j/64 of row i, and bits beyond the last column are 0.
//
// Sums over what is seen need no products. Of every four rows of a matrix the sums of all 16
// subsets are held in a table, so that four bits of a mask find what they add up to: an
// addition in place of four products (Arlazarov, Dinic, Kronrod & Faradžev 1970, "the four
// Russians"). Tables are made for eight times four rows and a few columns at a time, which
// stay in the first-level cache. All levels add in one order and give the same bits.

// Words returns the number of words of a row of n bits.
func Words(n int) int { return (n + wordBits - 1) / wordBits }

// SeenDrive computes how much of the synapses of each hidden neuron is seen:
//
//	drive = M Wᵀ   drive rows×r, M rows×n in bits
func SeenDrive[T Float](drive []T, seen []uint64, rows int, s *Synapses[T], t *Scratch[T]) {
	words := Words(s.n)
	checkLen("SeenDrive", len(drive), rows*s.r, len(seen), rows*words)
	width := tableWidth[T]()
	for from := 0; from < rows; from += blockRows {
		count := min(blockRows, rows-from)
		sums := t.values[:count*width]
		for col := 0; col < s.r; col += width {
			cols := min(width, s.r-col)
			clear(sums)
			for top := 0; top < s.n; top += subsetBits {
				k := min(subsetBits, s.n-top)
				tables := fillSubsets(t.q, s.wt.columns, top, k, col, cols, s.r)
				addSubsets(sums, t.q, seen[from*words+top/wordBits:], words, top%wordBits, count, tables, cols)
			}
			for i := range count {
				copy(drive[(from+i)*s.r+col:(from+i)*s.r+col+cols], sums[i*width:])
			}
		}
	}
}

// SeenCorrelate adds what reaches each synapse where its visible neuron is seen:
//
//	c += Xᵀ M      X rows×k, M rows×n in bits, c k×n
func SeenCorrelate[T Float](c, x []T, seen []uint64, rows, k, n int, t *Scratch[T]) {
	words := Words(n)
	checkLen("SeenCorrelate", len(x), rows*k, len(seen), rows*words)
	checkLen("SeenCorrelate", len(c), k*n, 0, 0)
	const chunk = 6 * wordBits
	var turned [chunk]uint64 // bit i of word j is M_ij
	width := tableWidth[T]()
	for from := 0; from < rows; from += blockRows {
		count := min(blockRows, rows-from)
		rates := rowMajor(x[from*k:], k)
		for left := 0; left < n; left += chunk {
			some := min(chunk, n-left)
			for j := 0; j < some; j += wordBits {
				turn((*[wordBits]uint64)(turned[j:]), seen[from*words+(left+j)/wordBits:], words, count)
			}
			sums := t.values[:some*width]
			for col := 0; col < k; col += width {
				cols := min(width, k-col)
				clear(sums)
				for top := 0; top < count; top += subsetBits {
					tables := fillSubsets(t.q, rates, top, min(subsetBits, count-top), col, cols, k)
					addSubsets(sums, t.q, turned[:some], 1, top, some, tables, cols)
				}
				addTurned(c[col*n+left:], sums, n, some, cols)
			}
		}
	}
}

// PredictDrive computes what the predictions of a block send back to the hidden neurons:
//
//	drive = (M∘(H W)) Wᵀ   drive rows×r, M rows×n of 0 and 1, or nil for ones
func PredictDrive[T Float](drive, h, seen []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PredictDrive", len(drive), rows*s.r, 0, 0)
	predicted("PredictDrive", drive, nil, h, seen, rows, s, t)
}

// PredictCorrelate adds the coincidences of hidden rates and predictions:
//
//	c += Hᵀ (M∘(H W))      c r×n, M as for [PredictDrive]
func PredictCorrelate[T Float](c, h, seen []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("PredictCorrelate", len(c), s.r*s.n, 0, 0)
	predicted("PredictCorrelate", nil, c, h, seen, rows, s, t)
}

// predicted computes the drive or adds the coincidences, one block and one chunk of the
// prediction after the other, as [poisson] does with the quotient.
func predicted[T Float](name string, drive, c, h, seen []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen(name, len(h), rows*s.r, 0, 0)
	if seen != nil {
		checkLen(name, len(seen), rows*s.n, 0, 0)
	}
	for from := 0; from < rows; from += blockRows {
		count := min(blockRows, rows-from)
		hidden := h[from*s.r:]
		for col := 0; col < s.n; col += chunkColumns[T]() {
			cols := min(chunkColumns[T](), s.n-col)
			product(t.q, pitch[T](), coefficients[T]{hidden, s.r, 1}, s.w.from(0, col), count, s.r, cols, false)
			for i := range count {
				if p := t.q[i*pitch[T]():][:cols]; seen != nil {
					Multiply(p, p, seen[(from+i)*s.n+col:][:cols])
				}
			}
			if drive != nil {
				product(drive[from*s.r:], s.r, coefficients[T]{t.q, pitch[T](), 1}, s.wt.from(col, 0), count, cols, s.r, col > 0)
			} else {
				product(c[col:], s.n, coefficients[T]{hidden, 1, s.r}, rowMajor(t.q, pitch[T]()), s.r, count, cols, true)
			}
		}
	}
}

// SeenOverlap computes how much the seen parts of the parts share:
//
//	g_ab = Σ_j M_j w_aj w_bj      g r×r, M n of 0 and 1; spare r×n
func (s *Synapses[T]) SeenOverlap(g, seen, spare []T) {
	checkLen("SeenOverlap", len(g), s.r*s.r, len(seen), s.n)
	checkLen("SeenOverlap", len(spare), s.r*s.n, 0, 0)
	for a := range s.r {
		Multiply(spare[a*s.n:(a+1)*s.n], s.source[a*s.n:(a+1)*s.n], seen)
	}
	GaussianDrive(g, spare, s.r, s)
}

// addTurned adds sums (rows × the width of a table) to the columns of c, whose rows are pitch apart.
func addTurned[T Float](c, sums []T, pitch, rows, cols int) {
	width := tableWidth[T]()
	j := 0
	for ; j+4 <= rows; j += 4 {
		x := sums[j*width:][:4*width]
		x0, x1, x2, x3 := x[:cols], x[width:][:cols], x[2*width:][:cols], x[3*width:][:cols]
		for a := range x0 {
			to := (*[4]T)(c[a*pitch+j:])
			to[0] += x0[a]
			to[1] += x1[a]
			to[2] += x2[a]
			to[3] += x3[a]
		}
	}
	for ; j < rows; j++ {
		for a, x := range sums[j*width:][:cols] {
			c[a*pitch+j] += x
		}
	}
}

// fillSubsets makes the tables of the rows [top, top+k) of b, columns [col, col+cols) of all, and
// returns how many there are. Subset s holds row i of its four where bit i of s is 1, and is
// summed up in their order. Columns of a table beyond cols hold anything.
func fillSubsets[T Float](table []T, b columns[T], top, k, col, cols, all int) (tables int) {
	width := tableWidth[T]()
	tables = (k + subsetRows - 1) / subsetRows
	single := func(i int) int { return (i/subsetRows*subsets + 1<<(i%subsetRows)) * width }
	b.pieces(col, cols, all, func(at, piece, some int) {
		for i := range k {
			copy(table[single(i)+piece:][:some], b.x[at+(top+i)*b.step:])
		}
	})
	for i := k; i < tables*subsetRows; i++ {
		clear(table[single(i):][:width])
	}
	if vectorSubsets(table, tables, cols) {
		return tables
	}
	for g := range tables {
		of := func(s int) []T { return table[(g*subsets+s)*width:][:cols] }
		clear(of(0))
		for high := 2; high < subsets; high *= 2 {
			for low := 1; low < high; low++ {
				to, x, y := of(high+low), of(low), of(high)
				for a := range to {
					to[a] = x[a] + y[a]
				}
			}
		}
	}
	return tables
}

// addSubsets adds to each row of sums what the bits of its word from shift on, four for each table,
// find in the tables. The words of two rows are pitch apart.
func addSubsets[T Float](sums, table []T, bits []uint64, pitch, shift, rows, tables, cols int) {
	if rows == 0 || tables == 0 {
		return
	}
	width := tableWidth[T]()
	bounds("addSubsets", len(sums), rows*width, len(bits), (rows-1)*pitch+1)
	bounds("addSubsets", len(table), tables*subsets*width, wordBits, shift+tables*subsetRows)
	if vectorAddSubsets(sums, table, bits, pitch, shift, rows, tables, cols) {
		return
	}
	for i := range rows {
		to, word := sums[i*width:][:cols], bits[i*pitch]>>shift
		for g := range tables {
			x := table[(g*subsets+int(word>>(g*subsetRows)%subsets))*width:][:cols]
			for a := range to {
				to[a] += x[a]
			}
		}
	}
}

// turn turns up to 64 rows of one word each, pitch words apart: bit i of word j of out is bit j of
// row i. It exchanges the corners of squares of 32, 16, ..., 1 bits (Warren 2012, "Hacker's
// Delight", section 7-3).
func turn(out *[wordBits]uint64, rows []uint64, pitch, count int) {
	clear(out[:])
	for i := range count {
		out[i] = rows[i*pitch]
	}
	mask := uint64(1)<<32 - 1
	for side := 32; side > 0; side /= 2 {
		for i := 0; i < wordBits; i = (i + side + 1) &^ side {
			x := (out[i]>>side ^ out[i+side]) & mask
			out[i] ^= x << side
			out[i+side] ^= x
		}
		mask ^= mask << (side / 2)
	}
}
