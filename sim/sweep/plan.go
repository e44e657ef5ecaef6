package sweep

import (
	"context"
	"errors"
	"math"
	"time"

	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
	"partsnet/sim/memory"
)

// Plan is what a sweep would take.
type Plan struct {
	Runs, Done int
	Together   int     // runs at a time
	Seconds    float64 // of the runs that are left; NaN where it is not known
	Source     string  // what that is estimated from
	OfRun      float64 // memory that the largest run takes at most, in bytes; NaN where it is not known
	Disk       float64 // bytes of the finished directory
	Meanwhile  float64 // bytes of checkpoints while runs are on their way; NaN where it is not known
}

// Plan estimates what the sweep would take in a directory. The time is that of runs that have ended
// there or, where there are none, of a trial of up to three cells, which is cut short after some epochs;
// a run that stops early takes less.
func (s *Sweep) Plan(ctx context.Context, dir string, workers int) (p Plan, err error) {
	p = Plan{Runs: s.runs(), Seconds: math.NaN(), OfRun: math.NaN(), Meanwhile: math.NaN()}
	if p.Together, err = s.workers(workers); err != nil {
		return p, err
	}
	if need := s.Need(); need > 0 {
		p.OfRun = need
	}
	p.Together = min(p.Together, p.Runs)
	p.Disk, p.Meanwhile = s.disk(p.Together)
	jobs := s.jobs()
	sum, ended := map[string][2]float64{}, campaign.Ended(dir) // seconds and number, by cell and of all
	for _, j := range jobs {
		if e, ok := ended[j.Key]; ok && e.Config == j.Config {
			p.Done++
			for _, of := range []string{"", j.Like + " "} {
				was := sum[of]
				sum[of] = [2]float64{was[0] + e.Seconds, was[1] + 1}
			}
		}
	}
	if p.Done == 0 {
		p.Source = "a trial, cut short"
		seconds, err := s.trial(ctx)
		p.Seconds = seconds * float64(p.Runs) / float64(p.Together)
		return p, err
	}
	p.Source, p.Seconds = "the runs that have ended", 0
	for _, j := range jobs {
		if e, ok := ended[j.Key]; ok && e.Config == j.Config {
			continue
		}
		of, ok := sum[j.Like+" "]
		if !ok {
			of = sum[""]
		}
		p.Seconds += of[0] / of[1] / float64(p.Together)
	}
	return p, nil
}

// A trial measures a cell until it has taken that long, and is given up altogether after the other.
const (
	trialSeconds = 0.3
	mostOfTrial  = 5 * time.Second
)

// trial returns the estimated mean time of a run, NaN where a single epoch takes too long.
func (s *Sweep) trial(ctx context.Context) (seconds float64, err error) {
	within, stop := context.WithTimeout(ctx, mostOfTrial)
	defer stop()
	seconds = math.NaN()
	last := len(s.Cells) - 1
	tried := map[int]bool{}
	sum, n := 0.0, 0.0
	for _, k := range []int{0, last, last / 2} {
		if tried[k] {
			continue
		}
		tried[k] = true
		t, err := timeOf(within, s.Cells[k].Runs[0])
		if ctx.Err() != nil {
			return seconds, ctx.Err()
		}
		if err != nil && !errors.Is(within.Err(), context.DeadlineExceeded) {
			continue // the sweep itself names runs that fail
		}
		if err != nil {
			break
		}
		sum, n = sum+t, n+1
		seconds = sum / n
	}
	return seconds, nil
}

// timeOf estimates the time of a run of E epochs from runs of 1 and k epochs:
//
//	t(E) ≈ t(1) + (t(k) − t(1)) · (E − 1) / (k − 1)
func timeOf(ctx context.Context, x *experiment.Experiment) (float64, error) {
	epochs := x.Learning.Epochs
	first := math.NaN()
	for k := 1; ; k *= 4 {
		y := *x
		y.Learning.Epochs = min(k, epochs)
		begin := time.Now()
		if _, err := sim.Learn(ctx, &y, 1); err != nil {
			return 0, err
		}
		took := time.Since(begin).Seconds()
		if k == 1 {
			first = took
		}
		switch {
		case y.Learning.Epochs == epochs:
			return took, nil
		case k > 1 && took > trialSeconds || k == 1 && took > 4*trialSeconds:
			if k == 1 { // all of it may be that of the epoch
				return took * float64(epochs), nil
			}
			return first + max(0, took-first)*float64(epochs-1)/float64(k-1), nil
		}
	}
}

// disk estimates the bytes of the finished directory, and those of checkpoints of so many runs at a time,
// of which two are kept of each: W twice, as it is and in use, and H.
func (s *Sweep) disk(together int) (finished, meanwhile float64) {
	const (
		field   = 19 // bytes of a number in a table, with what parts it from the next
		written = 42 // bytes of a measure in the ledger, with its name
		perRun  = 420
		figure  = 90e3 // bytes of a figure in all formats
	)
	for _, c := range s.Cells {
		x := c.Runs[0]
		epochs := x.Learning.Epochs
		records := float64(min(epochs, 10) + max(0, epochs/x.Record-10/x.Record))
		measures := float64(len(x.Measures))
		row := float64(len(s.Title(c))) + 6 + field*(1+measures)
		finished += float64(s.Seeds)*(records*(row+40+written*measures)+perRun) + (1+measures)*(40+6*field)
		e, ok := memory.Announced(x)
		if !ok {
			meanwhile = math.NaN()
			continue
		}
		meanwhile = max(meanwhile, float64(2*together)*checkpointBytes(x, e))
	}
	return finished + figure*float64(len(s.Axes)), meanwhile
}

// checkpointBytes is about what a checkpoint of a run takes.
func checkpointBytes(x *experiment.Experiment, e network.Extent) float64 {
	size := 8.0
	if x.Precision == "float32" {
		size = 4
	}
	r := float64(x.Hidden)
	return size*r*(2*float64(e.Visible)+float64(e.Stimuli)) + 4096
}
