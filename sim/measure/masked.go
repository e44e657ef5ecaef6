package measure

import (
	"math"

	"partsnet/internal/elementary"
)

// Hidden are rates that were hidden from a network and are known: entry k is that of visible
// neuron At[k] mod n to stimulus At[k] / n, in rising order.
type Hidden struct {
	At   []int
	Rate []float64
}

// Completion is how predictions fill hidden rates in. Each sum is over the hidden entries.
type Completion struct {
	Entries    int
	Squares    float64 // Σ ( v − p )²
	Divergence float64 // Σ ( v log(v/p) − v + p )
	Variation  float64 // Σ ( v − v̄ )², v̄ the mean of the hidden rates of the same visible neuron
	Departure  float64 // Σ ( v log(v/v̄) − v + v̄ )
}

// Complete predicts the hidden entries of stimuli of n rates from synapses w (r×n) and hidden rates.
func (k *Hidden) Complete(w []float64, h Rates, n int) Completion {
	c := Completion{Entries: len(k.At)}
	mean, count := make([]float64, n), make([]float64, n)
	for e, at := range k.At {
		mean[at%n] += k.Rate[e]
		count[at%n]++
	}
	rates, last := make([]float64, h.Hidden), -1
	for e, at := range k.At {
		i, j, v := at/n, at%n, k.Rate[e]
		if i != last {
			h.Stimulus(i, rates)
			last = i
		}
		p := 0.0
		for a, x := range rates {
			p += float64(x * w[a*n+j])
		}
		c.Squares += float64((v - p) * (v - p))
		middle := mean[j] / count[j]
		c.Variation += float64((v - middle) * (v - middle))
		c.Divergence += p
		c.Departure += middle
		if v > 0 {
			c.Divergence += float64(v*elementary.Log(v/p)) - v
			c.Departure += float64(v*elementary.Log(v/middle)) - v
		}
	}
	return c
}

// RMSE, Deviance and Explained are the measures of a completion.
func (c Completion) RMSE() float64     { return math.Sqrt(c.Squares / float64(c.Entries)) }
func (c Completion) Deviance() float64 { return Deviance(c.Divergence) / float64(c.Entries) }
func (c Completion) Explained() float64 {
	if c.Variation == 0 {
		return math.NaN()
	}
	return 1 - c.Squares/c.Variation
}

// MeanRMSE and MeanDeviance are the measures of the mean stimulus in place of the predictions.
func (c Completion) MeanRMSE() float64     { return math.Sqrt(c.Variation / float64(c.Entries)) }
func (c Completion) MeanDeviance() float64 { return Deviance(c.Departure) / float64(c.Entries) }

// maskeds are the measures of how predictions fill in the rates that mask.path, mask.fraction or
// mask.rectangle hid; they are not defined where none was hidden.
var maskeds = []Measure{
	{
		Name: "masked_rmse", Doc: "root of the mean squared error of the values that a mask hides",
		Formula: "√( mean ( v − p )² ) over hidden values", Unit: "rate", High: inf,
		of: ofHidden(Completion.RMSE),
	},
	{
		Name: "masked_deviance", Doc: "mean Poisson deviance of a value that a mask hides",
		Formula: "mean 2 ( v log(v/p) − v + p ) over hidden values", Source: "Nelder & Wedderburn 1972", Unit: "nats", High: inf,
		of: ofHidden(Completion.Deviance),
	},
	{
		Name: "masked_explained", Doc: "1 − squared error / squared deviation from the mean stimulus, of the values that a mask hides",
		Formula: "1 − Σ ( v − p )² / Σ ( v − v̄ )² over hidden values, v̄ their mean of each visible neuron", Low: -inf, High: 1,
		of: ofHidden(Completion.Explained),
	},
}

func ofHidden(f func(Completion) float64) func(l *Learned) (float64, bool) {
	return func(l *Learned) (float64, bool) {
		if l.Hides == nil || len(l.Hides.At) == 0 {
			return 0, false
		}
		return f(l.completion()), true
	}
}
