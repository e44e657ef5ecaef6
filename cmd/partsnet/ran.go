package main

import (
	"path/filepath"

	"partsnet/sim"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// ran is what run says, as JSON.
type ran struct {
	Dir        string              `json:"dir" doc:"run directory"`
	Figures    []string            `json:"figures" doc:"paths of the figures"`
	Read       []string            `json:"read" doc:"what was found, converted and left out while stimuli from a file were read, a phrase each"`
	Epochs     int                 `json:"epochs" doc:"epochs of learning"`
	Resumed    int                 `json:"resumed" doc:"epoch (of several starts: number of starts) after which an interrupted run was continued; 0 for none"`
	Stopped    string              `json:"stopped" doc:"why learning stopped, in a sentence"`
	Settled    bool                `json:"settled" doc:"whether the objective had all but settled"`
	Gain       *float64            `json:"gain" doc:"share of the whole gain of the objective that an epoch brought at the end"`
	Symbol     string              `json:"symbol" doc:"symbol of the objective: D, E or S"`
	Objective  *float64            `json:"objective" doc:"objective after the last epoch"`
	Rises      int                 `json:"rises" doc:"records at which the objective had risen beyond rounding"`
	Likelihood *float64            `json:"likelihood" doc:"log-likelihood F of Lee & Seung (1999)"`
	R2         *float64            `json:"r2" doc:"explained variance, about the mean of each visible neuron"`
	VAF        *float64            `json:"vaf" doc:"explained share of the squared rates"`
	Completion *completed          `json:"completion" doc:"how values that a mask hides are filled in: values, rmse, deviance and explained, and rmse and deviance of the mean stimulus in place of the prediction; null where nothing is hidden"`
	Parts      *recovered          `json:"parts" doc:"true parts: what they are (kind), number (true), recovered, mean_cosine, and found (bars or squares, by their own criterion; null for other kinds); null where they are not known"`
	Neurons    neuronCount         `json:"neurons" doc:"hidden neurons: live, dead, duplicate, merged, and true parts that are split (-1: not known)"`
	Optimality optimum             `json:"optimality" doc:"how far rates and synapses are from the conditions of a minimum: 0 at one"`
	Measures   map[string]*float64 `json:"measures" doc:"the measures asked for, by name"`
	Starts     []started           `json:"starts" doc:"epochs and objective of the random starts; empty for one"`
	Bootstrap  *bootstrapped       `json:"bootstrap" doc:"how far results depend on which stimuli were shown: what was drawn (over, units, repeats), the level of the intervals, in how many repeats each part was found again (found), and the intervals of measures by name (low, high); null without a bootstrap"`
	Best       int                 `json:"best" doc:"index from 0 of the start that was kept"`
	Chosen     *choice             `json:"chosen" doc:"how the number of hidden neurons was chosen: the number (hidden), those that were tried (among), the criterion, whether the number fulfils it, why in a sentence, the number that each criterion chooses (by), and the result of each (tried); null where it was given"`
	Groups     []ranFit            `json:"groups" doc:"groups of recordings that learn together: name, stimuli, and the shares that are explained of each (r2, about the mean of each visible neuron in the group; explained_deviation, about one mean; vaf); empty where there are none"`
	Missing    []ranMissing        `json:"missing" doc:"hidden neurons (part) that are silent in a group of recordings, which learns together with others"`
	Seconds    float64             `json:"seconds" doc:"time, over all sessions of the run"`
}

type recovered struct {
	Kind       string   `json:"kind"`
	True       int      `json:"true"`
	Recovered  int      `json:"recovered"`
	MeanCosine *float64 `json:"mean_cosine"`
	Found      *int     `json:"found"`
}

type neuronCount struct {
	Live      int `json:"live"`
	Dead      int `json:"dead"`
	Duplicate int `json:"duplicate"`
	Merged    int `json:"merged"`
	Split     int `json:"split"`
}

type optimum struct {
	Rates    *float64 `json:"rates"`
	Synapses *float64 `json:"synapses"`
}

type ranFit struct {
	Name      string   `json:"name"`
	Stimuli   int      `json:"stimuli"`
	R2        *float64 `json:"r2"`
	Deviation *float64 `json:"explained_deviation"`
	VAF       *float64 `json:"vaf"`
}

type started struct {
	Epochs    int      `json:"epochs"`
	Objective *float64 `json:"objective"`
}

type bootstrapped struct {
	Over     string             `json:"over"`
	Units    int                `json:"units"`
	Repeats  int                `json:"repeats"`
	Level    float64            `json:"level"`
	Found    []int              `json:"found"`
	Measures map[string]between `json:"measures"`
}

type between struct {
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

type choice struct {
	Hidden    int    `json:"hidden"`
	Among     []int  `json:"among"`
	Criterion string `json:"criterion"`
	Fulfilled bool   `json:"fulfilled"`
	Why       string `json:"why"`

	By    map[string]*int `json:"by"`
	Tried []tried         `json:"tried"`
}

type tried struct {
	Hidden    int                 `json:"hidden"`
	Objective *float64            `json:"objective"`
	Explained map[string]*float64 `json:"explained"`
	Stability *float64            `json:"stability"`
}

func choiceOf(c *outcome.Choice) *choice {
	out := &choice{Hidden: c.Tried[c.Kept].Hidden, Among: c.Hidden(), Criterion: c.Criterion, Fulfilled: c.Fulfilled, Why: c.String(), By: map[string]*int{}}
	for name, k := range c.By {
		out.By[name] = nil
		if k >= 0 {
			out.By[name] = &c.Tried[k].Hidden
		}
	}
	for _, t := range c.Tried {
		explained := map[string]*float64{}
		for _, name := range measure.ExplainedShares {
			explained[name] = finite(t.Share(name))
		}
		out.Tried = append(out.Tried, tried{t.Hidden, finite(t.Objective), explained, finite(t.Stability.Mean)})
	}
	return out
}

func ranOf(r *sim.Report) ran {
	out := ran{Dir: r.Dir, Figures: []string{}, Read: append([]string{}, r.Stimuli.Read...), Epochs: r.Epochs, Resumed: r.Resumed, Stopped: stopped(r), Settled: r.End.Settled, Gain: finite(r.End.Gain), Symbol: r.Symbol, Objective: finite(r.Objective), Rises: r.Rises,
		Likelihood: finite(r.Likelihood), R2: finite(r.Explained), VAF: finite(r.VAF),
		Neurons:    neuronCount{r.Census.Live, r.Census.Dead, r.Census.Duplicate, r.Census.Merged, r.Census.Split},
		Optimality: optimum{finite(r.Optimality.Rates), finite(r.Optimality.Synapses)},
		Measures:   map[string]*float64{}, Starts: []started{}, Groups: []ranFit{}, Missing: []ranMissing{}, Best: r.Best, Seconds: r.Elapsed.Seconds()}
	if found, err := filepath.Glob(filepath.Join(r.Dir, "figures", "*")); err == nil && r.Figures {
		out.Figures = append(out.Figures, found...)
	}
	out.Completion = completedOf(r.Masked)
	if rec := r.Recovery; rec != nil {
		out.Parts = &recovered{r.Parts, len(rec.Neuron), rec.Recovered, finite(rec.MeanCosine), nil}
		if p := r.Represented; p != nil {
			out.Parts.Found = &p.Found
		}
	}
	for _, v := range r.Measures {
		out.Measures[v.Name] = nil
		if v.Defined {
			out.Measures[v.Name] = finite(v.Value)
		}
	}
	for _, f := range r.Fits {
		out.Groups = append(out.Groups, ranFit{f.Name, f.Count(), finite(f.Variance), finite(f.Deviation), finite(f.Energy)})
	}
	for _, x := range r.Silent() {
		out.Missing = append(out.Missing, ranMissing{r.Fits[x.Group].Name, x.Neuron})
	}
	for _, s := range r.Starts {
		out.Starts = append(out.Starts, started{s.Epochs, finite(s.Objective)})
	}
	if b := r.Bootstrap; b != nil {
		out.Bootstrap = &bootstrapped{b.Over, b.Units, b.Repeats, b.Level, b.Matched, map[string]between{}}
		for _, m := range b.Measures {
			out.Bootstrap.Measures[m.Name] = between{finite(m.Low), finite(m.High)}
		}
	}
	if c := r.Choice; c != nil {
		out.Chosen = choiceOf(c)
	}
	return out
}
