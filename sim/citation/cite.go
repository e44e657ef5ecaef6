// Package citation writes the Methods paragraph of a finished run, with references.
package citation

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/program"
	"partsnet/sim/rundir"
)

// Sources of what does not depend on circuit and rule.
const (
	leeSeung1999      = "Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791."
	salakhutdinov2003 = "Salakhutdinov R, Roweis S (2003). Adaptive overrelaxed bound optimization methods. Proceedings of the 20th International Conference on Machine Learning, 664–671."
	lloyd1982         = "Lloyd SP (1982). Least squares quantization in PCM. IEEE Transactions on Information Theory 28:129–137."
	hoyer2004         = "Hoyer PO (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning Research 5:1457–1469."
)

// The measures that are quoted.
const (
	hoyerParts = "hoyer_parts"
	hoyerRates = "hoyer_rates"
)

// Cite returns a Methods paragraph of a finished run for a paper: what was trained, on what
// stimuli, how, with which program, and the sources of the methods. It returns an error if the
// directory is not that of a finished run, its config was changed, or what is quoted from the
// manifest is not what was recorded.
func Cite(dir string) (string, error) {
	saved, err := rundir.Open(dir)
	if err == nil {
		err = check(saved)
	}
	if err != nil {
		return "", err
	}
	m, x := saved.Manifest, saved.Experiment
	c := &citation{}
	c.cite(leeSeung1999)
	software, build := program.Cite(m.Version)
	if build != "" {
		build = fmt.Sprintf("SHA-256 of the program %s…; ", build)
	}
	c.say("A network of %d visible and %d hidden neurons with non-negative firing rates and excitatory synapses (Lee & Seung 1999) was trained with %s (%s%s on %s/%s, %s kernel, %s precision; rates and weights below %v were set to zero).",
		m.Stimuli.Size, x.Hidden, software, build, m.Platform.Go, m.Platform.OS, m.Platform.Arch, m.Platform.Kernel, x.Precision, x.Floor)
	c.stimuli(m, x)
	rule, err := experiment.Rule[float64](x)
	if err != nil {
		return "", err
	}
	circuit, err := experiment.Circuit[float64](x)
	if err != nil {
		return "", err
	}
	c.start(x, circuit, rule)
	c.learning(m, x, circuit, rule)
	if chosen := m.Chosen; chosen != nil {
		c.say("The number of hidden neurons was chosen: %s.", chosen.Why)
	}
	if x.Restarts > 1 {
		c.say("Of %d random starts the one with the lowest objective was kept.", x.Restarts)
	}
	rose := fmt.Sprintf("with %d rises on the way", m.Objective.Rises)
	if m.Objective.Rises == 1 {
		rose = "with 1 rise on the way"
	}
	c.say("It ended at %s = %.6g %s.", m.Objective.Symbol, m.Objective.Last, rose)
	c.sparseness(m)
	c.stack(x)
	for _, other := range x.Constraints[1:] {
		if other == experiment.OneActive {
			c.say("It was compared with a network of which one hidden neuron was active at a time (vector quantisation; Lloyd 1982).")
			c.cite(lloyd1982)
		} else {
			c.say("It was compared with a network of orthonormal synapses and signed rates (principal components of stimuli that were not centred).")
		}
	}
	if t := m.Timing; t.Seconds > 0 {
		c.say("The run was started on %s and took %.3g s on %d processors.", t.Started.Format("2 January 2006"), t.Seconds, m.Platform.Processors)
	}
	return strings.Join(c.sentences, " ") + "\n\nReferences\n\n" + strings.Join(c.references, "\n") + "\n", nil
}

// stimuli says what was shown and how it was scaled.
func (c *citation) stimuli(m *rundir.Manifest, x *experiment.Experiment) {
	c.say("It was shown %d stimuli (%s; SHA-256 of their values %.16s…%s).", m.Stimuli.Count, m.Stimuli.Source, m.Stimuli.SHA256, fileSums(m))
	scaling := m.Stimuli.Scaling
	if scaling == "" {
		scaling = x.Stimulus.Scaling // older manifests do not say what auto was
	}
	switch scaling {
	case "none":
		c.say("Stimuli were used as they are.")
	case "lee-seung":
		c.say("Each stimulus was scaled linearly so that mean and standard deviation (%s) of its values were 0.25, then clipped to the range from 0 to 1 (Lee & Seung 1999).", x.Stimulus.SD)
	case "shifted":
		c.say("Each stimulus was scaled linearly so that its values had the mean %v and the standard deviation (%s) 0.25, and what fell below 0 became 0.", x.Stimulus.Offset, x.Stimulus.SD)
	case "unit-maximum":
		if top := m.Stimuli.Constants["maximum"]; top > 0 {
			c.say("Stimuli were divided by the largest of their values, %v.", top)
		} else {
			c.say("Stimuli were divided by the largest of their values.")
		}
	default:
		c.say("Stimuli were scaled by %q.", scaling)
	}
	if x.Stimulus.Levels > 0 {
		c.say("Values were rounded down to multiples of 1/%d.", x.Stimulus.Levels)
	}
	c.partial(m, x)
	if x.Stimulus.Path != "" && x.Stimulus.Words == "" && m.Files[rundir.WordsFile] != "" { // documents
		c.say("Words are runs of letters (%s) in lower case with at least %d letters that at least %d documents have; of them the %d most common were left out and the next %d kept.", x.Text.Alphabet, x.Text.MinLength, x.Text.MinDocuments, x.Text.Skip, x.Text.Keep)
	}
}

// partial says how many values of the stimuli the network was not shown.
func (c *citation) partial(m *rundir.Manifest, x *experiment.Experiment) {
	s := &m.Stimuli
	if s.Missing > 0 {
		c.say("Of their %d values %d were missing.", s.Count*s.Size, s.Missing)
	}
	if s.Hidden > 0 {
		var how []string
		if x.Mask.Path != "" {
			how = append(how, "those that a mask names")
		}
		if x.Mask.Fraction > 0 {
			how = append(how, fmt.Sprintf("the share %v of those that were known, drawn at random", x.Mask.Fraction))
		}
		c.say("Of their %d values %d were hidden from the network (%s), to score how it predicts them.", s.Count*s.Size, s.Hidden, strings.Join(how, "; "))
	}
	if s.Missing+s.Hidden > 0 {
		c.say("A visible neuron without a value sent nothing, its error unit was silent, and objectives and shares that are explained are of the values that were shown.")
	}
}

// learning says how the network learned.
func (c *citation) learning(m *rundir.Manifest, x *experiment.Experiment, circuit network.Circuit[float64], rule learning.Rule[float64]) {
	shown := "all stimuli together"
	if b := x.Learning.Batch; b == 1 {
		shown = "stimuli one by one in random order, synapses changing after each"
	} else if b > 1 {
		shown = fmt.Sprintf("stimuli in random order, synapses changing after every %d", b)
	}
	c.say("In each of %d epochs, with %s, rates were updated %s by the circuit %q%s and synapses by the rule %q%s (order %q), which lower %s; the run ended because %s.",
		m.Epochs, shown, times(x.Recognition.Steps), x.Recognition.Circuit, parameters(x.Recognition.Parameters), x.Learning.Rule, parameters(x.Learning.Parameters),
		x.Learning.Order, rule.Objective().Words()+firingCost(circuit), m.Stopped)
	for _, source := range append(rule.Describe().Sources, circuit.Describe().Sources...) {
		c.cite(source)
	}
	if x.Separate {
		c.say("Synapses from the visible to the hidden layer were apart from those by which it predicts, started from weights of their own, and learned by the same rule.")
	}
	if x.Recognition.Report > 0 {
		c.say("The rates that are reported were recognised anew in %d steps after learning.", x.Recognition.Report)
	}
	if x.Learning.Relaxation != 1 {
		c.say("Each multiplicative update was raised to the power %v (over-relaxation; Salakhutdinov & Roweis 2003).", x.Learning.Relaxation)
		c.cite(salakhutdinov2003)
	}
}

// firingCost says what rates add to the objective of a circuit.
func firingCost(circuit network.Circuit[float64]) string {
	if costly, ok := circuit.(network.SparsityPenalty); ok && costly.SparsityPenalty() > 0 {
		return fmt.Sprintf(", plus %v times the sum of all hidden rates", costly.SparsityPenalty())
	}
	return ""
}

// sparseness says how sparse parts and rates were, as far as it was measured.
func (c *citation) sparseness(m *rundir.Manifest) {
	var said []string
	for _, of := range []struct{ measure, words string }{{hoyerParts, "the parts"}, {hoyerRates, "the rates"}} {
		if h, ok := m.Measures[of.measure]; ok {
			said = append(said, fmt.Sprintf("%.3f over %s", h, of.words))
		}
	}
	if said != nil {
		c.say("The sparseness (Hoyer 2004) was %s.", strings.Join(said, " and "))
		c.cite(hoyer2004)
	}
}

// stack says what layers there were above the first.
func (c *citation) stack(x *experiment.Experiment) {
	if len(x.Stack.Hidden) == 0 {
		return
	}
	var sizes []string
	for _, hidden := range x.Stack.Hidden {
		sizes = append(sizes, fmt.Sprint(hidden))
	}
	c.say("Hidden layers of %s neurons were learned above it, one after the other, each from the rates of the layer below by the same circuit and rule in %d epochs.",
		strings.Join(sizes, ", then "), x.Learning.Epochs)
	if x.Stack.Joint > 0 {
		c.say("Then all layers learned together for %d epochs by up-propagation (Ahn et al. 2004).", x.Stack.Joint)
		for _, source := range (*learning.UpPropagation[float64])(nil).Describe().Sources {
			c.cite(source)
		}
	}
}

// parameters returns parameters and their values in parentheses; "" if there are none.
func parameters(values map[string]float64) string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		said = append(said, fmt.Sprintf("%s %v", name, values[name]))
	}
	if said == nil {
		return ""
	}
	return " (" + strings.Join(said, ", ") + ")"
}

// fileSums returns the checksums of the files that were read.
func fileSums(m *rundir.Manifest) string {
	said := ""
	for _, path := range slices.Sorted(maps.Keys(m.Inputs)) {
		said += fmt.Sprintf("; of the file %s %.16s…", filepath.Base(path), m.Inputs[path])
	}
	return said
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// citation collects the sentences and the references of a text.
type citation struct{ sentences, references []string }

func (c *citation) say(format string, args ...any) {
	c.sentences = append(c.sentences, fmt.Sprintf(format, args...))
}

// cite adds a source, once.
func (c *citation) cite(source string) {
	if !slices.Contains(c.references, source) {
		c.references = append(c.references, source)
	}
}
