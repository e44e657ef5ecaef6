package kernel

import "math"

// Update moves rates by what drives them and what is against them:
//
//	h ← h drive / (cost − against)       0 where the denominator is 0
//
// All slices have one length.
func Update[T Float](h, drive, against []T, cost T) {
	checkLen("Update", len(drive), len(h), len(against), len(h))
	for i := vectorUpdate(h, drive, against, cost); i < len(h); i++ {
		if down := cost - against[i]; down != 0 {
			h[i] = T(h[i]*drive[i]) / down
		} else {
			h[i] = 0
		}
	}
}

// Relax lengthens the step from old to x, in the ratio of the two:
//
//	x ← x (x/old)^ρ      ρ = 0, 1/2, 3/4, 7/8 for 0, 1, 2, 3 halvings; 0 where x or old is 0
//
// The power is a product of square roots, which every processor rounds alike.
func Relax[T Float](x, old []T, halvings int) {
	checkLen("Relax", len(old), len(x), 0, 0)
	if halvings == 0 {
		return
	}
	for i := vectorRelax(x, old, halvings); i < len(x); i++ {
		if old[i] == 0 {
			x[i] = 0
			continue
		}
		root := x[i] / old[i]
		for range halvings {
			root = T(math.Sqrt(float64(root)))
			x[i] *= root
		}
	}
}

// Multiply computes out = a b, element by element.
func Multiply[T Float](out, a, b []T) {
	checkLen("Multiply", len(a), len(out), len(b), len(out))
	for i := vectorMultiply(out, a, b); i < len(out); i++ {
		out[i] = a[i] * b[i]
	}
}

// Divide divides every element of x.
func Divide[T Float](x []T, by T) {
	for i := vectorDivide(x, by); i < len(x); i++ {
		x[i] /= by
	}
}

// Add adds x to to, element by element.
func Add[T Float](to, x []T) {
	checkLen("Add", len(x), len(to), 0, 0)
	for i := vectorAdd(to, x); i < len(to); i++ {
		to[i] += x[i]
	}
}

// Flush sets entries of a magnitude below the floor to zero and leaves the
// rest as it is, also what is negative or not a number: that is for the checks
// of rates and synapses to refuse, and not to be swept away here.
func Flush[T Float](x []T, floor T) {
	for i := vectorFlush(x, floor); i < len(x); i++ {
		if y := x[i]; y < floor && y > -floor {
			x[i] = 0
		}
	}
}

// Sum returns Σ x in float64, element i in lane i mod 8 and the lanes added as in
// [Losses]; what is left beyond a multiple of eight is added at the end.
func Sum[T Float](x []T) float64 {
	whole := len(x) &^ 7
	sum := 0.0
	if level == portable {
		sum = portableSum(x[:whole])
	} else {
		sum = vectorSum(x, whole)
	}
	for _, y := range x[whole:] {
		sum += float64(y)
	}
	return sum
}

// portableSum is the twin of the assembly.
func portableSum[T Float](x []T) float64 {
	var lanes [8]float64
	for i, y := range x {
		lanes[i%8] += float64(y)
	}
	return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

// Widen writes x into to, in float64.
func Widen[T Float](to []float64, x []T) {
	checkLen("Widen", len(to), len(x), 0, 0)
	switch x := any(x).(type) {
	case []float64:
		copy(to, x)
	case []float32:
		for i := vectorWiden(to, x); i < len(x); i++ {
			to[i] = float64(x[i])
		}
	}
}
