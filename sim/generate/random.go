package generate

import (
	"math"
	"math/rand/v2"

	"partsnet/internal/elementary"
)

// Draws from distributions with the same bits on every machine. The ziggurat below draws
// the numbers of rand.Rand.NormFloat64, except for the last digit of those in the tails, whose
// logarithm is that of package elementary.

// Tables of the ziggurat: 128 strips of one area under the density, the lowest with the
// tail beyond tail.
//
// Source: Marsaglia & Tsang 2000, "The ziggurat method for generating random variables",
// Journal of Statistical Software 5(8).
var strips = func() (s struct {
	inside        [128]uint32  // what is below it needs no second look
	width, height [128]float32 // of a unit of the first draw; density at the edge
}) {
	const area = 9.91256303526217e-3
	density := func(x float64) float64 { return elementary.Exp(-float64(x*x) / 2) }
	x := tail
	lowest := area / density(x)
	s.inside[0], s.inside[1] = uint32(x/lowest*unit), 0
	s.width[0], s.width[127] = float32(lowest/unit), float32(x/unit)
	s.height[0], s.height[127] = 1, float32(density(x))
	for i := 126; i >= 1; i-- {
		next := math.Sqrt(-2 * elementary.Log(area/x+density(x)))
		s.inside[i+1] = uint32(next / x * unit)
		s.height[i], s.width[i] = float32(density(next)), float32(next/unit)
		x = next
	}
	return s
}()

const (
	tail = 3.442619855899
	unit = 1 << 31
)

// normal draws from the standard normal distribution.
func normal(rng *rand.Rand) float64 {
	for {
		u := rng.Uint64()
		j, i := int32(u), u>>32&0x7F
		size := uint32(j)
		if j < 0 {
			size = uint32(-j)
		}
		x := float64(j) * float64(strips.width[i])
		if size < strips.inside[i] {
			return x
		}
		if i == 0 {
			for {
				x = float64(-elementary.Log(rng.Float64()) * (1 / tail))
				if y := -elementary.Log(rng.Float64()); y+y >= float64(x*x) {
					break
				}
			}
			if j > 0 {
				return tail + x
			}
			return -tail - x
		}
		below := strips.height[i] + float32(float32(rng.Float64())*(strips.height[i-1]-strips.height[i]))
		if below < float32(elementary.Exp(-float64(x*x)/2)) {
			return x
		}
	}
}

// gamma draws from the gamma distribution of that shape, at least 1, and of mean 1.
//
// Source: Marsaglia & Tsang 2000, "A simple method for generating gamma variables", ACM
// Transactions on Mathematical Software 26:363–372.
func gamma(rng *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / (3 * math.Sqrt(d))
	for {
		x := normal(rng)
		v := 1 + float64(x*c)
		if v <= 0 {
			continue
		}
		v = float64(float64(v*v) * v)
		u, square := rng.Float64(), float64(x*x)
		if u < 1-float64(0.0331*float64(square*square)) ||
			elementary.Log(u) < float64(0.5*square)+float64(d*(1-v+elementary.Log(v))) {
			return d * v / shape
		}
	}
}
