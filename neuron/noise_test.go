package neuron_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"partsnet/neuron"
)

// TestNoiseHasItsMoments compares mean, variance and third moment of many draws with those of the
// distribution, within five standard errors; means of both methods of drawing are among them.
func TestNoiseHasItsMoments(t *testing.T) {
	const draws = 200_000
	for _, c := range []struct {
		noise          neuron.Noise
		v              float64
		mean, variance float64
		skew           float64 // E (x − mean)³
	}{
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 4}, 0.25, 0.25, 0.25 / 4, 0.25 / 16},
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 1}, 9.5, 9.5, 9.5, 9.5},
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 1}, 10.5, 10.5, 10.5, 10.5},
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 100}, 0.7, 0.7, 0.007, 0.00007},
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 1}, 3000, 3000, 3000, 3000},
		{neuron.Noise{Kind: neuron.GaussianNoise, SD: 0.5}, 10, 10, 0.25, 0},
		// rectified at zero: mean SD/√(2π), second moment SD²/2
		{neuron.Noise{Kind: neuron.GaussianNoise, SD: 2}, 0, 2 / math.Sqrt(2*math.Pi), 2 - 4/(2*math.Pi), 8 * (2/math.Sqrt(2*math.Pi) - 3*0.5/math.Sqrt(2*math.Pi) + 2/math.Pow(2*math.Pi, 1.5))},
	} {
		chance, sums := rand.NewPCG(1, 2), [3]float64{}
		for range draws {
			d := c.noise.Of(c.v, chance) - c.mean
			sums[0] += d
			sums[1] += d * d
			sums[2] += d * d * d
		}
		sd := math.Sqrt(c.variance)
		for k, want := range []float64{0, c.variance, c.skew} {
			got, error := sums[k]/draws, 5*math.Pow(sd, float64(k+1))*[]float64{1, 2, 6}[k]/math.Sqrt(draws)
			if math.Abs(got-want) > error {
				t.Errorf("%v of %v: moment %d about the mean is %v, want %v ± %v", c.noise, c.v, k+1, got, want, error)
			}
		}
	}
}

// TestPoissonHasItsProbabilities compares how often each count is drawn with its probability, of
// means of both methods, by χ² with its expectation and five standard deviations.
func TestPoissonHasItsProbabilities(t *testing.T) {
	const draws = 100_000
	for _, mean := range []float64{0.5, 9.99, 10, 37.5} {
		n, chance := neuron.Noise{Kind: neuron.PoissonNoise, Gain: 1}, rand.NewPCG(3, 4)
		seen := map[int]int{}
		for range draws {
			seen[int(n.Of(mean, chance))]++
		}
		p, chi, cells := math.Exp(-mean), 0.0, 0.0
		for k := range 200 {
			if k > 0 {
				p *= mean / float64(k)
			}
			if expected := p * draws; expected > 5 {
				d := float64(seen[k]) - expected
				chi += d * d / expected
				cells++
			}
		}
		if chi > cells+5*math.Sqrt(2*cells) {
			t.Errorf("mean %v: χ² = %v of %v counts", mean, chi, cells)
		}
	}
}

// TestNoiseIsAPromise pins the first numbers of noise: experiments published with a seed depend on
// them, on every machine.
func TestNoiseIsAPromise(t *testing.T) {
	for _, c := range []struct {
		noise neuron.Noise
		v     float64
		want  [3]float64
	}{
		{neuron.Noise{Kind: neuron.GaussianNoise, SD: 1, Seed: 7}, 5, [3]float64{5.5238196157844826, 3.8120531228660983, 5.194045836085765}},
		{neuron.Noise{Kind: neuron.PoissonNoise, Gain: 10, Seed: 7}, 5, [3]float64{5.5, 4.9, 5.4}},
	} {
		var chance rand.PCG
		c.noise.SeedOf(&chance, 3, 0)
		for k, want := range c.want {
			if got := c.noise.Of(c.v, &chance); got != want {
				t.Errorf("%v: number %d is %v, want %v", c.noise, k, got, want)
			}
		}
	}
}

// TestNoiseLeavesOut demands that what is not seen stays, and that silence under Poisson noise is
// silence.
func TestNoiseLeavesOut(t *testing.T) {
	v, seen := []float64{0, 1, 2, 0}, []uint64{3}
	to := make([]float64, 4)
	neuron.Add(neuron.Noise{Kind: neuron.PoissonNoise, Gain: 3}, to, v, seen, rand.NewPCG(1, 1))
	if to[0] != 0 || to[2] != 2 || to[3] != 0 {
		t.Errorf("%v became %v", v, to)
	}
	neuron.Add(neuron.Noise{Kind: neuron.GaussianNoise, SD: 1}, to, v, seen, rand.NewPCG(1, 1))
	if to[2] != 2 || to[3] != 0 || to[1] == 1 {
		t.Errorf("%v became %v", v, to)
	}
}
