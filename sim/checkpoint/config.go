package checkpoint

import (
	"errors"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Config returns the experiment of a run that was interrupted, by its newest checkpoint that
// is whole; nil where there is none.
func Config(partial string) *experiment.Experiment {
	for _, path := range record.CheckpointsIn(partial) {
		c, err := open(path)
		if err != nil {
			continue
		}
		x, err := experiment.ReadResolved(path, []byte(c.Config))
		if errors.Join(err, c.close()) == nil {
			return x
		}
	}
	return nil
}
