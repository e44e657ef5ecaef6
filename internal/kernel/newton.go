package kernel

import "math"

// NewtonTurns lets the neurons that explain one stimulus v, or the synapses onto one visible neuron, take
// turns to lower the divergence Σ ( v log(v/p) − v + p ) of the prediction p = Σ_a x_a y_a, with y_a the row a
// of y, rows pitch apart. With the gradient and the curvature of one of them,
//
//	g = s_a + cost − d_a − Σ_k y_ak v_k/p_k      c = Σ_k y_ak² v_k/p_k²
//	x_a ← x_a − g/c              where g ≤ 0
//	x_a ← x_a · x_a c/(g + x_a c)     where g > 0
//
// and p follows at once. Neither step passes the minimum, so that none raises the divergence. The gradient is a concave
// function of x_a: its tangent meets zero before it does on the way up. On the way down that would overshoot;
// but x_a g is convex, and the second line is Newton's step to where that is zero, from above. Where c is 0
// the least is at 0, and with s_a = 0 too, x_a is 0 unless keep. Sums s (r) are of y_a where it counts, d (r) is a
// further drive. One row of x moves; v and p have as many elements as a row of y has.
func NewtonTurns[T Float](m Moving[T], p, v, y []T, pitch int, s, d []T, cost T, keep bool) {
	checkLen("NewtonTurns", len(v), len(p), len(s), len(m.Rates))
	var pending T // by how much the neuron before has moved, and the predictions not yet
	last := y[:len(p)]
	for _, a := range m.Order {
		part := y[int(a)*pitch : int(a)*pitch+len(p)]
		now := m.Rates[a]
		if m.Sent != nil { // to itself a neuron is what it is
			follow(p, pending, last)
			axpy(p, now-m.Sent[a], part)
			pending = 0
		}
		reached, curved := newtonTerms(p, v, part, pending, last)
		drive := reached
		if d != nil {
			drive += float64(d[a])
		}
		next := now
		if !keep || s[a] != 0 {
			next = T(newtonStep(float64(now), float64(s[a])+float64(cost)-drive, curved))
		}
		if m.Sent != nil {
			axpy(p, m.Sent[a]-now, part)
		}
		pending, last = m.to(a, next), part
	}
	follow(p, pending, last)
}

// newtonStep returns where a step leads from x ≥ 0 with gradient g and curvature c.
func newtonStep(x, g, c float64) float64 {
	switch bent := float64(x * c); {
	case c == 0:
		return 0
	case math.IsInf(c, 1):
		return x
	case g <= 0:
		return x - g/c
	default:
		return x * (bent / (g + bent))
	}
}

// leastPrediction is the smallest prediction that is divided by. Others count as 0.
const leastPrediction = 0x1p-900

// newtonTerms computes p ← max(0, p + x z) and returns Σ y v/p and Σ y² v/p², without terms where p is 0.
// Element k is added up in lane k mod 8, and the lanes as in [Sum]; what is left beyond a multiple of eight is
// filled up with zeros.
func newtonTerms[T Float](p, v, y []T, x T, z []T) (reached, curved float64) {
	if level == portable {
		return portableNewton(p, v, y, x, z)
	}
	whole := len(p) &^ 7
	if whole > 0 {
		reached, curved = vectorNewton(p[:whole], v[:whole], y[:whole], x, z[:whole])
	}
	if whole < len(p) {
		var few [4][8]T
		for k, from := range [...][]T{p, v, y, z} {
			copy(few[k][:], from[whole:])
		}
		r, c := vectorNewton(few[0][:], few[1][:], few[2][:], x, few[3][:])
		copy(p[whole:], few[0][:])
		reached, curved = reached+r, curved+c
	}
	return reached, curved
}

// portableNewton is the twin of the assembly.
func portableNewton[T Float](p, v, y []T, x T, z []T) (reached, curved float64) {
	follow(p, x, z)
	var r, c [8]float64
	for k, q := range p {
		if float64(q) >= leastPrediction {
			u := float64(y[k]) / float64(q)
			t := float64(u * float64(v[k]))
			r[k%8] += t
			c[k%8] += float64(t * u)
		}
	}
	add := func(x *[8]float64) float64 { return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7])) }
	return add(&r), add(&c)
}

// follow computes p += x y, never below 0.
func follow[T Float](p []T, x T, y []T) {
	if x == 0 {
		return
	}
	for k, z := range y {
		p[k] = max(0, p[k]+T(x*z))
	}
}

// PredictOnto computes the predictions of some visible neurons to all stimuli, from hidden rates by
// hidden neuron:
//
//	p_ji = Σ_a w_aj h_ai        p (to−from)×m, w r×n, h r×m
func PredictOnto[T Float](p, w []T, n, from, to int, h []T, m int) {
	r := len(w) / max(1, n)
	checkLen("PredictOnto", len(p), (to-from)*m, len(h), r*m)
	product(p, m, coefficients[T]{w[from:], 1, n}, rowMajor(h, m), to-from, r, m, false)
}

// AddMultiple adds x y to p, element by element.
func AddMultiple[T Float](p []T, x T, y []T) {
	checkLen("AddMultiple", len(y), len(p), 0, 0)
	axpy(p, x, y)
}

// Gather writes elements of the rows of x (r rows, pitch apart) side by side: out_ak = x_{a,index_k}.
func Gather[T Float](out, x []T, pitch int, index []int32) {
	for a := 0; a*len(index) < len(out); a++ {
		row, to := x[a*pitch:(a+1)*pitch], out[a*len(index):(a+1)*len(index)]
		for k, i := range index {
			to[k] = row[i]
		}
	}
}

// PartsOnto writes the weights of all hidden neurons onto the visible neurons index, side by side for each
// hidden neuron: out_ak = w_{a,index_k}, out r×len(index). It needs [Synapses.PackRows].
func (s *Synapses[T]) PartsOnto(out []T, index []int32) {
	for k, j := range index {
		for a, w := range s.Onto(int(j)) {
			out[a*len(index)+k] = w
		}
	}
}

// PredictSome computes p = Σ_a x_a y_a, y_a the rows of y, of the length of p.
func PredictSome[T Float](p, x, y []T) {
	clear(p)
	for a, z := range x {
		if z != 0 {
			axpy(p, z, y[a*len(p):(a+1)*len(p)])
		}
	}
}
