package sim

import (
	"context"

	"partsnet/sim/experiment"
	"partsnet/sim/proof"
)

// Verify runs a finished run again and compares, as [proof.Verify] says. Progress is told
// of every epoch; or nil.
func Verify(ctx context.Context, dir string, progress func(Progress)) (*proof.Verification, error) {
	return proof.Verify(ctx, dir, func(ctx context.Context, x *experiment.Experiment, dir string) error {
		o := Options{Progress: progress}
		if x.Apart() {
			_, err := RunGroups(ctx, x, dir, o)
			return err
		}
		_, err := Run(ctx, x, dir, o)
		return err
	})
}
