package elementary_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"partsnet/internal/elementary"
)

// ulps returns the distance of two numbers in units in the last place of want.
func ulps(got, want float64) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / (math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want))
}

// TestAgainstLibrary compares with package math, itself right to one unit in the last
// place, from the smallest numbers to the largest.
func TestAgainstLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var log, exp, trigonometric float64
	for range 300_000 {
		x := math.Ldexp(0.5+rng.Float64()/2, rng.IntN(2040)-1020) // the library errs below
		log = max(log, ulps(elementary.Log(x), math.Log(x)))
		near := 1 + (rng.Float64()-0.5)/16
		log = max(log, ulps(elementary.Log(near), math.Log(near)))
		y := (rng.Float64() - 0.5) * 1400
		exp = max(exp, ulps(elementary.Exp(y), math.Exp(y)), ulps(elementary.Exp(y/1e3), math.Exp(y/1e3)))
		angle := (rng.Float64() - 0.5) * 40
		s, c := elementary.SinCos(angle)
		trigonometric = max(trigonometric, math.Abs(s-math.Sin(angle))/0x1p-53, math.Abs(c-math.Cos(angle))/0x1p-53)
	}
	if log > 3 || exp > 3 || trigonometric > 4 {
		t.Errorf("units in the last place: log %v, exp %v, sine and cosine (of 1) %v", log, exp, trigonometric)
	}
	t.Logf("units in the last place: log %v, exp %v, sine and cosine (of 1) %v", log, exp, trigonometric)
}

// TestAngle compares with package math, at all angles, on the axes and far from and near 0.
func TestAngle(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	check := func(y, x float64) {
		if got, want := elementary.Angle(y, x), math.Atan2(y, x); !(math.Abs(got-want) <= 4*0x1p-52) {
			t.Errorf("Angle(%v, %v) = %v, want %v", y, x, got, want)
		}
	}
	for range 100_000 {
		scale := math.Ldexp(1, rng.IntN(1800)-900)
		check((rng.Float64()-0.5)*scale, (rng.Float64()-0.5)*scale)
	}
	for _, x := range []float64{-3, 0, 5e-324, 2} {
		for _, y := range []float64{-2, 0, 1e-300, 2} {
			if x != 0 || y != 0 {
				check(y, x)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct{ got, want float64 }{
		{elementary.Log(0), math.Inf(-1)}, {elementary.Log(1), 0}, {elementary.Log(-1), math.NaN()}, {elementary.Log(math.Inf(1)), math.Inf(1)},
		{elementary.Log(math.NaN()), math.NaN()}, {elementary.Log(math.E), 1}, {elementary.Log(5e-324), -744.4400719213812},
		{elementary.Exp(0), 1}, {elementary.Exp(math.Inf(-1)), 0}, {elementary.Exp(math.Inf(1)), math.Inf(1)}, {elementary.Exp(math.NaN()), math.NaN()},
		{elementary.Exp(1000), math.Inf(1)}, {elementary.Exp(-1000), 0}, {elementary.Exp(-745), 5e-324},
	} {
		if tt.got != tt.want && !(math.IsNaN(tt.got) && math.IsNaN(tt.want)) {
			t.Errorf("got %v, want %v", tt.got, tt.want)
		}
	}
}

// TestConstants holds the parts of ln 2 and π/2 to their sums in 120 bits.
func TestConstants(t *testing.T) {
	sum := func(high, low float64) *big.Float {
		return new(big.Float).SetPrec(120).Add(new(big.Float).SetPrec(120).SetFloat64(high), new(big.Float).SetPrec(120).SetFloat64(low))
	}
	for _, c := range []struct {
		name      string
		high, low float64
		digits    string
	}{
		{"ln 2", 0x1.62e42feep-1, 0x1.a39ef35793c76p-33, "0.693147180559945309417232121458176568"},
		{"π/2", 0x1.921fb544p+0, 6.077100506506192e-11, "1.57079632679489661923132169163975144"},
	} {
		want, _, err := big.ParseFloat(c.digits, 10, 120, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		if d, _ := new(big.Float).Sub(sum(c.high, c.low), want).Float64(); math.Abs(d) > 0x1p-84 {
			t.Errorf("%s is wrong by %v", c.name, d)
		}
	}
}

// TestSameBits holds all functions to bits that do not depend on the machine. It is run on
// amd64 and, emulated, on arm64, whose compiler fuses.
func TestSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	h := sha256.New()
	for range 20_000 {
		x := float64(rng.Float64() * 20)
		s, c := elementary.SinCos(x)
		for _, y := range []float64{elementary.Log(x), elementary.Exp(x - 15), s, c} {
			if err := binary.Write(h, binary.LittleEndian, y); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := hex.EncodeToString(h.Sum(nil))[:16]; got != "99ffacc7df1c81d7" {
		t.Errorf("bits %s, want %s", got, "99ffacc7df1c81d7")
	}
}
