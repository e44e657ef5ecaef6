package measure

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"partsnet/internal/pool"
)

// Matching is how alike the parts are that several networks have learned, two by two, and which
// part of each is which part of the reference: of the network whose parts are on average most alike
// to those of the others.
type Matching struct {
	Pairs     []Pair      // of networks, (0, 1), (0, 2), … (1, 2), …
	Alike     []float64   // of each network the mean of [Pair.Mean] over its pairs; NaN where there is one network
	Reference int         // the network with the highest of them, of equal ones the first
	Part      [][]int     // of each network, for each part of the reference, the part that is matched to it, or −1
	Cosine    [][]float64 // the cosine of that part with the one of the reference, 0 for none
	Chance    [][]float64 // the upper end of the 95 % range of that cosine by chance; 0 of the reference itself
	Left      [][]int     // of each network the parts that are matched to none, where it has more than the reference
}

// Pair is how alike the parts of two networks are, matched one to one such that the sum of their
// cosines is largest.
type Pair struct {
	One, Other int
	Match      []int     // for each part of the one that of the other, or −1
	Cosine     []float64 // of the two, 0 for none
	Mean       float64   // of the cosines of matched parts

	// What it is by chance: the mean and the 95 % range (2.5th and 97.5th percentile) of Mean where the visible
	// neurons of each part of the other are permuted at random and the parts matched again, and
	//
	//	P = ( 1 + number of permutations with a mean that is not below Mean ) / ( 1 + permutations )
	Shuffled, Low, High, P float64

	upper [2][]float64 // upper end of the 95 % range of the cosine of each part of the one, and of the other
}

// Matched matches the parts of networks, rows of size entries each, and compares them with shuffles.
// Draw returns the stream of random numbers of a shuffle of a pair. Pairs are matched side by side;
// the context ends that with its error.
func Matched(ctx context.Context, parts [][]float64, size, shuffles int, draw func(one, other, shuffle int) *rand.Rand) (*Matching, error) {
	unit := make([][]float64, len(parts))
	for k, w := range parts {
		unit[k] = unitRows(w, size)
	}
	m := &Matching{}
	for i := range parts {
		for k := i + 1; k < len(parts); k++ {
			m.Pairs = append(m.Pairs, Pair{One: i, Other: k})
		}
	}
	pool.Each(0, len(m.Pairs), func(_, k int) {
		if p := &m.Pairs[k]; ctx.Err() == nil {
			p.match(ctx, unit[p.One], unit[p.Other], size, shuffles, func(n int) *rand.Rand { return draw(p.One, p.Other, n) })
		}
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	m.refer(len(parts))
	for g := range parts {
		m.order(g, len(parts[m.Reference])/size, len(parts[g])/size)
	}
	return m, nil
}

// unitRows returns the rows with a Euclidean norm of 1; those of zeros stay.
func unitRows(w []float64, size int) []float64 {
	unit := make([]float64, len(w))
	for a := 0; a < len(w); a += size {
		norm := 0.0
		for _, x := range w[a : a+size] {
			norm += float64(x * x)
		}
		if norm > 0 {
			norm = math.Sqrt(norm)
			for j, x := range w[a : a+size] {
				unit[a+j] = x / norm
			}
		}
	}
	return unit
}

// match matches the parts of two networks, rows of norm 1, and shuffles them.
func (p *Pair) match(ctx context.Context, one, other []float64, size, shuffles int, draw func(n int) *rand.Rand) {
	rows, cols := len(one)/size, len(other)/size
	cosines := products(one, other, size)
	p.Match, p.Cosine = assign(cosines, rows, cols), make([]float64, rows)
	p.Mean = taken(cosines, p.Match, cols, func(a, _ int, x float64) { p.Cosine[a] = x })

	means, shuffled := make([]float64, shuffles), make([]float64, len(other))
	byOne, byOther := make([][]float64, rows), make([][]float64, cols)
	reached := 0
	for n := range shuffles {
		if ctx.Err() != nil {
			return
		}
		rng := draw(n)
		for b := 0; b < len(other); b += size {
			for j, from := range rng.Perm(size) {
				shuffled[b+j] = other[b+from]
			}
		}
		cosines := products(one, shuffled, size)
		means[n] = taken(cosines, assign(cosines, rows, cols), cols, func(a, b int, x float64) {
			byOne[a], byOther[b] = append(byOne[a], x), append(byOther[b], x)
		})
		if means[n] >= p.Mean-tie {
			reached++
		}
		p.Shuffled += means[n]
	}
	p.Shuffled /= float64(shuffles)
	slices.Sort(means)
	p.Low, p.High = quantile(means, 0.025), quantile(means, 0.975)
	p.P = float64(1+reached) / float64(1+shuffles)
	for side, all := range [][][]float64{byOne, byOther} {
		for _, xs := range all {
			slices.Sort(xs)
			p.upper[side] = append(p.upper[side], quantile(xs, 0.975))
		}
	}
}

// tie is the difference below which two means of cosines are the same: they are sums in another order.
const tie = 1e-12

// products returns the scalar products of the rows of one matrix with those of another.
func products(one, other []float64, size int) []float64 {
	var out []float64
	for a := 0; a < len(one); a += size {
		x := one[a : a+size]
		for b := 0; b < len(other); b += size {
			sum := 0.0
			for j, y := range other[b : b+size] {
				sum += float64(x[j] * y)
			}
			out = append(out, sum)
		}
	}
	return out
}

// taken calls visit for each pair of a match with its cosine, and returns the mean of these; 0
// where there is none.
func taken(cosines []float64, match []int, cols int, visit func(a, b int, cosine float64)) float64 {
	sum, count := 0.0, 0
	for a, b := range match {
		if b >= 0 {
			x := cosines[a*cols+b]
			visit(a, b, x)
			sum, count = sum+x, count+1
		}
	}
	return sum / float64(max(1, count))
}

// quantile returns the quantile of sorted numbers, between which it is linear (Hyndman & Fan
// 1996, definition 7); 0 of none.
func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := float64(share * float64(len(sorted)-1))
	k := int(at)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[k] + float64((at-float64(k))*(sorted[k+1]-sorted[k]))
}

// refer chooses the reference.
func (m *Matching) refer(networks int) {
	m.Alike = make([]float64, networks)
	for _, p := range m.Pairs {
		m.Alike[p.One] += p.Mean
		m.Alike[p.Other] += p.Mean
	}
	for g := range m.Alike {
		m.Alike[g] /= float64(networks - 1) // NaN of one network
	}
	for g, x := range m.Alike {
		if x > m.Alike[m.Reference] {
			m.Reference = g
		}
	}
}

// order finds, for each of the parts of the reference, the part of network g.
func (m *Matching) order(g, parts, own int) {
	part, cosine, chance := make([]int, parts), make([]float64, parts), make([]float64, parts)
	used := make([]bool, own)
	for k := range part {
		part[k] = -1
	}
	take := func(k, b int, x float64) { part[k], cosine[k], used[b] = b, x, true }
	if g == m.Reference {
		for k := range part {
			take(k, k, 1)
		}
	}
	for _, p := range m.Pairs {
		switch {
		case p.One == m.Reference && p.Other == g:
			copy(chance, p.upper[0])
			for a, b := range p.Match {
				if b >= 0 {
					take(a, b, p.Cosine[a])
				}
			}
		case p.One == g && p.Other == m.Reference:
			copy(chance, p.upper[1])
			for a, b := range p.Match {
				if b >= 0 {
					take(b, a, p.Cosine[a])
				}
			}
		}
	}
	var left []int
	for b, taken := range used {
		if !taken {
			left = append(left, b)
		}
	}
	m.Part, m.Cosine, m.Chance, m.Left = append(m.Part, part), append(m.Cosine, cosine), append(m.Chance, chance), append(m.Left, left)
}

// Missing reports whether a part of the reference is missing in a network: none is matched to it, or
// one that is less alike than the upper end of the range by chance.
func (m *Matching) Missing(network, part int) bool {
	return network != m.Reference && (m.Part[network][part] < 0 || m.Cosine[network][part] < m.Chance[network][part]-tie)
}
