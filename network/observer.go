package network

import "partsnet/internal/kernel"

// Observer is called after every phase of an epoch. It looks and changes
// nothing; an error that it returns ends the epoch and is returned by
// [Learner.Step].
type Observer[T kernel.Float] func(m Moment[T]) error

// Moment is what an observer sees.
type Moment[T kernel.Float] struct {
	Epoch   int   // the epoch the phase belongs to, from 1
	Phase   Phase // the phase that has just run
	Learner *Learner[T]
	Network *Network[T]
}

// Observe attaches an observer. Observers are called in the order in which
// they were attached.
func (l *Learner[T]) Observe(o Observer[T]) { l.observers = append(l.observers, o) }

func (l *Learner[T]) notify(phase Phase) error {
	epoch := l.epoch + 1
	if l.phase == 0 {
		epoch = l.epoch
	}
	for _, o := range l.observers {
		if err := o(Moment[T]{Epoch: epoch, Phase: phase, Learner: l, Network: l.net}); err != nil {
			return err
		}
	}
	return nil
}
