package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"partsnet/sim/experiment"
)

// Exit codes. A run that a signal ended exits with 128 and the number of the signal, as
// shells report it.
const (
	done        = 0
	runFailed   = 1
	badRequest  = 2
	interrupted = 128 + int(syscall.SIGINT)
)

// exitCodes documents the codes for the help.
const exitCodes = "Exit codes: 0 done; 1 the command failed; 2 the request was wrong (arguments, keys, data); 130 interrupted by Ctrl-C, 143 by SIGTERM."

// errReported is the error of a command that failed and has said so on stdout.
var errReported = errors.New("the command has failed")

// refused marks an error as one of the request, nil as nil.
func refused(err error) error {
	if err == nil {
		return nil
	}
	return &experiment.RequestError{Err: err}
}

// refusef returns an error of the request.
func refusef(format string, args ...any) error { return refused(fmt.Errorf(format, args...)) }

// exit prints the error that a command has returned and returns the exit code.
func exit(ctx context.Context, err error, stderr io.Writer) int {
	if err == nil {
		return done
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
	}
	var request *experiment.RequestError
	switch {
	case errors.As(err, &request):
		return badRequest
	case ctx.Err() != nil:
		return interruptedBy(ctx)
	}
	return runFailed
}

// interruptedBy returns the exit code of a command whose context has ended.
func interruptedBy(ctx context.Context) int {
	var cause interruption
	if errors.As(context.Cause(ctx), &cause) {
		if s, ok := cause.signal.(syscall.Signal); ok {
			return 128 + int(s)
		}
	}
	return interrupted
}
