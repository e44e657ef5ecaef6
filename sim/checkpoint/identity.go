package checkpoint

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
)

// Identity is what a run and what it is continued from must have in common.
type Identity struct {
	Version string            // of the program
	Build   string            // what else of the program its bits may depend on
	Config  string            // the resolved experiment
	Stimuli string            // checksum
	Inputs  map[string]string // checksums of the files that the config names
	Kernel  string
}

// Of returns the identity of a run whose inputs were proved, made by that version of the
// program.
func Of(x *experiment.Experiment, in *inputs.Inputs, version string) Identity {
	return Identity{
		Version: version, Build: fmt.Sprintf("by %s for %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
		Config: x.TOML(), Stimuli: in.Checksum, Inputs: in.Files, Kernel: kernel.Level(),
	}
}

// matches returns an error that spells out how the config, the files that it names, the
// stimuli, the program or the kernel of the checkpoint differ from those of the run.
func (c *Identity) matches(run Identity) error {
	if d := changes(c.Config, run.Config); d != nil {
		return fmt.Errorf("the config is another: %s; use the same config, or another place with --out", strings.Join(d, "; "))
	}
	for _, path := range slices.Sorted(maps.Keys(c.Inputs)) {
		if run.Inputs[path] != c.Inputs[path] {
			return fmt.Errorf("the data are others: %s was changed, its SHA-256 was %.16s… and is %.16s…", path, c.Inputs[path], run.Inputs[path])
		}
	}
	switch {
	case c.Stimuli != run.Stimuli:
		return fmt.Errorf("the stimuli are others: their checksum was %s and is %s", c.Stimuli, run.Stimuli)
	case c.Version != run.Version:
		return fmt.Errorf("the program is another, of version %s, and the checkpoint is of version %s: they may round differently; continue with that version, or choose another place with --out", run.Version, c.Version)
	case c.Build != run.Build:
		return fmt.Errorf("the program was built otherwise, %s, and that of the checkpoint %s: they may round differently; continue with that build, or choose another place with --out", run.Build, c.Build)
	case c.Kernel != run.Kernel:
		return fmt.Errorf("the kernel is another, %s instead of %s, which would round differently; %s=%s continues with the same bits", run.Kernel, c.Kernel, kernel.Variable, c.Kernel)
	}
	return nil
}

// changes returns the keys in which two resolved configs differ, with both values.
func changes(was, is string) []string {
	if was == is {
		return nil
	}
	before, err := experiment.Read("the config of the checkpoint", []byte(was), nil)
	if err != nil {
		return []string{err.Error()}
	}
	after, err := experiment.Read("the config of the run", []byte(is), nil)
	if err != nil {
		return []string{err.Error()}
	}
	return experiment.Diff(before, after)
}
