package generate

import (
	"math"

	"partsnet/internal/elementary"
)

// ink is the darkness of a drawing at a point of the square [−1, 1]², y down.
type ink func(x, y float64) float64

// blob is a Gaussian spot at (x0, y0) with standard deviations sx, sy along
// axes turned by θ:
//
//	exp( −½ ( (u/sx)² + (v/sy)² ) )
func blob(x0, y0, sx, sy, θ float64) ink {
	s, c := elementary.SinCos(θ)
	return func(x, y float64) float64 {
		dx, dy := x-x0, y-y0
		u, v := (float64(dx*c)+float64(dy*s))/sx, (float64(dy*c)-float64(dx*s))/sy
		return elementary.Exp(-(float64(u*u) + float64(v*v)) / 2)
	}
}

// seg is a line from (x1, y1) to (x2, y2) whose ink falls off with the distance
// d from it as exp( −d²/(2σ²) ).
func seg(x1, y1, x2, y2, σ float64) ink {
	vx, vy := x2-x1, y2-y1
	return func(x, y float64) float64 {
		t := min(max((float64((x-x1)*vx)+float64((y-y1)*vy))/(float64(vx*vx)+float64(vy*vy)), 0), 1)
		dx, dy := x-x1-float64(t*vx), y-y1-float64(t*vy)
		return elementary.Exp(-(float64(dx*dx) + float64(dy*dy)) / (2 * σ * σ))
	}
}

// arc is a parabola of half-width a about (x0, y0), drawn as 12 lines:
//
//	x = x0 + a u,   y = y0 + bend (1 − u²) + tilt a u,   u in [−1, 1]
func arc(x0, y0, a, bend, σ, tilt float64) ink {
	const lines = 12
	var parts []ink
	at := func(k int) (x, y float64) {
		u := float64(2*float64(k)/lines) - 1
		return x0 + float64(a*u), y0 + float64(bend*(1-float64(u*u))) + float64(tilt*a*u)
	}
	for k := range lines {
		x1, y1 := at(k)
		x2, y2 := at(k + 1)
		parts = append(parts, seg(x1, y1, x2, y2, σ))
	}
	return over(parts...)
}

// ring is an ellipse with half-axes a, b about (x0, y0), drawn as 24 lines of
// which those are kept whose middle lies in [ylo, yhi].
func ring(x0, y0, a, b, σ, ylo, yhi float64) ink {
	const lines = 24
	var parts []ink
	at := func(k int) (x, y float64) {
		t := 2 * math.Pi * float64(k) / lines
		sin, cos := elementary.SinCos(t)
		return x0 + float64(a*cos), y0 + float64(b*sin)
	}
	for k := range lines {
		x1, y1 := at(k)
		x2, y2 := at(k + 1)
		if mid := (y1 + y2) / 2; ylo <= mid && mid <= yhi {
			parts = append(parts, seg(x1, y1, x2, y2, σ))
		}
	}
	return over(parts...)
}

// over is several drawings on one another: the darkest counts.
func over(parts ...ink) ink {
	return func(x, y float64) float64 {
		darkest := 0.0
		for _, p := range parts {
			darkest = max(darkest, p(x, y))
		}
		return darkest
	}
}

// raster draws on side×side pixels, divides by the largest value, and leaves
// out what is fainter than faint. Pixel centres are at (2k+1)/side − 1.
func raster(p ink, side int) []float64 {
	const faint = 0.05
	out := make([]float64, side*side)
	largest := 0.0
	for i := range out {
		x := float64(2*(i%side)+1)/float64(side) - 1
		y := float64(2*(i/side)+1)/float64(side) - 1
		out[i] = p(x, y)
		largest = max(largest, out[i])
	}
	for i, v := range out {
		out[i] = v / largest
		if out[i] < faint {
			out[i] = 0
		}
	}
	return out
}
