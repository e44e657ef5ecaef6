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

// Identity is what a run and its checkpoint must have in common.
type Identity struct {
	Version string            // of the program
	Build   string            // compiler and platform, on which bits may depend too
	Config  string            // the resolved experiment
	Stimuli string            // checksum
	Inputs  map[string]string // checksums of the files that the config names
	Kernel  string
}

// Of returns the identity of a run of that version of the program. The checksums of the inputs
// must have been computed ([inputs.Inputs.Prove]).
func Of(x *experiment.Experiment, in *inputs.Inputs, version string) Identity {
	return Identity{
		Version: version, Build: fmt.Sprintf("by %s for %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
		Config: x.TOML(), Stimuli: in.Checksum, Inputs: in.Files, Kernel: kernel.Level(),
	}
}

// matches returns an error that says how the config, the files that it names, the stimuli, the
// program or the kernel of the checkpoint differ from those of the run.
func (c *Identity) matches(run Identity) error {
	if d := changes(c.Config, run.Config); d != nil {
		return fmt.Errorf("the config differs: %s; use the same config, or another place with --out", strings.Join(d, "; "))
	}
	for _, path := range slices.Sorted(maps.Keys(c.Inputs)) {
		if run.Inputs[path] != c.Inputs[path] {
			return fmt.Errorf("the data differ: %s was changed; its SHA-256 was %.16s… and is %.16s…", path, c.Inputs[path], run.Inputs[path])
		}
	}
	switch {
	case c.Stimuli != run.Stimuli:
		return fmt.Errorf("the stimuli differ: their checksum was %s and is %s", c.Stimuli, run.Stimuli)
	case c.Version != run.Version:
		return fmt.Errorf("the program has version %s and the checkpoint version %s, which may round differently; continue with that version, or choose another place with --out", run.Version, c.Version)
	case c.Build != run.Build:
		return fmt.Errorf("the program was built %s and that of the checkpoint %s, which may round differently; continue with that build, or choose another place with --out", run.Build, c.Build)
	case c.Kernel != run.Kernel:
		return fmt.Errorf("the kernel is %s and that of the checkpoint %s, which rounds differently; set %s=%s to continue with the same bits", run.Kernel, c.Kernel, kernel.Variable, c.Kernel)
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
