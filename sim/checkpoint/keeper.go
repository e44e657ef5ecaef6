package checkpoint

import (
	"io"
	"time"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/train"
)

// Keeper writes checkpoints of a run: an observer of its training.
type Keeper struct {
	place   func() (*record.Dir, Identity, error)
	x       *experiment.Experiment
	last    time.Time // when it wrote the last, or the run began
	written int       // number of the last, of epochs or of starts; 0 before
}

// NewKeeper returns what writes the checkpoints of a run. The directory and the identity of the run are
// asked for before each: a run that ends before one is due needs neither.
func NewKeeper(x *experiment.Experiment, place func() (*record.Dir, Identity, error)) *Keeper {
	return &Keeper{place: place, x: x, last: time.Now()}
}

// Observe writes a checkpoint when one is due, when one of several starts has learned, before a
// phase that may take as long as the one before, and when the run is interrupted.
func (k *Keeper) Observe(m train.Moment) error {
	if m.Snapshot == nil {
		return nil
	}
	switch every := k.x.Checkpoint; m.Event {
	case train.EpochEnded:
		if !k.due(m.Epoch, k.last) {
			return nil
		}
	case train.StartEnded:
		if every.Epochs == 0 && every.Seconds == 0 {
			return nil
		}
	}
	s := m.Snapshot()
	number := s.Kept[0].Model.Epoch
	if s.Kept[0].Starts != nil {
		number = s.Learned()
	} else if m.Event == train.Interrupted && number == k.written {
		return nil
	}
	dir, identity, err := k.place()
	if err != nil {
		return err
	}
	c, arrays := saved(s, identity)
	if err := dir.SaveCheckpoint(number, func(w io.Writer) error { return write(w, c, arrays) }); err != nil {
		return err
	}
	k.last, k.written = time.Now(), number
	return nil
}

// due reports whether it is time for a checkpoint after an epoch.
func (k *Keeper) due(epoch int, last time.Time) bool {
	every := k.x.Checkpoint
	return every.Epochs > 0 && epoch%every.Epochs == 0 ||
		every.Seconds > 0 && time.Since(last) >= time.Duration(every.Seconds*float64(time.Second))
}

// saved returns what the file of a snapshot holds.
func saved(s train.Snapshot, identity Identity) (header, []array) {
	c := header{Identity: identity, Timing: s.Timing}
	var arrays []array
	for _, kept := range s.Kept {
		saved, own := saveKept(kept)
		c.Kept, arrays = append(c.Kept, saved), append(arrays, own...)
	}
	return c, arrays
}

func saveKept(s train.Kept) (c savedKept, arrays []array) {
	c = savedKept{
		Hidden: s.Hidden, Epoch: s.Model.Epoch, Rises: s.Rises, Stopped: s.Stopped, Audits: s.Model.Audits, Start: s.Start,
	}
	for _, e := range s.Records {
		c.Records = append(c.Records, saveRecord(e))
	}
	for _, share := range s.Held {
		c.Held = append(c.Held, hexFloat(share))
	}
	for n, x := range s.Starts {
		if x.Learned {
			c.Starts = append(c.Starts, savedStart{n, x.Epochs, hexFloat(x.Objective), x.Rises, [3]hexFloat{hexFloat(x.Energy), hexFloat(x.Variance), hexFloat(x.Deviation)}})
		}
	}
	add := func(name string, numbers any) { arrays = append(arrays, array{arrayOf(s.Hidden, name), numbers}) }
	for _, a := range s.Model.Arrays {
		add(a.Name, a.Numbers)
	}
	for n, w := range s.Others {
		if w != nil {
			add(startArray(n), w)
		}
	}
	for _, f := range s.Frames {
		c.Frames = append(c.Frames, savedFrame{f.Epoch, hexFloat(f.Objective)})
		add(frameArray(f.Epoch), f.W)
	}
	return c, arrays
}
