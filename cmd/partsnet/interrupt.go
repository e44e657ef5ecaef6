package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruption is the cause of a context that a signal has ended.
type interruption struct{ signal os.Signal }

// Error names the signal.
func (i interruption) Error() string { return i.signal.String() }

// untilSignal returns a context that the first SIGINT, SIGTERM or SIGHUP ends, with an
// interruption as its cause. A second signal ends the program at once. SIGHUP stays
// ignored if it was ignored at the start, as with nohup.
func untilSignal(parent context.Context) (ctx context.Context, stop func()) {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, cancel := context.WithCancelCause(parent)
	received := make(chan os.Signal, 1)
	signal.Notify(received, ends...)
	go func() {
		select {
		case s := <-received:
			signal.Stop(received)
			cancel(interruption{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() { signal.Stop(received); cancel(nil) }
}
