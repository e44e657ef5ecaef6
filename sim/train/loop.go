package train

import (
	"context"

	"partsnet/network"
)

// watcher looks at a model after every epoch. It reports whether learning has reached its
// end.
type watcher interface {
	epoch(m network.Model, epoch int) (reached bool, err error)
}

// loop is the training loop: it runs the epochs of a model, from the first that it has not
// run, until there are as many as are allowed, the end is reached, before the loop or because
// one of those that watch says so, or the context ends. It reports which of the last two.
func loop(ctx context.Context, m network.Model, epochs int, reached bool, watch ...watcher) (end, interrupted bool, err error) {
	for !reached && m.Epochs() < epochs {
		if err := m.Epoch(); err != nil {
			return false, false, err
		}
		for _, w := range watch {
			end, err := w.epoch(m, m.Epochs())
			if err != nil {
				return false, false, err
			}
			reached = reached || end
		}
		if ctx.Err() != nil {
			return reached, true, nil
		}
	}
	return reached, false, nil
}

// watcherFunc is a function that looks at a model and never ends learning.
type watcherFunc func(epoch int) error

func (f watcherFunc) epoch(_ network.Model, epoch int) (bool, error) { return false, f(epoch) }
