// Package elementary computes logarithms, exponentials, sines and angles with the same bits
// on every machine.
//
// Those of package math are written in assembly for some processors, and where they are
// not, a compiler may fuse a multiplication with an addition, which rounds once instead of
// twice. Here every product that is added is rounded first. The price is the last digits:
// results are right to 2 units in the last place, not to 1.
package elementary

import "math"

// ln 2 and π/2 in two parts. The first has 32 bits, so that its product with a small
// integer is exact.
const (
	ln2High    = 0x1.62e42feep-1
	ln2Low     = 0x1.a39ef35793c76p-33
	halfPiHigh = 0x1.921fb544p+0
	halfPiLow  = 6.077100506506192e-11
)

// inverses are 1/21, 1/19, ..., 1/3.
var inverses = func() (x [10]float64) {
	for k := range x {
		x[k] = 1 / float64(21-2*k)
	}
	return x
}()

// Log returns the natural logarithm of x. With x = 2^k (1 + f), 1 + f between √½ and √2,
// and s = f/(2 + f),
//
//	log x = k log 2 + f − s (f − 2 (s²/3 + s⁴/5 + s⁶/7 + …))
//
// Ten terms leave an error of 2⁻⁵⁸ of the whole.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	m, exponent := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		exponent--
	}
	f, k := m-1, float64(exponent)
	s := f / (2 + f)
	z := float64(s * s)
	sum := 0.0
	for _, inverse := range inverses {
		sum = float64(z * (inverse + sum))
	}
	return float64(k*ln2High) - ((float64(s*(f-2*sum)) - float64(k*ln2Low)) - f)
}

// Exp returns e to the power x. With x = k log 2 + r, |r| ≤ ½ log 2,
//
//	e^x = 2^k (1 + r + r²/2! + … + r¹⁴/14!)
//
// whose next term is 2⁻⁵⁸ of the whole.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	}
	k := math.Floor(x/math.Ln2 + 0.5)
	r := (x - float64(k*ln2High)) - float64(k*ln2Low)
	sum := 0.0 // r/2! + r²/3! + …, times r below
	for n := 14.0; n >= 2; n-- {
		sum = float64(r * (1 + sum) / n)
	}
	return math.Ldexp(1+(r+float64(r*sum)), int(k))
}

// SinCos returns the sine and the cosine of x, |x| ≤ 1000, by their series about the
// nearest multiple of π/2.
func SinCos(x float64) (sin, cos float64) {
	k := math.Floor(x/(math.Pi/2) + 0.5)
	r := (x - float64(k*halfPiHigh)) - float64(k*halfPiLow)
	z := float64(r * r)
	s, c := 0.0, 0.0
	for n := 16.0; n >= 2; n -= 2 {
		s = float64(-z / (n * (n + 1)) * (1 + s))
		c = float64(-z / (n * (n - 1)) * (1 + c))
	}
	sin, cos = r+float64(r*s), 1+c
	switch int(k) & 3 {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}

// Angle returns the angle of the point (x, y) from the x axis, from −π to π, for finite x and y
// that are not both 0. A guess that is 0.005 off is turned on, in the frame of the point, by
//
//	δ = ( y cos θ − x sin θ ) / ( x cos θ + y sin θ ) = tan( angle − θ )
//
// which leaves δ³/3 each time.
func Angle(y, x float64) float64 {
	scale := max(math.Abs(x), math.Abs(y))
	x, y = x/scale, y/scale
	t := min(math.Abs(x), math.Abs(y))
	angle := float64(t * (math.Pi/4 + float64(0.273*(1-t)))) // from the nearer axis
	if math.Abs(y) > math.Abs(x) {
		angle = math.Pi/2 - angle
	}
	if x < 0 {
		angle = math.Pi - angle
	}
	if y < 0 {
		angle = -angle
	}
	for range 2 {
		sin, cos := SinCos(angle)
		angle += (float64(y*cos) - float64(x*sin)) / (float64(x*cos) + float64(y*sin))
	}
	return angle
}
