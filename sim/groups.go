package sim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"time"

	"partsnet/internal/pool"
	"partsnet/sim/checkpoint"
	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
	"partsnet/sim/train"
)

// GroupsReport is what a run of groups that learn alone says when it has ended.
type GroupsReport struct {
	*outcome.Groups
	Dir      string
	Figures  bool
	Finished int           // groups that had learned before this session
	Elapsed  time.Duration // of this session, and of sessions before it at least the longest time of a group in them
}

// RunGroups runs an experiment whose groups learn alone ([experiment.Experiment.Apart]): a network
// for each group, in a run directory of its own in DIR/groups, and what they have in common in DIR. Groups
// learn side by side. After the context has ended it, or it was killed, finished groups are not
// learned again, and those that had begun continue from their checkpoints.
func RunGroups(ctx context.Context, x *experiment.Experiment, dir string, o Options) (report *GroupsReport, err error) {
	o, clock := o.filled(), outcome.NewClock(time.Now())
	out, err := open(x, dir, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	if err := out.SaveConfig(x.TOML()); err != nil {
		return nil, err
	}
	o.Stage("reading the stimuli")
	a, err := inputs.Divide(ctx, x)
	if err != nil {
		return nil, interruptedIn(err, out)
	}
	r := &groupsRun{x: x, out: out, a: a, o: o, clock: clock, folders: foldersOf(a.Groups)}
	members, err := r.all(ctx)
	if err != nil {
		return nil, interruptedIn(err, out)
	}
	o.Stage("matching parts")
	g, err := together(ctx, x, a, members)
	if err != nil {
		return nil, interruptedIn(err, out)
	}
	if len(x.Figures) > 0 {
		o.Stage("drawing figures")
	}
	timing := clock.Timing(nil)
	timing.Seconds, timing.Learning = timing.Seconds+r.before, r.learning
	if err := rundir.WriteGroups(out, g, timing); err != nil {
		return nil, err
	}
	report = &GroupsReport{Groups: g, Dir: dir, Figures: len(x.Figures) > 0, Finished: r.finished, Elapsed: time.Duration(timing.Seconds * float64(time.Second))}
	return report, out.Commit()
}

// LearnGroups is [RunGroups] in memory, with as many workers as it is told (0 for one a processor).
func LearnGroups(ctx context.Context, x *experiment.Experiment, workers int) (*outcome.Groups, error) {
	a, err := inputs.Divide(ctx, x)
	if err != nil {
		return nil, err
	}
	folders, members := foldersOf(a.Groups), make([]outcome.Member, len(a.Groups))
	err = each(workers, len(a.Groups), func(k, workers int) error {
		y := x.Of(a.Groups[k].Name)
		in, err := a.Prepare(ctx, y)
		if err != nil {
			return err
		}
		trained, err := train.Learn(ctx, y, in, train.Options{Clock: outcome.NewClock(time.Now()), Workers: workers, InMemory: true})
		if err != nil {
			return err
		}
		members[k] = trained.Of(a.Groups[k], folders[k])
		return nil
	}, a.Groups)
	if err != nil {
		return nil, err
	}
	return together(ctx, x, a, members)
}

// together matches the parts of groups.
func together(ctx context.Context, x *experiment.Experiment, a *inputs.Apart, members []outcome.Member) (*outcome.Groups, error) {
	set := a.Set
	g := &outcome.Groups{Experiment: x, Members: members, Stimuli: outcome.Stimuli{
		Source: set.Source, Read: a.Read, Count: set.Count, Size: set.Size, Height: set.Height, Width: set.Width,
		Names: set.Names, Neurons: set.Neurons, Texts: set.Texts, Axis: set.Axis, AxisName: set.AxisName, Recordings: set.Recordings, Files: a.Files,
	}}
	if len(a.Tables) > 0 {
		g.Stimuli.Files = maps.Clone(a.Files)
		maps.Copy(g.Stimuli.Files, a.Tables)
	}
	sum := sha256.New()
	var parts [][]float64
	for _, m := range members {
		fmt.Fprintf(sum, "%s\n%s\n", m.Checksum, m.Name)
		parts = append(parts, m.Synapses)
	}
	g.Stimuli.Checksum = hex.EncodeToString(sum.Sum(nil))
	var err error
	g.Matching, err = measure.Matched(ctx, parts, set.Size, x.Groups.Shuffles, func(one, other, shuffle int) *rand.Rand {
		return stream.New(x.Seed, fmt.Sprintf("shuffle %d of groups %s and %s", shuffle, members[one].Name, members[other].Name))
	})
	if err != nil {
		return nil, &outcome.Interrupted{}
	}
	for _, s := range a.Stored {
		g.Stored = append(g.Stored, outcome.Stored{Group: s.Group, Name: s.Name, Names: s.Names, Recovery: measure.Recover(s.Parts, members[s.Group].Synapses, set.Size)})
	}
	return g, nil
}

// groupsRun is a run of groups on its way.
type groupsRun struct {
	x       *experiment.Experiment
	out     *record.Dir
	a       *inputs.Apart
	o       Options
	clock   *outcome.Clock
	folders []string

	mu       sync.Mutex
	epochs   map[int]int // of each group so far
	each     int         // epochs that a group has at most
	finished int         // groups, before this session
	before   float64     // seconds in earlier sessions of the group that took longest in them
	learning float64     // seconds that groups learned
}

// all lets every group learn, or reads what it has learned.
func (r *groupsRun) all(ctx context.Context) ([]outcome.Member, error) {
	r.epochs, r.each = map[int]int{}, r.x.Learning.Epochs*r.x.Restarts*max(1, len(r.x.Choose.Among))
	members := make([]outcome.Member, len(r.a.Groups))
	err := each(0, len(members), func(k, workers int) (err error) {
		members[k], err = r.one(ctx, k, workers)
		return err
	}, r.a.Groups)
	return members, err
}

// one lets a group learn, or reads what it has learned before.
func (r *groupsRun) one(ctx context.Context, k, workers int) (m outcome.Member, err error) {
	group := r.a.Groups[k]
	x := r.x.Of(group.Name)
	dir, err := r.out.Member(r.folders[k])
	if err != nil {
		return m, err
	}
	in, err := r.a.Prepare(ctx, x)
	if err != nil {
		return m, err
	}
	clock := outcome.NewClock(time.Now())
	o := r.o
	o.Resume, o.Stage = true, func(string) {}
	o.Progress = func(p Progress) { r.progress(k, p) }
	o.Note = func(s string) { r.o.Note("group " + group.Name + ": " + s) }
	_, err = runIn(ctx, x, dir, o, clock, making{workers: workers, prepare: func(context.Context) (*inputs.Inputs, error) { return in, nil }})
	finished := new(record.ExistsError)
	before := errors.As(err, &finished)
	if err != nil && !before {
		return m, err
	}
	s, err := rundir.Open(dir)
	if err == nil && before {
		err = continues(s, in.Checksum)
	}
	if err != nil {
		return m, err
	}
	if m, err = s.Member(group, r.folders[k]); err != nil {
		return m, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out.Enclose(r.folders[k], s.Manifest.Files)
	r.learning += s.Manifest.Timing.Learning
	earlier := s.Manifest.Timing.Seconds // groups learn side by side, so that their times are not added
	if before {
		r.finished++
	} else {
		earlier -= clock.Elapsed().Seconds()
	}
	r.before = max(r.before, earlier)
	r.epochs[k] = r.each
	return m, nil
}

// progress tells of an epoch of a group.
func (r *groupsRun) progress(k int, p Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.epochs[k], r.each = p.Epoch, p.Epochs
	all := 0
	for _, e := range r.epochs {
		all += e
	}
	r.o.Progress(Progress{
		Epoch: all, Epochs: len(r.folders) * r.each, Symbol: p.Symbol, Objective: p.Objective,
		Elapsed: r.clock.Elapsed(), Group: r.a.Groups[k].Name, Groups: len(r.folders),
	})
}

// continues returns an error if the finished run of a group does not belong to this run.
func continues(s *rundir.Saved, checksum string) error {
	switch {
	case s.Manifest.Stimuli.SHA256 != checksum:
		return &experiment.RequestError{Err: fmt.Errorf("%s was learned from other stimuli: the data were changed since; remove it, or choose another place with --out", s.Dir)}
	case !s.Manifest.SameBuild():
		return &experiment.RequestError{Err: fmt.Errorf("%s was written by %s, which may round differently; continue with that program, or choose another place with --out", s.Dir, s.Manifest.Build())}
	}
	return nil
}

// interruptedIn names what holds the checkpoints in the error of a run that its context has ended.
func interruptedIn(err error, out *record.Dir) error {
	if errors.As(err, new(*outcome.Interrupted)) && out.HasMembers() {
		return &outcome.Interrupted{Dir: out.Partial(), Groups: true}
	}
	return err
}

// each calls job for each group, side by side, with the number of workers that it has for itself. The
// first error ends what has not begun.
func each(workers, count int, job func(k, workers int) error, groups []stimulus.Group) error {
	processors := runtime.GOMAXPROCS(0)
	if workers > 0 {
		processors = workers
	}
	side := max(1, min(count, processors))
	var mu sync.Mutex
	var failed error
	over := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return failed != nil
	}
	pool.Each(side, count, func(_, k int) {
		if over() {
			return
		}
		err := job(k, max(1, processors/side))
		mu.Lock()
		defer mu.Unlock()
		if err != nil && failed == nil {
			failed = err
			if !errors.As(err, new(*outcome.Interrupted)) {
				failed = fmt.Errorf("group %s: %w", groups[k].Name, err)
			}
		}
	})
	return failed
}

// foldersOf returns the names of the folders of groups: their names, in which characters that no
// path should have are replaced, made different where they would be the same in a file system that
// does not tell capitals from small letters.
func foldersOf(groups []stimulus.Group) (folders []string) {
	taken := map[string]bool{}
	for _, g := range groups {
		name := strings.ReplaceAll(g.Name, ", ", "_")
		name = strings.Map(func(r rune) rune {
			if r == '.' || !strings.ContainsRune(config.NameRunes, r) {
				return '-'
			}
			return r
		}, name)
		name = name[:min(len(name), config.MaxName)]
		folder := name
		for k := 2; taken[strings.ToLower(folder)]; k++ {
			folder = fmt.Sprintf("%s-%d", name, k)
		}
		taken[strings.ToLower(folder)] = true
		folders = append(folders, folder)
	}
	return folders
}

// ownPlace returns an error if what an interrupted run left is of groups and that of the experiment is
// not, or the other way round, or if it is of groups of another experiment.
func ownPlace(out *record.Dir, x *experiment.Experiment) error {
	if !out.HasMembers() && (!x.Apart() || len(out.Checkpoints()) == 0) {
		return nil
	}
	was := checkpoint.Config(out.Partial())
	if was == nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s holds a run that is not known; remove it, or choose another place with --out", out.Partial())}
	}
	if d := experiment.Diff(was, x); d != nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s cannot be continued: the config differs: %s; use the same config, or another place with --out", out.Partial(), strings.Join(d, "; "))}
	}
	return nil
}
