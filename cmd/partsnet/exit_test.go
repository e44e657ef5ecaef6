package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"partsnet/sim/outcome"
)

// TestExitCodes returns errors as commands do.
func TestExitCodes(t *testing.T) {
	ended := func(cause error) context.Context {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(cause)
		return ctx
	}
	running := context.Background()
	for _, tt := range []struct {
		ctx    context.Context
		err    error
		code   int
		stderr string
	}{
		{running, nil, 0, ""},
		{running, errors.New("disk full"), 1, "partsnet: disk full\n"},
		{running, errReported, 1, ""},
		{running, refusef("wrong"), 2, "partsnet: wrong\n"},
		{running, fmt.Errorf("more: %w", refusef("wrong")), 2, "partsnet: more: wrong\n"},
		{running, refused(errReported), 2, ""},
		{ended(nil), nil, 0, ""}, // it was done already
		{ended(nil), refusef("wrong"), 2, "partsnet: wrong\n"},
		{ended(nil), errors.New("stopped"), 130, "partsnet: stopped\n"},
		{ended(interruption{os.Interrupt}), &outcome.Interrupted{}, 130, "partsnet: interrupted before there was a checkpoint; nothing is kept\n"},
		{ended(interruption{syscall.SIGTERM}), errors.New("stopped"), 143, "partsnet: stopped\n"},
		{ended(interruption{syscall.SIGHUP}), errors.New("stopped"), 129, "partsnet: stopped\n"},
	} {
		var b strings.Builder
		if code := exit(tt.ctx, tt.err, &b); code != tt.code || b.String() != tt.stderr {
			t.Errorf("%v: exit %d, %q; want %d, %q", tt.err, code, b.String(), tt.code, tt.stderr)
		}
	}
}

// TestUntilSignal sends the process a signal, which ends the context and no more.
func TestUntilSignal(t *testing.T) {
	ctx, stop := untilSignal(context.Background())
	defer stop()
	p, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Signal(syscall.SIGTERM); err != nil {
		t.Skip(err) // there are no signals
	}
	<-ctx.Done()
	if code := interruptedBy(ctx); code != 143 {
		t.Errorf("exit %d after SIGTERM", code)
	}
}
