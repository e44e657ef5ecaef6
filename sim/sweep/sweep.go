package sweep

import (
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/campaign"
	"partsnet/sim/config"
	"partsnet/sim/experiment"
)

// Sweep is an experiment and the values that some of its keys take.
//
//	[sweep]
//	seeds = 10                             # seed, seed + 1, ... of the experiment
//	best = "highest explained_variance"    # which cell is named as the best
//	[sweep.grid]                           # all combinations
//	network.hidden = [4, 8, 16]
//	learning.relaxation = [1.0, 1.5]
//	[sweep.zip]                            # the first values together, the second ones, ...
//	recognition.circuit = ["divisive-error", "lateral-inhibition"]
//	learning.rule = ["poisson", "gaussian"]
//	[[sweep.drop]]                         # cells with all of these values are left out
//	network.hidden = 16
//	learning.rule = "gaussian"
//	[sweep.slurm]                          # options of --engine slurm
//	partition = "short"
type Sweep struct {
	Name    string
	Seeds   int    // runs of each cell
	First   int64  // their seeds are First, First + 1, ...
	Best    Target // which cell is named as the best
	Axes    []Axis // in the order in which they were given
	Cells   []Cell // all combinations but those that are left out, the last axis fastest
	Dropped int    // combinations that are left out
	Source  string // the text that was read, with what the command line adds as comments
	Slurm   campaign.SlurmOptions

	configs map[string]string // checksum of each run by its key, see [Sweep.sums]
}

// Axis is a key and the values that it takes.
type Axis struct {
	Key    string
	Values []any
	zipped bool // with all other axes that are
}

// ofNetwork begin the keys that say how a network learns, and not what it is shown.
var ofNetwork = []string{"network.", "recognition.", "learning.", "synapses.", "rates.", "stack.", "bootstrap.", "checkpoint.", "look."}

// ofStimuli reports whether the key of an axis says what the network is shown.
func (a Axis) ofStimuli() bool {
	return strings.Contains(a.Key, ".") && !slices.ContainsFunc(ofNetwork, func(begin string) bool { return strings.HasPrefix(a.Key, begin) })
}

// Cell is one combination of values.
type Cell struct {
	Values []any                    // one an axis
	Runs   []*experiment.Experiment // one a seed
}

// Text returns a value as tables and figures have it: as TOML, but a text without quotation marks.
func Text(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return config.Literal(value)
}

// Title says which cell it is: "network.hidden = 4, learning.rule = poisson". It is "" if there is no
// axis.
func (s *Sweep) Title(c Cell) string {
	var words []string
	for k, a := range s.Axes {
		words = append(words, fmt.Sprintf("%s = %s", a.Key, Text(c.Values[k])))
	}
	return strings.Join(words, ", ")
}

// key is the name of run k of a cell in the ledger.
func (s *Sweep) key(c Cell, k int) string {
	seed := fmt.Sprintf("seed %d", s.First+int64(k))
	if title := s.Title(c); title != "" {
		return title + ", " + seed
	}
	return seed
}
