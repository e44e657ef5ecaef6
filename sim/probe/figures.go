package probe

import (
	"fmt"
	"math"
	"strings"

	"partsnet/sim/figure"
	"partsnet/sim/record"
)

// mostDrawn is the number of stimuli that a figure shows at most: the first ones.
const mostDrawn = 16

// draw draws the answers beside each other, where there is more than one.
func (r *Result) draw(out *record.Dir) error {
	x := r.opened.Experiment
	if len(x.Figures) == 0 || r.Anew == nil || !r.predicts {
		return nil
	}
	known := r.opened.Known
	look := r.look()
	shape := r.opened.In.Set
	var stimuli [][]float64
	for i := range min(mostDrawn, len(r.Numbers)) {
		stimuli = append(stimuli, r.in.Filled(i, r.Intact.Prediction[i]))
	}
	var lost []bool
	for _, h := range r.Fixed {
		lost = append(lost, h == 0)
	}
	names, all := r.answers()
	var answers []figure.Answered
	for k, a := range all {
		one := figure.Answered{Title: names[k], Parts: r.Parts[1], Lost: lost, Prediction: a.Prediction[:len(stimuli)]}
		if k == 0 {
			one.Parts, one.Lost = r.Parts[0], nil
		}
		answers = append(answers, one)
	}
	var f *figure.Figure
	drawn := len(stimuli)
	if shape.Height > 0 {
		for k, a := range all {
			answers[k].Title = fmt.Sprintf("%s: %s", map[string]string{"intact": "Intact", "frozen": "Other rates frozen", "anew": "Recognised anew"}[names[k]], rmse(a.RMSE))
		}
		f = figure.Lesion(look, stimuli, answers, shape.Height, shape.Width)
	} else {
		names := known.Stimuli.Neurons
		drawn = 1
		f = figure.LesionProfile(look, stimuli[0], answers, figure.Counted{Label: "visible neuron", Count: len(stimuli[0]), Names: names})
	}
	events := r.Summary().Events
	f = f.Captioned(fmt.Sprintf("%s, seed %d, %s: %s.", x.Name, x.Seed, r.drawn(drawn), strings.Join(events, "; ")))
	return figure.WriteAll(map[string]*figure.Figure{"lesion": f}, x.Figures, out.Write)
}

// drawn names the first stimuli or scenes.
func (r *Result) drawn(count int) string {
	what, names := [2]string{"stimulus ", "stimuli "}, r.Names[:count]
	if r.scenes != nil {
		what = [2]string{"scene ", "scenes "}
	} else {
		names = strings.Fields(strings.Trim(fmt.Sprint(r.Numbers[:count]), "[]"))
	}
	if count == 1 {
		return what[0] + names[0]
	}
	return what[1] + strings.Join(names, ", ")
}

// rmse says the mean root mean squared error of answers.
func rmse(each []float64) string {
	sum := 0.0
	for _, x := range each {
		sum += x
	}
	if mean := sum / float64(len(each)); !math.IsNaN(mean) {
		return fmt.Sprintf("root mean squared error %.3g", mean)
	}
	return "nothing is known of the stimuli"
}
