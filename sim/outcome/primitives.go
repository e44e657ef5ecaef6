package outcome

import (
	"math"
	"slices"

	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
)

// Primitive is when and for how long a hidden neuron is active in the recordings of a condition, each
// of which is one cycle, such as a step of walking.
type Primitive struct {
	Neuron     int
	Condition  string // "" where it is not known
	Recordings int    // of the condition
	Active     int    // of them with a time course that has a width and a centre
	Points     Spread // full width at half maximum, in stimuli
	Width      Spread // the same as a share of the recording
	Centre     Spread // of activity, as a share of the recording: the circular mean and standard deviation
	Amplitude  Spread // largest rate in a recording
}

// Spread is a mean and a standard deviation; NaN where they are not defined.
type Spread struct{ Mean, SD float64 }

// spreadOf returns the mean and the standard deviation (with divisor n − 1) of numbers.
func spreadOf(x []float64) Spread {
	mean, squares := 0.0, 0.0
	for _, y := range x {
		mean += y
	}
	mean /= float64(len(x))
	for _, y := range x {
		squares += float64((y - mean) * (y - mean))
	}
	return Spread{mean, math.Sqrt(squares / float64(len(x)-1))}
}

// InTime reports whether stimuli follow each other: in recordings, or on an axis such as time.
func (s *Stimuli) InTime() bool { return s.Recordings != nil || s.Axis != nil }

// Primitives returns the time courses of all hidden neurons by condition, in the order in which
// conditions come. All stimuli are one recording where there are none.
func (o *Outcome) Primitives() (all []Primitive) {
	recordings := o.Stimuli.Recordings
	if recordings == nil {
		recordings = []stimulus.Recording{{To: o.Stimuli.Count}}
	}
	var conditions []string
	for _, r := range recordings {
		if !slices.Contains(conditions, r.Condition) {
			conditions = append(conditions, r.Condition)
		}
	}
	rates := make([]float64, o.Stimuli.Count)
	for a := range o.Rates.Hidden {
		o.Rates.Neuron(a, rates)
		for _, c := range conditions {
			all = append(all, primitive(a, c, rates, recordings))
		}
	}
	return all
}

// primitive returns that of a neuron with rates to all stimuli in the recordings of a condition.
func primitive(neuron int, condition string, rates []float64, recordings []stimulus.Recording) Primitive {
	p := Primitive{Neuron: neuron, Condition: condition, Centre: Spread{math.NaN(), math.NaN()}}
	var points, widths, centres, amplitudes []float64
	for _, r := range recordings {
		if r.Condition != condition || r.Count() == 0 {
			continue
		}
		x := rates[r.From:r.To]
		p.Recordings++
		amplitudes = append(amplitudes, slices.Max(x))
		width, wide := measure.HalfWidth(x)
		centre, centred := measure.CentreOfActivity(x)
		if wide && centred {
			p.Active++
			points, widths, centres = append(points, width), append(widths, width/float64(len(x))), append(centres, centre)
		}
	}
	p.Points, p.Width, p.Amplitude = spreadOf(points), spreadOf(widths), spreadOf(amplitudes)
	if mean, sd, ok := measure.CircularMean(centres); ok {
		p.Centre.Mean = mean
		if len(centres) > 1 {
			p.Centre.SD = sd
		}
	}
	return p
}
