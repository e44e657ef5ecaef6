package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
)

// Element makes one run of a sweep, by its number from 0 on, as an element of an array of Slurm. The
// sweep was begun in the directory by [Run], and was read with that run alone ([Request]). An
// experiment or data that have changed since are refused.
func Element(ctx context.Context, s *Sweep, dir string, number int) error {
	dir = filepath.Clean(dir)
	cell := s.Cells[number%len(s.Cells)]
	job := s.job(cell, number/len(s.Cells))
	var was map[string]string
	if err := json.Unmarshal(campaign.Identity(dir+".partial"), &was); err == nil && was[job.Key] != job.Config {
		return &experiment.RequestError{Err: fmt.Errorf("%s: the experiment or its data have changed since the sweep was begun", job.Key)}
	}
	c := &campaign.Campaign{What: "sweep"}
	return c.Element(ctx, dir, job)
}
