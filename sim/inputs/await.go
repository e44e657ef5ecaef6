package inputs

import (
	"context"
	"errors"
	"fmt"

	"partsnet/sim/outcome"
)

// Await calls f and returns what it returns or, as soon as the context has ended, an
// [*outcome.Interrupted]: what reads a file or draws stimuli need not look at the context, and
// the error of the context is an interruption too.
// f is then left to end by itself, and late is called with its error; f must write nothing
// that others read. A panic of f is one of the caller.
//
// Go cannot end f from outside. What reads files, draws stimuli or works out checksums looks at the
// context and ends soon. What does not is a pass over stimuli in memory, such as their scaling; one
// picture or document; the directory of a .zip; a system call that waits, as a file on a network
// that does not answer; and recognition by a trained network, which has no context. These end with
// the program.
func Await(ctx context.Context, f func() error, late func(error)) error {
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
		if err != nil && errors.Is(err, ctx.Err()) {
			return &outcome.Interrupted{}
		}
		return err
	case <-ctx.Done():
		go func() { late(<-done) }()
		return &outcome.Interrupted{}
	}
}
