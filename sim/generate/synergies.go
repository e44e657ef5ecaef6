package generate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"partsnet/internal/elementary"
	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Synergies says what activity of leg muscles to make: in each of two conditions, steps of
// 100 points in time, in which four groups of muscles are driven one after the other. Muscle j
// has the rate
//
//	v_j(t) = [ Σ_k a_k c_k(t) m_kj (1 + Noise z) ]₊
//
// with the weights m_k of synergy k, its time course c_k, a Gaussian bump on the circle of the
// cycle, its amplitude a_k, which differs from step to step by a tenth, and a standard normal
// number z for each rate. Noise in proportion to the rate is what rectified and smoothed
// electromyograms have.
//
// The problem is that of Tresch, Saltiel & Bizzi (1999, Nature Neuroscience 2:162–167). Weights
// and time courses are made up.
type Synergies struct {
	Cycles  int     // steps of each condition, ≥ 1; default 10
	Missing int     // synergy that is silent in the second condition, from 1, 0 for none; default 0
	Noise   float64 // relative standard deviation of a rate, 0 to 1; default 0.1
}

// The size of the problem.
const (
	cyclePoints    = 100
	synergyCount   = 4
	cycleWidth     = 0.09 // standard deviation of a time course, in cycles
	cycleAmplitude = 0.1  // standard deviation of the amplitude of a synergy in a step
)

var conditions = [...]string{"walking", "running"}

// muscles are those of a leg, in the usual abbreviations: gluteus medius and maximus, tensor
// fasciae latae, rectus femoris, vastus medialis and lateralis, semitendinosus, biceps femoris,
// tibialis anterior, peroneus longus, gastrocnemius medialis and lateralis, soleus.
var muscles = []string{"ME", "MA", "FL", "RF", "VM", "VL", "ST", "BF", "TA", "PL", "GM", "GL", "SO"}

// synergies are the four groups: when they are active in the cycle, and the weights of their
// muscles.
var synergies = [synergyCount]struct {
	name   string
	centre float64 // in cycles
	weight map[string]float64
}{
	{"weight acceptance", 0.10, map[string]float64{"ME": 0.7, "MA": 0.8, "FL": 0.4, "RF": 0.5, "VM": 1, "VL": 0.95}},
	{"propulsion", 0.42, map[string]float64{"PL": 0.8, "GM": 1, "GL": 0.9, "SO": 0.85}},
	{"early swing", 0.65, map[string]float64{"FL": 0.5, "RF": 0.6, "TA": 1}},
	{"late swing", 0.90, map[string]float64{"MA": 0.2, "ST": 1, "BF": 0.9, "TA": 0.3}},
}

// Describe describes the generator.
func (Synergies) Describe() Description {
	return Description{Name: "synergies", Doc: "activity of leg muscles in steps of walking and running", Parts: "4 muscle synergies", Source: "the problem of Tresch, Saltiel & Bizzi 1999", Example: "synergies"}
}

// Parameters are the number of steps, the synergy that is missing in running, and the noise.
func (s *Synergies) Parameters() []Parameter {
	return []Parameter{
		{Key: "synergies.cycles", Doc: "number of steps in each of the two conditions, of 100 points in time each", Value: &s.Cycles, Low: 1, High: 10_000},
		{Key: "synergies.missing", Doc: "number of the synergy that is silent in the second condition, from 1 to 4; 0 for none", Value: &s.Missing, High: synergyCount},
		{Key: "synergies.noise", Doc: "standard deviation of each rate relative to the rate; negative rates become 0", Value: &s.Noise, High: 1},
	}
}

// Validate returns an error for the first parameter that is out of range.
func (s Synergies) Validate() error { return inRange(&s) }

// Extent is 100 points of each step in both conditions, of 13 muscles.
func (s Synergies) Extent() network.Extent {
	return network.DenseExtent(len(conditions)*s.Cycles*cyclePoints, len(muscles))
}

// Generate draws the rates. A stimulus is a point in time, named by its condition, step and
// share of the cycle. The truth holds the weights of the synergies as parts and their activity
// as codes. The same stream gives the same stimuli.
func (s Synergies) Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	e, n := s.Extent(), len(muscles)
	truth := &stimulus.Truth{Kind: s.Describe().Name, Parts: make([]float64, synergyCount*n), Codes: make([]float64, e.Stimuli*synergyCount)}
	for k, y := range synergies {
		truth.Names = append(truth.Names, "synergy: "+y.name)
		for j, muscle := range muscles {
			truth.Parts[k*n+j] = y.weight[muscle]
		}
	}
	set := &stimulus.Set{
		Rates: make([]float64, e.Stimuli*n), Count: e.Stimuli, Size: n, Neurons: muscles, Truth: truth,
		Source: fmt.Sprintf("generated muscle synergies, %d steps of %s and %s", s.Cycles, conditions[0], conditions[1]),
	}
	i := 0
	for c, condition := range conditions {
		for cycle := range s.Cycles {
			if err := ended(ctx); err != nil {
				return nil, err
			}
			var amplitude [synergyCount]float64
			for k := range amplitude {
				amplitude[k] = max(0, 1+float64(cycleAmplitude*normal(rng)))
				if c == 1 && k+1 == s.Missing {
					amplitude[k] = 0
				}
			}
			step := fmt.Sprint("step ", cycle+1)
			set.Recordings = append(set.Recordings, stimulus.Recording{Name: condition + ", " + step, Condition: condition, Trial: step, From: i, To: i + cyclePoints})
			for point := range cyclePoints {
				set.Names = append(set.Names, fmt.Sprintf("%s, %s, %d %%", condition, step, point*100/cyclePoints))
				code, row := truth.Codes[i*synergyCount:(i+1)*synergyCount], set.Row(i)
				for k, y := range synergies {
					code[k] = amplitude[k] * bump(float64(point)/cyclePoints, y.centre)
				}
				for j := range row {
					rate := 0.0
					for k, x := range code {
						rate += float64(x * truth.Parts[k*n+j])
					}
					row[j] = max(0, rate*(1+float64(s.Noise*normal(rng))))
				}
				i++
			}
		}
	}
	return set, nil
}

// bump is the activity at a time of a cycle that repeats, both in cycles: a Gaussian of the
// distance on the circle.
func bump(time, centre float64) float64 {
	d := math.Abs(time - centre)
	d = min(d, 1-d) / cycleWidth
	return elementary.Exp(-float64(d*d) / 2)
}
