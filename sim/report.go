package sim

import (
	"time"

	"partsnet/network"
	"partsnet/sim/measure"
)

// Progress is what a run says while it learns.
type Progress struct {
	Epoch, Epochs int
	Begun         int     // epoch after which this session began; 0 unless it goes on with a killed run
	Symbol        string  // of the objective, "D" or "E"
	Objective     float64 // at the last record
	Elapsed       time.Duration
}

// End is how the objective went towards the end of learning.
type End struct {
	Records int     // of the objective
	Above   float64 // how far it ended above its lowest, relative to that
	Gain    float64 // share of the whole gain that an epoch brought at the end; NaN where the objective rose at a record or has not fallen
	Settled bool    // whether that is so little that it had all but settled
}

// Report is what a run says when it has ended.
type Report struct {
	Dir        string
	Figures    bool   // whether there are any in Dir/figures
	Documents  bool   // whether stimuli are documents
	Parts      string // what the truth has, "parts" or "topics"
	Epochs     int
	Stopped    string   // why, in words
	Starts     []Start  // where there were several, in their order
	Best       int      // index of the start that was kept
	Resumed    int      // epoch after which a killed run went on, of several starts how many were learned; 0 for none
	Damaged    []string // checkpoints that could not be used, and why
	Symbol     string
	Objective  float64
	Likelihood float64 // the paper's F; NaN for the Gaussian objective
	Measures   measure.Values
	Census     measure.Census
	Optimality network.Optimality
	Why        string // learning stopped, in a sentence
	End        End
	Explained  float64 // variance about the mean of each visible neuron, R²; see the measure explained_variance
	VAF        float64 // share of the squared stimuli that is explained; see explained_energy
	Recovery   *measure.Recovery
	Stack      []Stacked         // the layers, where there are several; or nil
	Joint      float64           // objective after all layers were learned together, if they were
	Compared   []Compared        // networks under other constraints, the run's own first; or nil
	Meanings   *measure.Meanings // where the truth has words of several meanings
	Rises      int               // records at which the objective had risen beyond rounding
	Invariants network.Invariants
	Elapsed    time.Duration // over all sessions of a run that was killed and went on
}
