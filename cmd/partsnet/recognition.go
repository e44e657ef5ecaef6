package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"partsnet/sim/measure"
	"partsnet/sim/recall"
)

// recognised is what recognise says, as JSON.
type recognised struct {
	Dir        string     `json:"dir" doc:"directory of the answer"`
	Stimuli    int        `json:"stimuli" doc:"number of stimuli"`
	Read       []string   `json:"read" doc:"what was found, converted and left out while the stimuli were read, a phrase each"`
	Steps      int        `json:"steps" doc:"steps of recognition, the largest number of a stimulus"`
	Settled    bool       `json:"settled" doc:"whether the objective of every stimulus had settled, where no number of steps was given"`
	Symbol     string     `json:"symbol" doc:"symbol of the objective: D, E or S"`
	Objective  *float64   `json:"objective" doc:"objective over all stimuli"`
	Deviance   *float64   `json:"deviance" doc:"mean deviance of a stimulus"`
	R2         *float64   `json:"r2" doc:"explained variance, about the mean of each visible neuron over these stimuli; null where they do not vary"`
	VAF        *float64   `json:"vaf" doc:"share of the squared stimuli that is explained"`
	Completion *completed `json:"completion" doc:"how values that a mask hides are filled in: values, rmse, deviance and explained, and rmse and deviance of the mean stimulus in place of the prediction; null where nothing is hidden"`
	Undefined  int        `json:"undefined" doc:"number of stimuli without a deviance, which objective and deviance leave out"`
	Notes      []string   `json:"notes" doc:"sentences that say what is not defined, and why"`

	First []answered `json:"first" doc:"answers to the first stimuli: stimulus, name, blank, unknown (nothing is known of it), deviance, active neurons with rate, share and words"`
	Worst *answered  `json:"worst" doc:"answer to the stimulus with the largest deviance"`
	Best  *answered  `json:"best" doc:"answer to the stimulus with the smallest deviance"`
}

// recognition prints what a trained network answers.
func (s *screen) recognition(w io.Writer, r *recall.Recognition) error {
	switch {
	case s.json:
		return printJSON(w, recognisedOf(r))
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	settled := ""
	switch {
	case r.Settled:
		settled = ", settled"
	case r.Sought && r.Ended > 0:
		settled = fmt.Sprintf(" at most, %d settled and %d not yet", r.Ended, r.Stimuli-r.Ended)
	case r.Sought:
		settled = ", not settled yet"
	}
	printRead(w, r.Read)
	labelled(w, "recognised", "%s in %s%s", counted(r.Stimuli, "stimulus", "stimuli"), counted(r.Steps, "step", "steps"), settled)
	text := fmt.Sprintf("%s = %.6g", r.Symbol, r.Objective)
	if math.IsNaN(r.Objective) {
		text = r.Symbol + " is not defined"
	}
	if !math.IsNaN(r.Deviance) {
		text += fmt.Sprintf("; deviance %.6g a stimulus", r.Deviance)
	}
	shown := ofShown(r.Missing)
	if !math.IsNaN(r.Explained) {
		labelled(w, "explained", "R² = %.3f%s about each visible neuron's mean", r.Explained, shown)
	} else if !math.IsNaN(r.VAF) {
		labelled(w, "explained", "VAF = %.3f of the squared stimuli%s", r.VAF, strings.TrimSuffix(shown, ","))
	}
	labelled(w, "objective", "%s", text)
	if c := r.Completion; c != nil {
		labelled(w, "completed", "%s with a root mean squared error of %.3g (the mean stimulus: %.3g) and a deviance of %.3g each (%.3g)", counted(c.Entries, "hidden value", "hidden values"), c.RMSE(), c.MeanRMSE(), c.Deviance(), c.MeanDeviance())
	}
	for _, note := range r.Notes {
		labelled(w, "note", "%s", note)
	}
	if r.Worst != nil && r.Best != nil {
		labelled(w, "fit", "best: %s, deviance %.4g; worst: %s, deviance %.4g", nameOf(*r.Best), r.Best.Deviance, nameOf(*r.Worst), r.Worst.Deviance)
	}
	for _, a := range r.First {
		labelled(w, "answer", "%s", answer(a))
	}
	labelled(w, "results", "%s", r.Dir)
	return nil
}

// completed is how hidden values are filled in, as JSON.
type completed struct {
	Values       int      `json:"values"`
	RMSE         *float64 `json:"rmse"`
	Deviance     *float64 `json:"deviance"`
	Explained    *float64 `json:"explained"`
	MeanRMSE     *float64 `json:"mean_rmse"`
	MeanDeviance *float64 `json:"mean_deviance"`
}

// answered is an answer to one stimulus, as JSON.
type answered struct {
	Stimulus int      `json:"stimulus"`
	Name     string   `json:"name"`
	Blank    bool     `json:"blank"`
	Unknown  bool     `json:"unknown"`
	Deviance *float64 `json:"deviance"`
	Active   []active `json:"active"`
}

// active is a hidden neuron that is active, as JSON.
type active struct {
	Neuron int      `json:"neuron"`
	Rate   float64  `json:"rate"`
	Share  float64  `json:"share"`
	Words  []string `json:"words"`
}

func recognisedOf(r *recall.Recognition) recognised {
	out := recognised{Dir: r.Dir, Stimuli: r.Stimuli, Read: append([]string{}, r.Read...), Steps: r.Steps, Settled: r.Settled, Symbol: r.Symbol,
		Objective: finite(r.Objective), Deviance: finite(r.Deviance), R2: finite(r.Explained), VAF: finite(r.VAF), Undefined: r.Undefined, Notes: append([]string{}, r.Notes...), First: []answered{}}
	for _, a := range r.First {
		out.First = append(out.First, *answeredOf(&a))
	}
	out.Completion = completedOf(r.Completion)
	out.Worst, out.Best = answeredOf(r.Worst), answeredOf(r.Best)
	return out
}

func completedOf(c *measure.Completion) *completed {
	if c == nil {
		return nil
	}
	return &completed{c.Entries, finite(c.RMSE()), finite(c.Deviance()), finite(c.Explained()), finite(c.MeanRMSE()), finite(c.MeanDeviance())}
}

func answeredOf(a *recall.Answer) *answered {
	if a == nil {
		return nil
	}
	out := &answered{a.Stimulus, a.Name, a.Blank, a.Unknown, finite(a.Deviance), []active{}}
	for _, x := range a.Active {
		out.Active = append(out.Active, active{x.Neuron, x.Rate, x.Share, append([]string{}, x.Words...)})
	}
	return out
}

// nameOf returns how a stimulus is called.
func nameOf(a recall.Answer) string {
	if a.Name != "" {
		return a.Name
	}
	return fmt.Sprintf("stimulus %d", a.Stimulus)
}

// answer says which hidden neurons explain a stimulus, and what share of it.
func answer(a recall.Answer) string {
	text := nameOf(a)
	switch {
	case a.Unknown:
		return text + ": nothing is known of it"
	case a.Blank:
		return text + ": blank: no visible neuron fires"
	case len(a.Active) == 0:
		return text + ": no hidden neuron answers"
	}
	var neurons []string
	for k, x := range a.Active {
		if k > 0 && x.Share < 0.01 {
			break
		}
		neuron := fmt.Sprintf("neuron %d %.0f %%", x.Neuron, 100*x.Share)
		if x.Words != nil {
			neuron += " (" + strings.Join(x.Words, " ") + ")"
		}
		neurons = append(neurons, neuron)
	}
	text += ": " + strings.Join(neurons, ", ")
	if !math.IsNaN(a.Deviance) {
		text += fmt.Sprintf("; deviance %.4g", a.Deviance)
	}
	return text
}
