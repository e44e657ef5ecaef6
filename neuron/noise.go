package neuron

import (
	"math"
	"math/rand/v2"

	"partsnet/internal/elementary"
)

// NoiseKind is how rates vary by chance.
type NoiseKind string

// The kinds of noise.
const (
	NoNoise       NoiseKind = "none"
	GaussianNoise NoiseKind = "gaussian"
	PoissonNoise  NoiseKind = "poisson"
)

// Noises returns the names of all kinds, that of none first.
func Noises() []string {
	return []string{string(NoNoise), string(GaussianNoise), string(PoissonNoise)}
}

// Noise is what chance makes of a rate v,
//
//	gaussian   [ v + SD z ]₊              z ~ N(0, 1)
//	poisson    Poisson(Gain v) / Gain     mean v, variance v/Gain
//
// Gain is the number of spikes that are counted at a rate of 1: the larger, the less noise.
// The zero value is none.
type Noise struct {
	Kind NoiseKind
	SD   float64
	Gain float64
	// Frozen noise is the same whenever a stimulus is shown; other noise is new each time.
	Frozen bool
	Seed   uint64 // with the number of the presentation, or of the stimulus, it determines the noise
}

// None reports whether rates stay as they are.
func (n Noise) None() bool { return n.Kind == "" || n.Kind == NoNoise }

// SeedOf sets chance to where the noise of a step of a presentation, or of a stimulus, begins.
func (n Noise) SeedOf(chance *rand.PCG, number, step uint64) {
	chance.Seed(mix(n.Seed^mix(number)), mix(number^mix(step)))
}

// Of returns what chance makes of a rate.
func (n Noise) Of(v float64, chance *rand.PCG) float64 {
	switch n.Kind {
	case GaussianNoise:
		return max(0, v+float64(n.SD*standardNormal(chance)))
	case PoissonNoise:
		return float64(poisson(n.Gain*v, chance)) / n.Gain
	}
	return v
}

// Add writes what chance makes of the rates v into to, which may be the same. Where seen, a row of a
// [Mask], is not nil, neurons that are missing stay as they are, and draw no number.
func Add[T Float](n Noise, to, v []T, seen []uint64, chance *rand.PCG) {
	for j, x := range v {
		if seen != nil && seen[j/64]>>(j%64)&1 == 0 {
			to[j] = x
			continue
		}
		to[j] = T(n.Of(float64(x), chance))
	}
}

// uniform returns a number in (0, 1) of 53 bits.
func uniform(chance *rand.PCG) float64 {
	return (float64(chance.Uint64()>>11) + 0.5) * 0x1p-53
}

// standardNormal returns a number of mean 0 and variance 1, the same on every machine.
//
// Source: the polar method of Marsaglia & Bray 1964, of which the second number is not used.
func standardNormal(chance *rand.PCG) float64 {
	for {
		x, y := float64(2*uniform(chance))-1, float64(2*uniform(chance))-1
		if s := float64(x*x) + float64(y*y); s < 1 && s > 0 {
			return x * math.Sqrt(-2*elementary.Log(s)/s)
		}
	}
}

// fewSpikes is the mean from which on the second of the methods of poisson is used, which needs 10.
const fewSpikes = 10

// poisson returns a number with a Poisson distribution, the same on every machine.
//
// Sources: below [fewSpikes], multiplication of uniform numbers (Knuth 1969); above, transformed
// rejection with squeeze (Hörmann 1993, "The transformed rejection method for generating Poisson
// random variables", algorithm PTRS).
func poisson(mean float64, chance *rand.PCG) int64 {
	if !(mean > 0) {
		return 0
	}
	if mean < fewSpikes {
		k, product, end := int64(0), uniform(chance), elementary.Exp(-mean)
		for product > end {
			product *= uniform(chance)
			k++
		}
		return k
	}
	b := 0.931 + float64(2.53*math.Sqrt(mean))
	a := -0.059 + float64(0.02483*b)
	inverse, squeeze, log := 1.1239+1.1328/(b-3.4), 0.9277-3.6224/(b-2), elementary.Log(mean)
	for {
		u, v := uniform(chance)-0.5, uniform(chance)
		s := 0.5 - math.Abs(u)
		k := math.Floor(float64((2*a/s+b)*u) + mean + 0.43)
		if s >= 0.07 && v <= squeeze {
			return int64(k)
		}
		if k < 0 || s < 0.013 && v > s {
			continue
		}
		if elementary.Log(v*inverse/(a/float64(s*s)+b)) <= float64(k*log)-mean-logFactorial(k) {
			return int64(k)
		}
	}
}

// logFactorial returns log k!, by Stirling's series from 10 on, whose error is below 10⁻¹⁰ there.
func logFactorial(k float64) float64 {
	if k < 10 {
		product := 1.0
		for i := 2.0; i <= k; i++ {
			product *= i
		}
		return elementary.Log(product)
	}
	const halfLog2Pi = 0.918938533204672741780329736406
	x := k + 1 // Γ(x) = k!
	y := 1 / float64(x*x)
	series := (1.0/12 - float64(y*(1.0/360-float64(y*(1.0/1260-y/1680))))) / x
	return float64((x-0.5)*elementary.Log(x)) - x + halfLog2Pi + series
}
