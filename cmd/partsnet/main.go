// Command partsnet runs experiments with networks that learn the parts of
// objects.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// garbagePercent is how much garbage there may be in the share of what is in use
// before it is collected. A run makes its large arrays once and then no garbage, so a
// small share costs no time.
const garbagePercent = 20

func main() {
	debug.SetGCPercent(garbagePercent)
	signal.Ignore(syscall.SIGPIPE) // a reader of the output that goes away ends no run
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
