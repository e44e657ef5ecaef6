package kernel

import "partsnet/internal/elementary"

// Objective is what a loss kernel adds up over stimuli v and predictions p:
//
//	Poisson     D = Σ ( v log(v/p) − v + p )      0 log 0 = 0, and +Inf where p = 0 < v
//	Gaussian    E = ½ Σ ( v − p )²
type Objective int

const (
	Poisson Objective = iota
	Gaussian
)

// Losses writes objectives of a block into out, from one prediction P = H W for all of
// them. They are summed in float64, and the logarithm of the vector levels is right to 3
// units in the last place. Seen (rows×n) is 1 where an entry counts and 0 where it is
// missing, which v must then be 0 for; or nil.
func Losses[T Float](out []float64, objectives []Objective, v, h, seen []T, rows int, s *Synapses[T], t *Scratch[T]) {
	checkLen("Losses", len(v), rows*s.n, len(h), rows*s.r)
	checkLen("Losses", len(out), len(objectives), 0, 0)
	if seen != nil {
		checkLen("Losses", len(seen), rows*s.n, 0, 0)
	}
	clear(out)
	for from := 0; from < rows; from += blockRows {
		count := min(blockRows, rows-from)
		for col := 0; col < s.n; col += chunkColumns[T]() {
			cols := min(chunkColumns[T](), s.n-col)
			productFetching(t.q, pitch[T](), v[from*s.n+col:], s.n, coefficients[T]{h[from*s.r:], s.r, 1}, s.w.from(0, col), count, s.r, cols, false)
			for i := range count {
				at := (from+i)*s.n + col
				p := t.q[i*pitch[T]() : i*pitch[T]()+cols]
				if seen != nil {
					Multiply(p, p, seen[at:at+cols]) // a term of zeros is zero
				}
				for k, o := range objectives {
					out[k] += terms(o, v[at:at+cols], p)
				}
			}
		}
	}
	for k, o := range objectives {
		if o == Gaussian {
			out[k] *= 0.5
		}
	}
}

// Divergence returns D of v from p, as [Losses] adds it up.
func Divergence[T Float](v, p []T) float64 {
	checkLen("Divergence", len(p), len(v), 0, 0)
	return terms(Poisson, v, p)
}

// terms adds up the terms of one row in eight lanes, element j in lane j mod 8,
// the lanes as ((0+4)+(2+6)) + ((1+5)+(3+7)). What is left beyond a multiple of
// eight is filled up with zeros, whose terms are zero.
func terms[T Float](o Objective, v, p []T) float64 {
	if level == portable {
		return portableTerms(o, v, p)
	}
	whole := len(v) &^ 7
	sum := 0.0
	if whole > 0 {
		sum = vectorTerms(o, v[:whole], p[:whole])
	}
	if whole < len(v) {
		var restV, restP [8]T
		copy(restV[:], v[whole:])
		copy(restP[:], p[whole:])
		sum += vectorTerms(o, restV[:], restP[:])
	}
	return sum
}

// portableTerms is the twin of the assembly.
func portableTerms[T Float](o Objective, v, p []T) float64 {
	var lanes [8]float64
	for j, x := range v {
		a, b := float64(x), float64(p[j])
		switch {
		case o == Gaussian:
			lanes[j%8] += float64((a - b) * (a - b))
		case a != 0:
			lanes[j%8] += float64(a*elementary.Log(a/b)) - a + b
		default:
			lanes[j%8] += b
		}
	}
	return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}
