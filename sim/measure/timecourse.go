package measure

import (
	"math"
	"slices"

	"partsnet/internal/elementary"
)

// HalfWidth returns the full width at half maximum of a time course x over a cycle, in points: how
// long x is above
//
//	( max x + min x ) / 2
//
// between points along straight lines, from the last to the first as from any to the next. Peaks apart
// from each other add up. ok is false for a course that is the same everywhere.
//
// Source: Martino et al. (2014, J. Neurophysiol. 112:2810–2821), who count points.
func HalfWidth(x []float64) (width float64, ok bool) {
	if len(x) == 0 {
		return 0, false
	}
	low, high := slices.Min(x), slices.Max(x)
	if !(high > low) {
		return 0, false
	}
	half := low + float64((high-low)/2)
	for i := range x {
		a, b := x[i]-half, x[(i+1)%len(x)]-half
		switch {
		case a >= 0 && b >= 0:
			width++
		case a >= 0 || b >= 0:
			width += max(a, b) / math.Abs(a-b)
		}
	}
	return width, true
}

// CentreOfActivity returns where the activity of a time course x ≥ 0 over a cycle of T points is
// centred, as a share of the cycle from 0 up to, but not with, 1: the direction of
//
//	Σ_t x_t ( cos θ_t, sin θ_t )        θ_t = 2π t / T,  t = 0, …, T − 1
//
// ok is false for a course without activity, and for one whose activity has no direction, such as
// one that is the same everywhere.
//
// Source: Martino et al. (2014, J. Neurophysiol. 112:2810–2821).
func CentreOfActivity(x []float64) (centre float64, ok bool) {
	at := make([]float64, len(x))
	for t := range at {
		at[t] = float64(t) / float64(len(x))
	}
	centre, length := direction(at, x)
	return centre, length > undirected
}

// CircularMean returns the mean of places on a circle, as shares of it from 0 to 1, and their standard
// deviation √( −2 log R ), in the same unit, with R the length of the mean of their directions. ok is
// false where they have no common direction.
func CircularMean(at []float64) (mean, sd float64, ok bool) {
	mean, length := direction(at, slices.Repeat([]float64{1}, len(at)))
	if !(length > undirected) {
		return 0, 0, false
	}
	return mean, math.Sqrt(max(0, -2*elementary.Log(min(1, length)))) / (2 * math.Pi), true
}

// undirected is the length of a mean of directions that is nothing but rounding.
const undirected = 1e-12

// direction returns the direction of the mean of directions, all as shares of a circle, with
// weights, and its length, 0 to 1.
func direction(at, weight []float64) (share, length float64) {
	x, y, all := 0.0, 0.0, 0.0
	for i, a := range at {
		sin, cos := elementary.SinCos(2 * math.Pi * a)
		x += float64(weight[i] * cos)
		y += float64(weight[i] * sin)
		all += weight[i]
	}
	if !(all > 0) || x == 0 && y == 0 {
		return 0, 0
	}
	if share = elementary.Angle(y, x) / (2 * math.Pi); share < 0 {
		share++
	}
	if share >= 1 { // by rounding
		share = 0
	}
	return share, math.Hypot(x, y) / all
}
