package measure

import (
	"iter"
	"math"
)

// squaredErrors are the measures that follow from the squared error of the prediction P = HW
// of m stimuli of n rates, of those that are known:
//
//	squared_error        E = ½ Σ ( v − p )²
//	rmse                 √( 2 E / (m n) )          less what is missing
//	explained_variance   1 − 2 E / Σ ( v − v̄ )²     see [Variation]; not defined if all stimuli are alike
//	explained_energy     1 − 2 E / Σ v²
//	explained_deviation  1 − 2 E / Σ ( v − v̿ )²    v̿ the mean of all rates; not defined if they are alike
var squaredErrors = []Measure{
	{
		Name: "squared_error", Doc: "half the squared error E of the prediction",
		Formula: "E = ½ Σ ( v − p )²", Unit: "rate²", High: inf,
		Error: "gaussian",
		of:    func(l *Learned) (float64, bool) { return l.squaredError() },
	},
	{
		Name: "rmse", Doc: "root of the mean squared error of the prediction",
		Formula: "√( 2 E / (m n) )", Unit: "rate", High: inf,
		Error: "gaussian",
		of: func(l *Learned) (float64, bool) {
			e, ok := l.squaredError()
			return math.Sqrt(2 * e / float64(l.Stimuli*l.Visible-l.Shown.Missing)), ok
		},
	},
	{
		Name: ExplainedVariance, Doc: "1 − squared error / squared deviation from the mean stimulus",
		Formula: "R² = 1 − 2 E / Σ ( v − v̄ )²", Low: -inf, High: 1,
		Error: "gaussian",
		of: func(l *Learned) (float64, bool) {
			e, ok := l.squaredError()
			return 1 - 2*e/l.Shown.Variation, ok
		},
	},
	{
		Name: ExplainedEnergy, Doc: "1 − squared error / sum of squared stimuli",
		Formula: "VAF = 1 − 2 E / Σ v²", Low: -inf, High: 1,
		Error: "gaussian",
		of: func(l *Learned) (float64, bool) {
			e, ok := l.squaredError()
			return 1 - 2*e/l.Shown.Energy, ok
		},
	},
	{
		Name: ExplainedDeviation, Doc: "1 − squared error / squared deviation from the mean of all rates: R² in the literature on muscle synergies",
		Formula: "1 − 2 E / Σ ( v − v̿ )²", Source: "Santuz 2022", Low: -inf, High: 1,
		Error: "gaussian",
		of: func(l *Learned) (float64, bool) {
			e, ok := l.squaredError()
			return 1 - 2*e/l.Shown.Deviation, ok && l.Shown.Deviation > 0
		},
	},
}

// Names of the three shares of the stimuli that are explained.
const (
	ExplainedEnergy    = "explained_energy"
	ExplainedVariance  = "explained_variance"
	ExplainedDeviation = "explained_deviation"
)

// ExplainedShares are their names.
var ExplainedShares = []string{ExplainedEnergy, ExplainedVariance, ExplainedDeviation}

// Variation returns the squared deviation of the m stimuli v of n rates each from the mean
// rate of each visible neuron,
//
//	Σ_ij ( v_ij − v̄_j )²        v̄_j = Σ_i v_ij / m
func Variation(v iter.Seq[float64], m, n int) float64 {
	mean := make([]float64, n)
	i := 0
	for x := range v {
		mean[i%n] += x / float64(m)
		i++
	}
	sum := 0.0
	i = 0
	for x := range v {
		d := x - mean[i%n]
		sum += float64(d * d)
		i++
	}
	return sum
}
