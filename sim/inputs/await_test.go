package inputs

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"partsnet/sim/outcome"
)

func TestAwait(t *testing.T) {
	failed := errors.New("failed")
	ctx, cancel := context.WithCancel(context.Background())
	if err := Await(ctx, func() error { return failed }, nil); err != failed {
		t.Errorf("%v", err)
	}
	func() {
		defer func() {
			if p := recover(); p != "here" {
				t.Errorf("the caller recovers %v", p)
			}
		}()
		_ = Await(ctx, func() error { panic("here") }, nil)
	}()
	begun, end, late := make(chan bool), make(chan bool), make(chan error)
	go func() { <-begun; cancel() }()
	err := Await(ctx, func() error { close(begun); <-end; return failed }, func(err error) { late <- err })
	if !errors.As(err, new(*outcome.Interrupted)) {
		t.Errorf("%v; want an interruption", err)
	}
	close(end)
	if err := <-late; err != failed {
		t.Errorf("what comes late has the error %v", err)
	}
	for range 100 { // the context has ended, and what is called says so
		err := Await(ctx, func() error { return fmt.Errorf("reading: %w", ctx.Err()) }, func(error) {})
		if !errors.As(err, new(*outcome.Interrupted)) {
			t.Fatalf("%v; want an interruption", err)
		}
	}
}
