package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"partsnet/sim"
)

// verify runs a finished run again and says whether the same came out.
func verify(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	in := ""
	names, err := arguments(args, func(flags *flag.FlagSet) {
		flags.StringVar(&in, "in", "", "folder in which the run was started")
	})
	if err == nil && len(names) != 1 {
		err = fmt.Errorf("expected the directory of a run, got %d arguments; see partsnet help", len(names))
	}
	var dir string
	if err == nil {
		dir, err = filepath.Abs(names[0])
	}
	if err == nil && in != "" {
		err = os.Chdir(in) // the paths of the config are meant from there
	}
	if err != nil {
		fmt.Fprintf(stderr, "partsnet: %v\n", err)
		return badRequest
	}
	bar := newProgress(stderr)
	v, err := sim.Verify(ctx, dir, bar.show)
	bar.end()
	if err != nil {
		return failed(stderr, err)
	}
	fmt.Fprintf(stdout, "%s: %v; %d files compared, kernel %s\n", names[0], v.Verdict, v.Files, v.Kernel)
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
