package main

import (
	"bytes"
	"testing"
	"time"

	"partsnet/sim"
	"partsnet/sim/campaign"
)

// TestProgressLines shows a run that took a minute to load: the time left does not count
// that, the objective is marked with its epoch where it is an older one, and the end says
// what follows.
func TestProgressLines(t *testing.T) {
	var b bytes.Buffer
	clock := time.Unix(0, 0)
	p := newProgress(&b, false)
	p.now = func() time.Time { return clock }
	for epoch := 1; epoch <= 100; epoch++ {
		objective := 1000 / float64(1+epoch/10)
		p.show(sim.Progress{Epoch: epoch, Epochs: 100, Symbol: "D", Objective: objective, Elapsed: time.Minute + time.Duration(epoch)*500*time.Millisecond})
		clock = clock.Add(500 * time.Millisecond)
		if epoch == 9 {
			clock = clock.Add(time.Second)
		}
	}
	p.end()
	lines := bytes.Split(bytes.TrimSpace(b.Bytes()), []byte("\n"))
	for i, want := range map[int]string{
		0: "epoch 1 of 100  D = 1000",
		1: "epoch 5 of 100  D = 1000 (epoch 1)  2.0 epochs/s  48s left",
		3: "epoch 11 of 100  D = 500 (epoch 10)  2.0 epochs/s  45s left",
	} {
		if string(lines[i]) != want {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	if last := string(lines[len(lines)-1]); last != "epoch 100 of 100  D = 90.9091" {
		t.Error(last)
	}
}

// TestQuietProgress shows nothing, and a score what is left.
func TestQuietProgress(t *testing.T) {
	var b bytes.Buffer
	p := newProgress(&b, true)
	p.show(sim.Progress{Epoch: 1, Epochs: 1, Symbol: "D"})
	p.campaign(campaign.Progress{Done: 1, Of: 1})
	p.fetched("a", 1, 1)
	p.end()
	if b.Len() > 0 {
		t.Errorf("%q", b.String())
	}
	p = newProgress(&b, false)
	p.campaign(campaign.Progress{Done: 1, Of: 2, Job: campaign.Job{Key: "bars seed 3"}, Failed: 1, Left: 90 * time.Second})
	p.campaign(campaign.Progress{Done: 2, Of: 2, Job: campaign.Job{Key: "bars seed 4"}, Failed: 1})
	if want := "run 1 of 2  bars seed 3  1m30s left  1 failed\nrun 2 of 2  bars seed 4  drawing figures  1 failed\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 3010560: "3,010,560"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
