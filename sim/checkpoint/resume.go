package checkpoint

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/train"
)

// Found is the checkpoint from which a killed run continues.
type Found struct {
	train.Source          // nil if no checkpoint is whole
	Begun        int      // number of epochs, or of starts, that have ended
	Damaged      []string // checkpoints that could not be used, and why
}

// Resume finds the newest checkpoint that is whole. A damaged one is named and renamed
// ([record.Dir.Quarantine]), and the one before it is used. It returns an error that says why
// if a whole one does not belong to this run, which has restarts random starts.
func Resume(dir *record.Dir, identity Identity, restarts int) (found Found, err error) {
	for _, path := range dir.Checkpoints() {
		c, err := open(path)
		var other *otherForm
		if errors.As(err, &other) {
			return found, &experiment.RequestError{Err: fmt.Errorf("%s: %w: continue with the version that wrote it, or choose another place with --out", path, err)}
		}
		if errors.As(err, new(*fs.PathError)) {
			return found, fmt.Errorf("cannot read the checkpoint, which may be whole: %w; nothing was changed, try again when it can be read", err)
		}
		if err != nil {
			found.Damaged = append(found.Damaged, fmt.Sprintf("%s: %v", path, err))
			if err := dir.Quarantine(path); err != nil {
				return found, err
			}
			continue
		}
		if err := c.matches(identity); err != nil {
			return found, &experiment.RequestError{Err: errors.Join(fmt.Errorf("%s cannot be continued: %w", filepath.Dir(filepath.Dir(path)), err), c.close())}
		}
		found.Source, found.Begun = &source{file: c, path: path, restarts: restarts}, c.begun()
		return found, nil
	}
	return found, nil
}

// begun returns the number of epochs, or of starts, that have ended.
func (c *file) begun() (n int) {
	for _, k := range c.Kept {
		if k.Starts == nil {
			return k.Epoch
		}
		n += len(k.Starts)
		for _, share := range k.Held {
			if !math.IsNaN(float64(share)) {
				n++
			}
		}
	}
	return n
}

// source reads a checkpoint: a [train.Source].
type source struct {
	*file
	path     string
	restarts int
	used     []string // arrays that were read
}

func (s *source) fail(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(fmt.Errorf("%s: %w", s.path, err), s.close())
}

func (s *source) Snapshot(measures []string) (train.Snapshot, error) {
	out := train.Snapshot{Timing: s.Timing}
	for _, c := range s.header.Kept {
		kept, err := s.kept(c, measures)
		if err != nil {
			return out, s.fail(err)
		}
		out.Kept = append(out.Kept, kept)
	}
	return out, nil
}

// kept returns what was saved of a number of hidden neurons.
func (s *source) kept(c savedKept, measures []string) (train.Kept, error) {
	if c.Start < 0 || c.Start >= max(1, s.restarts) {
		return train.Kept{}, fmt.Errorf("the checkpoint is of start %d of %d", c.Start+1, s.restarts)
	}
	out := train.Kept{
		Hidden: c.Hidden, Model: network.ModelState{Epoch: c.Epoch, Audits: c.Audits},
		Rises: c.Rises, Stopped: c.Stopped, Start: c.Start,
	}
	for _, e := range c.Records {
		e, err := e.record(measures)
		if err != nil {
			return out, err
		}
		out.Records = append(out.Records, e)
	}
	for _, f := range c.Frames {
		out.Frames = append(out.Frames, outcome.Frame{Epoch: f.Epoch, Objective: float64(f.Objective)})
	}
	for _, share := range c.Held {
		out.Held = append(out.Held, float64(share))
	}
	if c.Starts == nil {
		return out, nil
	}
	out.Starts = make([]outcome.Start, s.restarts)
	for _, x := range c.Starts {
		if x.Start < 0 || x.Start >= s.restarts {
			return out, fmt.Errorf("the checkpoint has a start %d of %d", x.Start+1, s.restarts)
		}
		out.Starts[x.Start] = outcome.Start{
			Learned: true, Epochs: x.Epochs, Objective: float64(x.Objective), Rises: x.Rises,
			Shares: outcome.Shares{Energy: float64(x.Shares[0]), Variance: float64(x.Shares[1]), Deviation: float64(x.Shares[2])},
		}
	}
	return out, nil
}

// array reads an array, and notes that it was read.
func (s *source) array(hidden int, name string, into any) error {
	name = arrayOf(hidden, name)
	s.used = append(s.used, name)
	return s.fail(s.read(name, into))
}

func (s *source) Model(hidden int, arrays []network.View) error {
	for _, a := range arrays {
		if err := s.array(hidden, a.Name, a.Numbers); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) Frames(hidden int, frames []outcome.Frame, size int) error {
	for k := range frames {
		frames[k].W = make([]float64, size)
		if err := s.array(hidden, frameArray(frames[k].Epoch), frames[k].W); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) Others(hidden int, starts []outcome.Start, size int) ([][]float64, error) {
	others := make([][]float64, len(starts))
	for n, x := range starts {
		if !x.Learned {
			continue
		}
		others[n] = make([]float64, size)
		if err := s.array(hidden, startArray(n), others[n]); err != nil {
			return nil, err
		}
	}
	return others, nil
}

func (s *source) Close() error {
	if err := s.only(s.used); err != nil {
		return s.fail(err)
	}
	return s.close()
}
