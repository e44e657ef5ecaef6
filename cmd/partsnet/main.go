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
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup does
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
