package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestLossesAgainstFormulas compares D and E with their formulas. An error of k
// roundings in p moves v log(v/p) + p by at most |v − p| k ε, and 3 units in
// the last place of the logarithm move it by 3 ε v |log(v/p)|.
func TestLossesAgainstFormulas(t *testing.T) {
	atEveryLevel(t, testLosses[float32], testLosses[float64])
}

func testLosses[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, s := range shapes() {
		x := newProblem[T](rng, s)
		for i := range x.h {
			x.h[i] += 0.01 // no prediction is zero where a weight is not
		}
		for i := range x.w {
			x.w[i] += 0.01
		}
		x.load()
		testLoss(t, x, s, nil)
		seen := make([]T, len(x.v))
		for i := range seen {
			if seen[i] = T(rng.IntN(2)); seen[i] == 0 {
				x.v[i] = 0
			}
		}
		testLoss(t, x, s, seen)
	}
}

// testLoss compares both losses of what is seen.
func testLoss[T Float](t *testing.T, x *problem[T], s shape, seen []T) {
	t.Helper()
	var boundD, boundE float64
	var d, e exactSum // over tens of thousands of terms plain sums would be as far off as the bounds allow
	k := float64(s.r+8) * epsilon[T]()
	for i, p := range x.p {
		if seen != nil && seen[i] == 0 {
			continue
		}
		v := float64(x.v[i])
		e.add((v - p) * (v - p) / 2)
		boundE += math.Abs(v-p)*k*p + 4*0x1p-53*(v-p)*(v-p)
		d.add(p - v)
		boundD += math.Abs(v-p)*k + k*k*p + 0x1p-50*(v+p)
		if v > 0 {
			d.add(v * math.Log(v/p))
			boundD += 4 * 0x1p-52 * v * math.Abs(math.Log(v/p))
		}
	}
	boundE += boundE*k + 1e-300
	got := make([]float64, 3)
	Losses(got, []Objective{Gaussian, Poisson, Gaussian}, x.v, x.h, seen, s.rows, x.syn, x.scratch)
	if math.Abs(got[1]-d.value()) > boundD {
		t.Errorf("%+v: D = %v, want %v ± %v", s, got[1], d.value(), boundD)
	}
	if math.Abs(got[0]-e.value()) > boundE || got[2] != got[0] {
		t.Errorf("%+v: E = %v and %v, want %v ± %v", s, got[0], got[2], e.value(), boundE)
	}
	alone := make([]float64, 1)
	for k, o := range []Objective{Gaussian, Poisson} {
		if Losses(alone, []Objective{o}, x.v, x.h, seen, s.rows, x.syn, x.scratch); alone[0] != got[k] {
			t.Errorf("%+v: objective %d is %v alone and %v among others", s, o, alone[0], got[k])
		}
	}
}

// exactSum is a sum with its rounding errors summed apart (Neumaier 1974).
type exactSum struct{ sum, errors float64 }

func (s *exactSum) add(x float64) {
	t := s.sum + x
	if math.Abs(s.sum) >= math.Abs(x) {
		s.errors += (s.sum - t) + x
	} else {
		s.errors += (x - t) + s.sum
	}
	s.sum = t
}

func (s *exactSum) value() float64 { return s.sum + s.errors }

// TestLossAtTheEdges looks at single terms: where stimulus or prediction is
// zero, tiny or huge.
func TestLossAtTheEdges(t *testing.T) {
	before := Level()
	defer Force(before)
	for _, l := range Levels() {
		Force(l)
		for _, tt := range []struct{ v, p, want float64 }{
			{0, 0, 0}, {0, 3, 3}, {3, 3, 0}, {1, 0, math.Inf(1)}, {1e-300, 0, math.Inf(1)},
			{1, 1e-300, 300*math.Ln10 - 1}, {1e-300, 1, 1}, {1e150, 1e150, 0}, {2, 1, 2*math.Ln2 - 1}, {1, 2, 1 - math.Ln2},
		} {
			for n := 1; n <= 17; n++ { // in every lane, alone
				v, p := make([]float64, n), make([]float64, n)
				v[n-1], p[n-1] = tt.v, tt.p
				got := terms(Poisson, v, p)
				if got != tt.want && !(math.Abs(got-tt.want) <= 1e-14*math.Abs(tt.want)) {
					t.Errorf("%s: v = %v, p = %v at %d: %v, want %v", l, tt.v, tt.p, n-1, got, tt.want)
				}
			}
		}
	}
}

// TestLossAtTheEdgesInFloat32 does the same in float32, where a term is right to the
// rounding of its prediction.
func TestLossAtTheEdgesInFloat32(t *testing.T) {
	before := Level()
	defer Force(before)
	const least = 0x1p-149
	for _, l := range Levels() {
		Force(l)
		for _, tt := range []struct{ v, p float32 }{
			{0, 0}, {0, 3}, {3, 3}, {1, 0}, {1e-30, 0}, {0, least}, {1, least}, {1e30, least}, {1, 3e-39}, {1, 0x1p-126}, {1e-37, 1},
			{2, 1}, {1, 2}, {3, 4}, {1, 1.5}, {1, 1.4142}, {1, 0.7071}, {1.0001, 1}, {1, 1.0001}, {1e30, 1e30}, {1e30, 1e-30}, {1e-30, 1e30}, {7, 5},
		} {
			want := 0.0
			switch v, p := float64(tt.v), float64(tt.p); {
			case v == 0:
				want = p
			case p == 0:
				want = math.Inf(1)
			default:
				want = v*math.Log(v/p) - v + p
			}
			for n := 1; n <= 17; n++ { // in every lane, alone
				v, p := make([]float32, n), make([]float32, n)
				v[n-1], p[n-1] = tt.v, tt.p
				got := terms(Poisson, v, p)
				bound := 8 * 0x1p-24 * math.Abs(float64(tt.v)-float64(tt.p))
				if got != want && !(math.Abs(got-want) <= bound+8*0x1p-24*math.Abs(want)) {
					t.Errorf("%s: v = %v, p = %v at %d: %v, want %v ± %v", l, tt.v, tt.p, n-1, got, want, bound)
				}
			}
		}
	}
}

// TestLogarithm compares the logarithm of every vector level with one of 100
// bits over the whole range of numbers: v log(v/p) − v + p with v = 1 is
// p − 1 − log p, of which the first two are taken away again. It may be wrong by 3
// units in its last place, and by the rounding of what is added to it.
func TestLogarithm(t *testing.T) {
	before := Level()
	defer Force(before)
	rng := rand.New(rand.NewPCG(8, 8))
	const many = 20_000
	at, exact := make([]float64, many), make([]float64, many)
	for k := range at {
		// p = 1 − 2⁻ᵏ... near one where the logarithm is small, then anywhere.
		at[k] = 1 + (rng.Float64()-0.5)*math.Pow(2, -float64(k%40))
		if k%2 == 0 {
			at[k] = math.Exp2(2000*rng.Float64() - 1000)
		}
		exact[k] = reference(at[k])
	}
	for _, l := range Levels() {
		Force(l)
		worst := 0.0
		for k, p := range at {
			v := make([]float64, 8)
			q := make([]float64, 8)
			v[0], q[0] = 1, p
			got := terms(Poisson, v, q)
			want := exact[k]
			ulp := math.Nextafter(math.Abs(math.Log(p)), math.Inf(1)) - math.Abs(math.Log(p))
			allowed := 3*ulp + 0x1p-53*(math.Abs(p-1)+math.Abs(math.Log(p))+1) + 0x1p-52
			if d := math.Abs(got - want); d > allowed {
				t.Fatalf("%s: p = %v: term %v, want %v", l, p, got, want)
			} else {
				worst = max(worst, d/allowed)
			}
		}
		t.Logf("%s: worst %.2f of what is allowed", l, worst)
	}
}

// bits is the precision of the reference.
const bits = 100

func num(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }

// atanh2 returns 2 atanh(s), |s| ≤ ⅓, as the sum of all terms 2 sᵏ/k that are not lost
// beside the first.
func atanh2(s *big.Float) *big.Float {
	square, power, sum := new(big.Float).Mul(s, s), new(big.Float).Copy(s), new(big.Float).SetPrec(bits)
	for k := 1; power.Sign() != 0 && power.MantExp(nil) > s.MantExp(nil)-bits-4; k += 2 {
		sum.Add(sum, new(big.Float).Quo(power, num(float64(k))))
		power.Mul(power, square)
	}
	return sum.Mul(sum, num(2))
}

// ln2 is log 2.
var ln2 = atanh2(new(big.Float).Quo(num(1), num(3)))

// reference returns −log p − 1 + p through a series of 100 bits.
func reference(p float64) float64 {
	// log p = e log 2 + 2 atanh((m−1)/(m+1)) with m in [√½, √2).
	m, e := math.Frexp(p)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	s := new(big.Float).Quo(new(big.Float).Sub(num(m), num(1)), new(big.Float).Add(num(m), num(1)))
	log := new(big.Float).Add(new(big.Float).Mul(ln2, num(float64(e))), atanh2(s))
	out := new(big.Float).Sub(new(big.Float).Sub(num(p), num(1)), log)
	x, _ := out.Float64()
	return x
}
