package sim

import (
	"context"
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// await calls f and returns what it returns or, as soon as the context has ended, an
// [*Interrupted]: what reads a file or draws stimuli need not look at the context. f is
// then left to end by itself, and late is called with its error; f must write nothing
// that others read. A panic of f is one of the caller.
func await(ctx context.Context, f func() error, late func(error)) error {
	done := make(chan error, 1)
	var panicked any
	go func() {
		defer func() {
			if p := recover(); p != nil {
				panicked = p
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- f()
	}()
	select {
	case err := <-done:
		if panicked != nil {
			panic(panicked)
		}
		return err
	case <-ctx.Done():
		go func() { late(<-done) }()
		return &Interrupted{}
	}
}

// prepareUntil is [prepare], ended by the context.
func prepareUntil[T kernel.Float](ctx context.Context, x *experiment.Experiment) (*shown[T], error) {
	return stimuliUntil(ctx, func() (*shown[T], error) { return prepare[T](x) })
}

// showUntil is [show], ended by the context.
func showUntil[T kernel.Float](ctx context.Context, x *experiment.Experiment) (*shown[T], error) {
	return stimuliUntil(ctx, func() (*shown[T], error) { return show[T](x) })
}

// stimuliUntil returns the stimuli that get returns, unless the context ends before;
// those that come too late are released.
func stimuliUntil[T kernel.Float](ctx context.Context, get func() (*shown[T], error)) (v *shown[T], err error) {
	var got *shown[T]
	err = await(ctx, func() (err error) { got, err = get(); return err }, func(err error) {
		if err == nil {
			_ = got.release() // nobody has used them
		}
	})
	if err != nil {
		return nil, err
	}
	return got, nil
}

// keptBy completes an error of a run that was interrupted before it began to learn: it
// may have a checkpoint of an earlier session.
func keptBy(out *record.Dir, err error) error {
	if e, ok := err.(*Interrupted); ok && len(out.Kept()) > 0 {
		e.Dir = out.Partial()
	}
	return err
}
