package score

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"partsnet/sim"
	"partsnet/sim/campaign"
)

// identity is what tells one score from another: what it runs. It stands in the log of a score from
// its beginning, and in the manifest of a finished one.
type identity struct {
	FirstSeed int64             `json:"first_seed"`
	Cells     map[string]runsOf `json:"cells"`
}

// runsOf are the runs of a cell: their number, and the checksum of the experiment of the first.
type runsOf struct {
	Seeds  int    `json:"seeds"`
	Config string `json:"config"`
}

// identity returns that of the score.
func (s *Score) identity() (identity, error) {
	id := identity{s.FirstSeed, map[string]runsOf{}}
	for _, cell := range s.Cells() {
		x, err := cell.Experiment(s.FirstSeed)
		if err != nil {
			return id, err
		}
		id.Cells[cell.Name()] = runsOf{cell.Task.Seeds, campaign.ConfigSum(x)}
	}
	return id, nil
}

// differences returns how an earlier score differs; nil if it is the same.
func (id identity) differences(was identity) (differences []string) {
	if was.FirstSeed != id.FirstSeed {
		differences = append(differences, fmt.Sprintf("first-seed was %d and is %d", was.FirstSeed, id.FirstSeed))
	}
	all := maps.Clone(was.Cells)
	maps.Copy(all, id.Cells)
	for _, cell := range slices.Sorted(maps.Keys(all)) {
		before, had := was.Cells[cell]
		after, has := id.Cells[cell]
		switch {
		case !had:
			differences = append(differences, cell+" is new")
		case !has:
			differences = append(differences, cell+" is left out")
		case before.Seeds != after.Seeds:
			differences = append(differences, fmt.Sprintf("the number of seeds of %s was %d and is %d", cell, before.Seeds, after.Seeds))
		case before.Config != after.Config && was.FirstSeed == id.FirstSeed:
			differences = append(differences, cell+" has other settings")
		}
	}
	return differences
}

// PlacesOf finds the directories of a score, by what it runs.
func PlacesOf(s *Score) (sim.Places, error) {
	id, err := s.identity()
	of := func(was *identity) ([]string, bool) {
		if was == nil {
			return nil, false
		}
		return id.differences(*was), true
	}
	return sim.Places{
		What: "score", Same: "of the same runs",
		Finished:    func(dir string) ([]string, bool) { return of(finished(dir)) },
		Interrupted: func(partial string) ([]string, bool) { return of(interrupted(partial)) },
	}, err
}

// finished returns the identity of a finished score; nil where there is none, or one by a version
// that did not write it.
func finished(dir string) *identity {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return nil
	}
	var m struct{ Score *identity }
	if json.Unmarshal(text, &m) != nil {
		return nil
	}
	return m.Score
}

// interrupted returns the identity of an interrupted score; nil where there is none.
func interrupted(partial string) (id *identity) {
	if json.Unmarshal(campaign.Identity(partial), &id) != nil {
		return nil
	}
	return id
}
