package score

import (
	"encoding/json"
	"fmt"
	"slices"

	"partsnet/sim"
	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
)

// result is how a run has ended.
type result struct {
	run
	Error   string  // why it failed; "" if it did not
	Seconds float64 // of one processor
	kept
}

// kept is what the ledger keeps of a run.
type kept struct {
	Measures map[string]measured // by constraint, that of the run itself first: ""
	Synapses []float32           `json:",omitempty"` // where their stability is asked for

	Countable map[string]int `json:",omitempty"` // the maximum of each measure that is a count
}

// measured are measures by name, those that are defined.
type measured map[string]float64

// resultsOf returns the results of the runs of a score by the entries of its ledger.
func resultsOf(s *Score, entries map[string]campaign.Entry) (map[run]result, error) {
	done := map[run]result{}
	for _, cell := range s.Cells() {
		for _, seed := range s.SeedsOf(cell) {
			of := run{cell.Name(), seed}
			e, ok := entries[of.key()]
			if !ok {
				continue
			}
			r := result{run: of, Error: e.Error, Seconds: e.Seconds}
			if e.Error == "" {
				if err := json.Unmarshal(e.Result, &r.kept); err != nil {
					return nil, fmt.Errorf("the result of %s in the ledger cannot be read: %w", of.key(), err)
				}
			}
			done[of] = r
		}
	}
	return done, nil
}

// keep returns the measures of a run that its cell has, and those that are always kept.
func keep(learned *sim.Result, cell Cell) (k kept) {
	own := measured(learned.Measures.Defined())
	own[measure.Objective], own["rises"] = learned.Objective, float64(learned.Rises)
	own["dead"], own["duplicate"] = float64(learned.Census.Dead), float64(learned.Census.Duplicate)
	k.Measures = map[string]measured{"": own}
	for _, other := range learned.Compared {
		if other.Constraint != experiment.NonNegative {
			k.Measures[other.Constraint] = other.Measures.Defined()
		}
	}
	k.Countable = measure.Largest(learned.Recovery, learned.Meanings)
	if slices.Contains(cell.Asked(), stability) {
		k.Synapses = make([]float32, len(learned.Synapses))
		for i, x := range learned.Synapses {
			k.Synapses[i] = float32(x)
		}
	}
	return k
}

// stability is the measure that compares the runs of a cell with each other.
const stability = "stability"
