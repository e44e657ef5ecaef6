package outcome

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"partsnet/sim/estimate"
	"partsnet/sim/measure"
)

// Choice is how the number of hidden neurons was chosen.
type Choice struct {
	Criterion string
	Explained string  // measure that is to reach the threshold
	Threshold float64 // of the criterion "threshold"
	Tried     []Tried // rising numbers of hidden neurons
	Kept      int     // index of the one that was kept
	Fulfilled bool    // whether it fulfils the criterion; if none does, the largest is kept

	By        map[string]int // for each criterion the index that it chooses, −1 for none
	Residuals []float64      // of the straight line from each number on, NaN where there is none (see [measure.Residuals])
}

// Tried is the result of learning with one number of hidden neurons.
type Tried struct {
	Hidden        int
	Start, Epochs int // of the best start
	Objective     float64
	Shares        // that it explains
	Starts        []Start
	Stability     estimate.Estimate // of the starts; its mean is NaN for one
	HeldOut       estimate.Estimate // share of hidden entries that is predicted, over the folds; its mean is NaN without
}

// Shares is how much of the stimuli is explained; NaN where that is not defined.
type Shares struct{ Energy, Variance, Deviation float64 }

// Share returns one of them by the name of its measure.
func (s Shares) Share(name string) float64 {
	return map[string]float64{measure.ExplainedEnergy: s.Energy, measure.ExplainedVariance: s.Variance, measure.ExplainedDeviation: s.Deviation}[name]
}

// Over returns the mean of a share over the starts, with its interval.
func (t Tried) Over(name string) estimate.Estimate {
	var x []float64
	for _, s := range t.Starts {
		x = append(x, s.Share(name))
	}
	return estimate.Mean(x).Within(math.Inf(-1), 1)
}

// ChoiceOf chooses one of several numbers of hidden neurons.
func ChoiceOf(criterion, explained string, threshold float64, tried []Tried) *Choice {
	c := &Choice{Criterion: criterion, Explained: explained, Threshold: threshold, Tried: tried}
	hidden, deviation := c.Hidden(), c.shares(measure.ExplainedDeviation)
	c.Residuals = measure.Residuals(hidden, deviation)
	c.By = map[string]int{
		measure.LinearFit: measure.FirstOnLine(c.Residuals),
		measure.Threshold: measure.FirstReaching(c.shares(explained), threshold),
		measure.Knee:      measure.Bend(hidden, deviation),
		measure.Stable:    measure.LastStable(c.stability()),
		measure.HeldOut:   measure.WithinOneError(c.heldOut()),
	}
	c.Kept = c.By[criterion]
	if c.Fulfilled = c.Kept >= 0; !c.Fulfilled {
		c.Kept = len(tried) - 1
	}
	return c
}

// Hidden returns the numbers of hidden neurons.
func (c *Choice) Hidden() (hidden []int) {
	for _, t := range c.Tried {
		hidden = append(hidden, t.Hidden)
	}
	return hidden
}

func (c *Choice) shares(name string) (shares []float64) {
	for _, t := range c.Tried {
		shares = append(shares, t.Share(name))
	}
	return shares
}

func (c *Choice) stability() (all []float64) {
	for _, t := range c.Tried {
		all = append(all, t.Stability.Mean)
	}
	return all
}

// heldOut returns the means over the folds and their standard errors.
func (c *Choice) heldOut() (mean, standardError []float64) {
	for _, t := range c.Tried {
		mean, standardError = append(mean, t.HeldOut.Mean), append(standardError, t.HeldOut.SD/math.Sqrt(float64(t.HeldOut.Runs)))
	}
	return mean, standardError
}

// String says in a sentence what was chosen and why.
func (c *Choice) String() string {
	kept, among := c.Tried[c.Kept], numbers(c.Hidden())
	if !c.Fulfilled {
		return fmt.Sprintf("no number of hidden neurons of %s fulfils the criterion %q: %s; the largest, %d, was kept", among, c.Criterion, c.missing(), kept.Hidden)
	}
	neurons := "neurons"
	if kept.Hidden == 1 {
		neurons = "neuron"
	}
	return fmt.Sprintf("%d hidden %s chosen of %s by %q: %s", kept.Hidden, neurons, among, c.Criterion, c.reason())
}

// reason says why the number that was kept fulfils the criterion.
func (c *Choice) reason() string {
	kept := c.Tried[c.Kept]
	switch c.Criterion {
	case measure.LinearFit:
		return fmt.Sprintf("from there on explained_deviation, %.4f, rises along a line (mean squared residual %.2g, below 1e-4)", kept.Deviation, c.Residuals[c.Kept])
	case measure.Threshold:
		return fmt.Sprintf("%s %.4f reaches %v first", c.Explained, kept.Share(c.Explained), c.Threshold)
	case measure.Stable:
		return fmt.Sprintf("it is the largest whose %d starts learn the same parts (stability %.3f, above %v)", len(kept.Starts), kept.Stability.Mean, measure.RecoveredAbove)
	case measure.HeldOut:
		return fmt.Sprintf("it is the first that predicts hidden entries as well as the best does, within one standard error (%.4f of their deviation, over %d folds)", kept.HeldOut.Mean, kept.HeldOut.Runs)
	}
	return fmt.Sprintf("explained_deviation, %.4f, is farthest above the chord", kept.Deviation)
}

// missing says why none does.
func (c *Choice) missing() string {
	switch c.Criterion {
	case measure.LinearFit:
		last := len(c.Tried) - measure.LeastOf(c.Criterion)
		return fmt.Sprintf("the last three values of explained_deviation are not on a line (mean squared residual %.2g, not below 1e-4)", c.Residuals[max(0, last)])
	case measure.Threshold:
		most := c.Tried[0].Share(c.Explained)
		for _, t := range c.Tried {
			most = max(most, t.Share(c.Explained))
		}
		return fmt.Sprintf("%s is at most %.4f, below %v", c.Explained, most, c.Threshold)
	case measure.Stable:
		return fmt.Sprintf("the stability of the starts is at most %.3f, not above %v", slices.Max(c.stability()), measure.RecoveredAbove)
	case measure.HeldOut:
		return "the prediction of hidden entries is not defined"
	}
	return "explained_deviation is nowhere above the chord from the first number to the last"
}

// numbers writes numbers, consecutive ones as a range.
func numbers(all []int) string {
	first, last := all[0], all[len(all)-1]
	if len(all) > 2 && last-first == len(all)-1 {
		return fmt.Sprintf("%d to %d", first, last)
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(all), " ", ", "), "[]")
}
