package sim

import (
	"time"

	"partsnet/sim/outcome"
)

// Progress is what a run says while it learns.
type Progress struct {
	Epoch, Epochs int
	Begun         int     // epoch after which this session began; 0 unless it continues a killed run
	Symbol        string  // of the objective, "D" or "E"
	Objective     float64 // at the last record
	Elapsed       time.Duration

	Group  string // whose epoch has ended, of several that learn alone: epochs are those of all, and the objective is its own
	Groups int    // how many of them there are; 0 otherwise
}

// Report is what a run says when it has ended.
type Report struct {
	*outcome.Outcome
	Dir       string
	Figures   bool // whether there are any in Dir/figures
	Documents bool // whether stimuli are documents
	Stack     []outcome.Layer
	Elapsed   time.Duration // over all sessions of a run that was killed and continued
}

// newReport returns the report of a run.
func newReport(o *outcome.Outcome, dir string, clock *outcome.Clock) *Report {
	return &Report{
		Outcome: o, Dir: dir, Figures: dir != "" && len(o.Experiment.Figures) > 0, Documents: o.Stimuli.Texts, Stack: o.Layers,
		Elapsed: time.Duration(clock.Timing(o.Compared).Seconds * float64(time.Second)),
	}
}

// Result is a run that left no directory.
type Result struct {
	*Report
	Visible  int       // number of visible neurons
	Synapses []float64 // Hidden×Visible
}
