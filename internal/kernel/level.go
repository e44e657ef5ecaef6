package kernel

import (
	"fmt"
	"os"
	"strings"
)

// The names of levels.
const (
	avx512   = "avx512"
	avx2     = "avx2"
	neon     = "neon"
	portable = "portable"
)

// levels names the implementations that this machine can run, the fastest
// first. The last is always "portable".
var levels = append(vectorLevels(), portable)

// level is the implementation in use.
var level = levels[0]

// Variable is the environment variable that forces a level for a whole program.
const Variable = "PARTSNET_KERNEL"

// Level returns the name of the implementation in use: "avx512", "avx2", "neon" or
// "portable".
func Level() string { return level }

// Levels returns the names of all implementations that this machine can run,
// the fastest first.
func Levels() []string { return levels }

// Force chooses an implementation, for tests and measurements. It is not for
// use while kernels run, nor with [Synapses] and [Scratch] made before. The error
// names the levels that there are.
func Force(name string) error {
	for _, l := range levels {
		if l == name {
			level = name
			return nil
		}
	}
	return fmt.Errorf("there is no kernel level %q on this machine; allowed are %s", name, strings.Join(levels, ", "))
}

// environment is what was wrong with [Variable] when the program started.
var environment = force(os.Getenv(Variable))

func force(name string) error {
	if name == "" {
		return nil
	}
	if err := Force(name); err != nil {
		return fmt.Errorf("%s: %w", Variable, err)
	}
	return nil
}

// Environment returns an error if [Variable] names a level that this machine
// cannot run; the fastest is then in use.
func Environment() error { return environment }
