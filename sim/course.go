package sim

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/figure"
)

// timeCourse recognises the stimulus looked at as it is recognised at the start of
// learning, through as many steps as the circuit needs.
func (r *run[T]) timeCourse() (*network.Course[T], error) {
	v, err := r.v.alone(r.looked)
	if err != nil {
		return nil, err
	}
	start := neuron.NewRates[T](1, r.x.Hidden)
	r.net.Start(v, start)
	return r.net.Trace(v, start.Of(0), r.net.Circuit().Nature().Steps)
}

// timed is a circuit whose steps take time.
type timed interface{ StepTaken() float64 }

// courseShown returns the time course as a figure shows it.
func (r *run[T]) courseShown() figure.Course {
	nature := r.net.Circuit().Nature()
	rates := r.course.Rates
	c := figure.Course{
		Rates: kernel.Wide(rates.Rows(0, rates.Stimuli())), Hidden: r.x.Hidden, Step: 1, Unit: nature.Unit,
		Axis:   map[string]string{"step": "recognition step", "ms": "time (ms)", "spike": "spike of the visible layer", "sweep": "sweep over the hidden layer"}[nature.Unit],
		Spikes: r.course.Spikes, Visible: r.set.Size,
	}
	if t, ok := r.net.Circuit().(timed); ok {
		c.Step = t.StepTaken()
	}
	if r.set.Height == 0 {
		return c
	}
	stimulus := kernel.Wide(r.v.row(r.looked))
	c.Stimulus, c.Height, c.Width = stimulus, r.set.Height, r.set.Width
	c.Prediction = func(step int) []float64 {
		p := make([]T, r.set.Size)
		r.net.Predict(p, rates.Of(step))
		return kernel.Wide(p)
	}
	if o, ok := nature.Objective.(learning.Predictive); ok {
		c.ErrorIs = o.ErrorIs()
		c.Error = func(step int) []float64 {
			e := c.Prediction(step)
			for j, p := range e {
				e[j] = o.Error(stimulus[j], p)
			}
			return e
		}
	}
	return c
}
