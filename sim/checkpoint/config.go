package checkpoint

import (
	"errors"
	"os"
	"path/filepath"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Config returns the experiment of a run that was interrupted: that of the config in its folder
// or, because earlier versions wrote the config at the end, of its newest whole checkpoint. It
// returns nil if there is neither.
func Config(partial string) *experiment.Experiment {
	path := filepath.Join(partial, record.ConfigFile)
	if text, err := os.ReadFile(path); err == nil {
		if x, err := experiment.ReadResolved(path, text); err == nil {
			return x
		}
	}
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
