package main

import (
	"fmt"
	"io"
	"math"

	"partsnet/sim"
)

// recognised is what recognise says, as JSON.
type recognised struct {
	Dir       string   `json:"dir" doc:"directory of the answer"`
	Stimuli   int      `json:"stimuli" doc:"number of stimuli"`
	Steps     int      `json:"steps" doc:"steps of recognition"`
	Settled   bool     `json:"settled" doc:"whether the objective had settled, where no number of steps was given"`
	Symbol    string   `json:"symbol" doc:"symbol of the objective: D, E or S"`
	Objective *float64 `json:"objective" doc:"objective over all stimuli"`
	Deviance  *float64 `json:"deviance" doc:"mean deviance of a stimulus"`
	R2        *float64 `json:"r2" doc:"explained variance, about the mean of each visible neuron over these stimuli"`
}

// recognition prints what a trained network answers.
func (s *screen) recognition(w io.Writer, r *sim.Recognition) error {
	switch {
	case s.json:
		return printJSON(w, recognised{r.Dir, r.Stimuli, r.Steps, r.Settled, r.Symbol, finite(r.Objective), finite(r.Deviance), finite(r.Explained)})
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	settled := ""
	switch {
	case r.Settled:
		settled = ", settled"
	case r.Sought:
		settled = ", not settled yet"
	}
	labelled(w, "recognised", "%s in %s%s", counted(r.Stimuli, "stimulus", "stimuli"), counted(r.Steps, "step", "steps"), settled)
	text := fmt.Sprintf("%s = %.6g", r.Symbol, r.Objective)
	if !math.IsNaN(r.Deviance) {
		text += fmt.Sprintf("; deviance %.6g a stimulus", r.Deviance)
	}
	if !math.IsNaN(r.Explained) {
		labelled(w, "explained", "R² = %.3f of the variance about each visible neuron's mean", r.Explained)
	}
	labelled(w, "objective", "%s", text)
	labelled(w, "results", "%s", r.Dir)
	return nil
}
