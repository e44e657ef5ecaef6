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

// garbagePercent is how much garbage, relative to the memory in use, triggers a
// collection. A run allocates its large arrays once and then no garbage, so a small
// value costs no time.
const garbagePercent = 20

func main() {
	debug.SetGCPercent(garbagePercent)
	signal.Ignore(syscall.SIGPIPE) // a run does not end because the reader of its output has gone
	ctx, stop := untilSignal(context.Background())
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
