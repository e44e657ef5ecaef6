package experiment

import (
	"errors"
	"fmt"

	"partsnet/network"
)

// NewNoise reports whether stimuli vary by chance at every presentation.
func (x *Experiment) NewNoise() bool { return !x.Noise.None() && !x.Noise.Frozen }

// checkNoise checks the noise of the stimuli.
func (x *Experiment) checkNoise() error {
	n := x.Noise
	if n.None() {
		if n.SD != 0 || n.Gain != 0 || n.Frozen {
			return fmt.Errorf("noise.sd, noise.gain and noise.frozen with noise.kind = %q; choose a kind", n.Kind)
		}
		return nil
	}
	if err := network.CheckNoise(n); err != nil {
		return fmt.Errorf("noise.%w", err)
	}
	switch {
	case x.Stimulus.Map:
		return errors.New("noise.kind with stimulus.map = true, which uses the file as it is; allowed is stimulus.map = false")
	case x.NewNoise() && len(x.Constraints) > 1:
		return fmt.Errorf("noise that is new at every presentation with network.constraints = %q, of which the others are computed at once; allowed is noise.frozen = true", x.Constraints)
	}
	return nil
}
