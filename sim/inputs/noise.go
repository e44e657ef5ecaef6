package inputs

import (
	"fmt"
	"math/rand/v2"

	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// vary adds frozen noise, which belongs to the stimuli, to the rates of a set that are known.
func vary(x *experiment.Experiment, set *stimulus.Set) error {
	n := x.Noise
	if !n.Frozen {
		return nil
	}
	if set.Counts != nil {
		return fmt.Errorf("noise.kind = %q: %s holds counts, which are whole numbers already drawn by chance; allowed is \"none\"", n.Kind, set.Source)
	}
	n.Seed = stream.New(x.Seed, stream.OfGroup(x.Groups.Only, "stimulus-noise")).Uint64()
	var chance rand.PCG
	for i := range set.Count {
		row := set.Row(i)
		n.SeedOf(&chance, uint64(i), 0)
		var seen []uint64
		if set.Seen != nil {
			seen = set.Seen.Row(i)
		}
		neuron.Add(n, row, row, seen, &chance)
	}
	said := fmt.Sprintf("gaussian noise of standard deviation %v added, rectified", n.SD)
	if n.Kind == neuron.PoissonNoise {
		said = fmt.Sprintf("poisson noise of %v spikes at a rate of 1 added", n.Gain)
	}
	set.Read = append(set.Read, said)
	return nil
}
