package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"partsnet/sim"
)

// verify runs a finished run again and says whether the same came out.
func verify(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "partsnet: verify takes the directory of a run")
		return badRequest
	}
	bar := newProgress(stderr)
	v, err := sim.Verify(ctx, args[0], bar.show)
	bar.end()
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		var request *sim.RequestError
		if errors.As(err, &request) {
			return badRequest
		}
		return runFailed
	}
	fmt.Fprintf(stdout, "%s: %v; %d files compared, kernel %s\n", args[0], v.Verdict, v.Files, v.Kernel)
	for _, d := range v.Details {
		fmt.Fprintf(stdout, "  %s\n", d)
	}
	if v.Verdict == sim.Different {
		return runFailed
	}
	return done
}

// cite prints the methods of a run in words.
func cite(args []string, stdout io.Writer) error {
	if len(args) != 1 {
		return errors.New("cite takes the directory of a run")
	}
	text, err := sim.Cite(args[0])
	if err != nil {
		return err
	}
	_, err = io.WriteString(stdout, text)
	return err
}
