package sim

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"partsnet/sim/experiment"
)

// sources are where the parts of an experiment come from.
var sources = map[string]string{
	"paper":              "Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791.",
	"poisson":            "Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791.",
	"poisson-free":       "Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
	"gaussian":           "Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
	"lateral-inhibition": "Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
	"relaxation":         "Salakhutdinov R, Roweis S (2003). Adaptive overrelaxed bound optimization methods. Proceedings of the 20th International Conference on Machine Learning, 664–671.",
	"hoyer":              "Hoyer PO (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning Research 5:1457–1469.",
	"lloyd":              "Lloyd SP (1982). Least squares quantization in PCM. IEEE Transactions on Information Theory 28:129–137.",
}

// Cite returns the methods of a finished run in words, with its version and the
// sources, for a paper.
func Cite(dir string) (string, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return "", err
	}
	config, err := os.ReadFile(filepath.Join(dir, configFile))
	if err != nil {
		return "", err
	}
	x, err := experiment.Read(filepath.Join(dir, configFile), config, nil)
	if err != nil {
		return "", err
	}
	c := &citation{}
	c.cite("paper")
	c.say("A network of %d visible and %d hidden neurons with non-negative firing rates and excitatory synapses (Lee & Seung 1999) was trained with partsnet %s (%s, %s kernel, %s precision) on %d stimuli (%s; SHA-256 %.16s…).",
		m.Stimuli.Size, x.Hidden, m.Version, m.Platform.Go, m.Platform.Kernel, x.Precision, m.Stimuli.Count, m.Stimuli.Source, m.Stimuli.SHA256)
	switch x.Stimulus.Scaling {
	case "none":
		c.say("Stimuli were used as they are.")
	case "lee-seung":
		c.say("Each stimulus was scaled linearly so that mean and standard deviation (%s) of its values were 0.25, then clipped to the range from 0 to 1.", x.Stimulus.SD)
	default:
		c.say("Stimuli were scaled by %q.", x.Stimulus.Scaling)
	}
	c.say("Weights started uniformly between %v and %v, hidden rates at their share of the stimulus times a factor between %v and %v (seed %d).",
		x.Start.Low, x.Start.High, 1-x.Start.Spread, 1+x.Start.Spread, x.Seed)
	c.say("In each of %d epochs rates were updated %s by the circuit %q and synapses by the rule %q (order %q), which lower %s; the run ended because %s.",
		m.Epochs, times(x.Recognition.Steps), x.Recognition.Circuit, x.Learning.Rule, x.Learning.Order, objectiveWords[m.Objective.Symbol], m.Stopped)
	c.cite(x.Learning.Rule)
	c.cite(x.Recognition.Circuit)
	if x.Learning.Relaxation != 1 {
		c.say("Each multiplicative update was raised to the power %v (over-relaxation; Salakhutdinov & Roweis 2003).", x.Learning.Relaxation)
		c.cite("relaxation")
	}
	c.say("It ended at %s = %.6g with %d rises on the way.", m.Objective.Symbol, m.Objective.Last, m.Objective.Rises)
	if h, ok := m.Measures["hoyer_parts"]; ok {
		c.say("The sparseness (Hoyer 2004) was %.3f over the parts and %.3f over the rates.", h, m.Measures["hoyer_rates"])
		c.cite("hoyer")
	}
	if len(x.Constraints) > 1 {
		c.say("It was compared with networks under the constraints %s.", strings.Join(x.Constraints[1:], " and "))
		c.cite("lloyd")
	}
	return strings.Join(c.sentences, " ") + "\n\nReferences\n\n" + strings.Join(c.references, "\n") + "\n", nil
}

var objectiveWords = map[string]string{
	"D": "the generalised Kullback–Leibler divergence D between stimuli and predictions",
	"E": "half the squared error E between stimuli and predictions",
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// citation is a text in the making.
type citation struct{ sentences, references []string }

func (c *citation) say(format string, args ...any) {
	c.sentences = append(c.sentences, fmt.Sprintf(format, args...))
}

// cite adds a source, once.
func (c *citation) cite(key string) {
	source, ok := sources[key]
	for _, r := range c.references {
		ok = ok && r != source
	}
	if ok {
		c.references = append(c.references, source)
	}
}
