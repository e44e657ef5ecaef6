package score

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"partsnet/sim"
	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Options control how a score is run. They do not change results.
type Options struct {
	Progress func(campaign.Progress) // told of every run; or nil
	Resume   bool                    // whether to continue an interrupted score in the directory
	Command  string                  // the command line, for the table
}

// Run runs the cells of the score and writes its directory: the table as CSV and
// Markdown, the runs, the figures and the config. The context ends it early; the same
// call with Resume continues it. If some runs failed, the directory is DIR.partial, in which
// the same call with Resume repeats them; if all failed, nothing is left and the error
// gives the reason of the first.
func Run(ctx context.Context, s *Score, dir string, o Options) (card *Card, err error) {
	begin := time.Now()
	jobs, err := jobsOf(s)
	if err != nil {
		return nil, err
	}
	id, err := s.identity()
	if err != nil {
		return nil, err
	}
	c := &campaign.Campaign{What: "score", Identity: id, Jobs: jobs, Engine: &campaign.Local{}, Progress: o.Progress}
	table := func(r campaign.Result) error {
		done, err := resultsOf(s, r.Entries)
		if err != nil {
			return err
		}
		card = newCard(s, done)
		card.Dir, card.Damaged, card.Elapsed, card.Command = r.Dir, r.Damaged, time.Since(begin), o.Command
		return nil
	}
	r, err := c.Run(ctx, dir, o.Resume, func(out *record.Dir, r campaign.Result) error {
		if err := table(r); err != nil {
			return err
		}
		return card.write(out)
	})
	if finished := new(record.ExistsError); o.Resume && errors.As(err, &finished) {
		if _, err := os.Stat(filepath.Join(finished.Dir, "score.csv")); err != nil {
			return nil, &experiment.RequestError{Err: fmt.Errorf("%s is already there, and is not a finished score: it has no score.csv; choose another place with --out", finished.Dir)}
		}
		places, err := PlacesOf(s)
		if err != nil {
			return nil, err
		}
		if d, known := places.Finished(finished.Dir); known && d != nil {
			return nil, &experiment.RequestError{Err: fmt.Errorf("%s is finished, with other runs: %s; choose another place with --out", finished.Dir, sim.Some(d))}
		}
		return nil, errors.Join(finished, record.RemoveTransient(record.OS, finished.Dir))
	}
	if err == nil && card == nil { // another process has written it
		err = table(r)
	}
	if err != nil {
		return nil, err
	}
	return card, nil
}

// run is a cell and a seed.
type run struct {
	cell string
	seed int64
}

// key is the name of a run in the ledger.
func (r run) key() string { return fmt.Sprintf("%s seed %d", r.cell, r.seed) }

// jobsOf lists all runs, seed by seed over all cells, so that the time left is known early.
func jobsOf(s *Score) (jobs []campaign.Job, err error) {
	most := 0
	for _, cell := range s.Cells() {
		most = max(most, cell.Task.Seeds)
	}
	for k := range most {
		for _, cell := range s.Cells() {
			if k >= cell.Task.Seeds {
				continue
			}
			x, err := cell.Experiment(s.SeedsOf(cell)[k])
			if err != nil {
				return nil, err
			}
			jobs = append(jobs, campaign.Job{
				Key: run{cell.Name(), x.Seed}.key(), Like: cell.Name(), Config: campaign.ConfigSum(x),
				Do: func(ctx context.Context, place string) (any, error) {
					learned, err := sim.LearnFrom(ctx, x, 1, place)
					if err != nil {
						return nil, err
					}
					return keep(learned, cell), nil
				},
			})
		}
	}
	return jobs, nil
}
