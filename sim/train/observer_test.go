package train_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/simtest"
	"partsnet/sim/train"
)

// observe lets an experiment with settings learn, in a context that ends after that many
// epochs, 0 for never, and returns what an observer was told.
func observe(t *testing.T, end int, settings ...string) (events []string, err error) {
	t.Helper()
	x := simtest.Experiment(t, append([]string{"stimulus.count=20", "stimulus.side=8", "network.hidden=3", "learning.epochs=3", "look.frames=0", "figures=[]"}, settings...)...)
	in, err := inputs.Prepare(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	names := map[train.Event]string{train.EpochEnded: "epoch", train.StartEnded: "start", train.Learned: "learned", train.Interrupted: "interrupted"}
	_, err = train.Learn(ctx, x, in, train.Options{Clock: outcome.NewClock(time.Now()), Workers: 1}, train.ObserverFunc(func(m train.Moment) error {
		text := fmt.Sprintf("%s %d/%d", names[m.Event], m.Epoch, m.Epochs)
		if m.Snapshot != nil {
			text += fmt.Sprintf(" after %d", m.Snapshot().Kept[0].Model.Epoch)
		}
		events = append(events, text)
		if m.Event == train.EpochEnded && m.Epoch == end {
			cancel()
		}
		return nil
	}))
	return events, err
}

// TestObserversAreTold asks what observers see of a run from one start and from several, of
// one with layers above the first, and of one that is interrupted.
func TestObserversAreTold(t *testing.T) {
	for _, c := range []struct {
		end      int
		settings []string
		want     []string
	}{
		{0, nil, []string{"epoch 1/3 after 1", "epoch 2/3 after 2", "epoch 3/3 after 3"}},
		{0, []string{"stack.hidden=[2]"}, []string{"epoch 1/3 after 1", "epoch 2/3 after 2", "epoch 3/3 after 3", "learned 3/3 after 3"}},
		{2, nil, []string{"epoch 1/3 after 1", "epoch 2/3 after 2", "interrupted 2/3 after 2"}},
		{0, []string{"restarts=2", "learning.epochs=1"}, []string{"epoch 1/2", "start 1/2 after 1", "epoch 2/2", "start 2/2 after 1"}},
		{1, []string{"restarts=2", "learning.epochs=2"}, []string{"epoch 1/4", "interrupted 1/4"}},
		{2, []string{"restarts=2", "learning.epochs=1"}, []string{"epoch 1/2", "start 1/2 after 1", "epoch 2/2", "interrupted 2/2 after 1"}},
	} {
		got, err := observe(t, c.end, c.settings...)
		if interrupted := errors.As(err, new(*outcome.Interrupted)); interrupted != (c.end > 0) || err != nil && !interrupted {
			t.Errorf("%v: %v", c.settings, err)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %q; want %q", c.settings, got, c.want)
		}
	}
}

// TestObserverEndsRun returns the error of an observer.
func TestObserverEndsRun(t *testing.T) {
	full := errors.New("the disk is full")
	x := simtest.Experiment(t, "stimulus.count=20", "stimulus.side=8", "network.hidden=3", "learning.epochs=3", "look.frames=0", "figures=[]")
	in, err := inputs.Prepare(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	_, err = train.Learn(t.Context(), x, in, train.Options{Clock: outcome.NewClock(time.Now())}, train.ObserverFunc(func(train.Moment) error { return full }))
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}
