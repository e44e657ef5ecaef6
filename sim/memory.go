package sim

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"unsafe"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
)

// available returns the bytes of memory that this process can use, as far as the
// system says: what is free, and not more than the limit of its control group. ok is
// false where nothing is known. Tests put another in its place.
var available = func() (bytes float64, ok bool) {
	bytes = math.Inf(1)
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if rest, found := strings.CutPrefix(line, "MemAvailable:"); found {
				if kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64); err == nil {
					bytes = kib * 1024
				}
			}
		}
	}
	limit, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err == nil {
		if most, err := strconv.ParseFloat(strings.TrimSpace(string(limit)), 64); err == nil {
			if text, err := os.ReadFile("/sys/fs/cgroup/memory.current"); err == nil {
				if used, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64); err == nil {
					bytes = min(bytes, most-used)
				}
			}
		}
	}
	return bytes, !math.IsInf(bytes, 1)
}

// affordable returns an error if learning m stimuli of n visible neurons with the
// experiment needs more memory than there is, held how many rates. It is an estimate:
// stimuli twice (as read and in the precision of the run), hidden rates, and arrays of
// r×n numbers: synapses and their proposal and, for dense stimuli, two copies for the
// kernels and the accumulators.
func affordable[T kernel.Float](x *experiment.Experiment, m, n, held, arrays int) error {
	size := float64(unsafe.Sizeof(T(0)))
	stimuli := float64(held) * (8 + size)
	if x.Stimulus.Map {
		stimuli = 0
	}
	need := stimuli + size*float64(x.Hidden)*(float64(m)+float64(arrays)*float64(n))
	have, ok := available()
	if !ok || need <= have {
		return nil
	}
	return &RequestError{fmt.Errorf("learning %d stimuli of %d visible with %d hidden neurons needs about %.1f GiB of memory, and %.1f GiB are to be had; choose fewer hidden neurons, precision = \"float32\", or stimulus.map = true for dense stimuli in an .npy file",
		m, n, x.Hidden, need/(1<<30), have/(1<<30))}
}
