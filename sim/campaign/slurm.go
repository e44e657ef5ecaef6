package campaign

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"partsnet/internal/shell"
	"partsnet/sim/record"
)

// Slurm is the [Engine] that does jobs by arrays of a Slurm cluster, an element a job. Element i of an
// array with offset o does job o + i of the campaign.
//
// Slurm's queue alone says what is on its way: the name of an array tells the directory and the offset.
// So a process that was killed is followed by another one, which finds the elements that go on without it. An
// element that ended without a result, as it was cancelled, ran out of time or its node failed, is
// submitted again, and goes on from the checkpoint of its job. One that is requeued or preempted Slurm
// starts again itself.
type Slurm struct {
	SlurmOptions
	Name    string       // of what is done
	Dir     string       // absolute path of the directory
	Command string       // a line for a shell that does a job, whose number follows it
	Need    float64      // memory of a job in bytes; 0 where it is not known
	Say     func(string) // told every command before it is run, and what became of elements
}

// mostTries is how often an element of a job may end without a result and without a newer checkpoint.
const mostTries = 5

// unseen is how long a result may be on its way through a file system of a network.
const unseen = 90 * time.Second

// Together returns how many elements run at a time, as far as it is known.
func (s *Slurm) Together() int { return cmp.Or(s.Throttle, 1) }

// following is a campaign whose elements are followed.
type following struct {
	*Slurm
	l      *Ledger
	jobs   []Job
	offset int // between arrays, the largest number of elements

	elements map[int]string    // newest element of each job
	alive    map[int]bool      // whether that was seen pending or running
	missing  map[int]time.Time // since when it is not in the queue
	tries    map[int]int
	newest   map[int]string // checkpoint at the last try
	failures int            // of squeue, one after the other
}

// Do submits arrays of the jobs that are neither done nor in the queue, and follows them. The end of the
// context cancels them.
func (s *Slurm) Do(ctx context.Context, l *Ledger, jobs []Job) error {
	f := &following{
		Slurm: s, l: l, jobs: jobs, offset: s.arraySize(ctx), elements: map[int]string{}, alive: map[int]bool{},
		missing: map[int]time.Time{}, tries: map[int]int{}, newest: map[int]string{},
	}
	if err := f.writeScript(); err != nil {
		return err
	}
	begin := time.Now()
	for {
		all, err := f.look(ctx)
		if ctx.Err() != nil {
			return f.cancel()
		}
		if all || err != nil {
			return err
		}
		if !pause(ctx, min(max(l.times.look, time.Since(begin)/20), 15*time.Second)) {
			return f.cancel()
		}
	}
}

// look asks for the queue, then for results, and submits what is missing; all reports whether all is
// done.
func (f *following) look(ctx context.Context) (all bool, err error) {
	queue, err := f.queue(ctx)
	if err != nil {
		if f.failures++; f.failures == 1 || f.failures > 40 {
			err = fmt.Errorf("%w; the elements go on", err)
		}
		if f.failures > 40 {
			return false, err
		}
		f.Say(err.Error())
		return false, nil
	}
	f.failures = 0
	if err := f.l.refresh(); err != nil {
		return false, err
	}
	var open, lost, submit []int
	cancelled := 0
	for k, j := range f.jobs {
		if f.l.has(j.Key) {
			continue
		}
		open = append(open, k)
		e, queued := queue[k]
		switch {
		case queued:
			f.elements[k] = e.id
			f.alive[k] = f.alive[k] || e.state != "COMPLETING"
			delete(f.missing, k)
		case f.elements[k] == "":
			submit = append(submit, k)
		default:
			state := f.state(ctx, f.elements[k])
			since, known := f.missing[k]
			if !known {
				f.missing[k] = time.Now()
				since = f.missing[k]
			}
			if ended := strings.HasPrefix(state, "CANCELLED"); ended && f.alive[k] {
				cancelled++
			}
			if goesOn(state) && time.Since(since) < unseen { // its result may be on its way
				continue
			}
			lost = append(lost, k)
		}
	}
	if len(open) == 0 {
		return true, nil
	}
	if cancelled == len(open) && cancelled > 1 {
		return false, errors.New("all elements were cancelled; the same command with --resume continues")
	}
	for _, k := range lost {
		again, err := f.lose(ctx, k)
		if err != nil {
			return false, err
		}
		if again {
			submit = append(submit, k)
		}
	}
	return false, f.submit(ctx, submit, queue)
}

// goesOn reports whether an element in a state may still bring a result.
func goesOn(state string) bool {
	for _, ended := range []string{"CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "BOOT_FAIL", "DEADLINE"} {
		if strings.HasPrefix(state, ended) {
			return false
		}
	}
	return true
}

// lose counts an element that ended without a result; again is false where its job has failed by that.
func (f *following) lose(ctx context.Context, k int) (again bool, err error) {
	j, element := f.jobs[k], f.elements[k]
	if err := f.l.free(j.Key); err != nil {
		return false, err
	}
	if f.l.has(j.Key) { // its result has come meanwhile
		return false, nil
	}
	newest := ""
	if kept := record.CheckpointsIn(f.l.cell(j) + ".partial"); len(kept) > 0 {
		newest = kept[0]
	}
	if newest != f.newest[k] {
		f.tries[k], f.newest[k] = 0, newest
	}
	f.tries[k]++
	state := f.state(ctx, element)
	delete(f.elements, k)
	delete(f.missing, k)
	delete(f.alive, k)
	what := fmt.Sprintf("element %s of %s ended without a result: %s", element, j.Key, state)
	if said := lastLine(filepath.Join(f.l.folder, "slurm", element+".out")); said != "" {
		what += ", " + said
	}
	if f.tries[k] < mostTries {
		f.Say(what + "; it is submitted again")
		return true, nil
	}
	return false, f.l.append(Entry{Key: j.Key, Config: j.Config, Error: fmt.Sprintf("%s; so did %d before it, without a newer checkpoint", what, mostTries-1)})
}

// lastLine returns the last line that an element has written.
func lastLine(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}

// submit submits jobs as arrays, one for each offset. A later offset waits until none of an earlier one is
// pending or, where elements are throttled, on its way.
func (f *following) submit(ctx context.Context, jobs []int, queue map[int]queued) error {
	slices.Sort(jobs)
	busy := -1 // offset of what is on its way
	for k, e := range queue {
		if f.Throttle > 0 || e.state == "PENDING" {
			busy = max(busy, k/f.offset)
		}
	}
	for len(jobs) > 0 {
		of := jobs[0] / f.offset
		n := slices.IndexFunc(jobs, func(k int) bool { return k/f.offset != of })
		if n < 0 {
			n = len(jobs)
		}
		if busy >= 0 && busy < of {
			return nil
		}
		id, err := f.sbatch(ctx, of*f.offset, jobs[:n])
		if err != nil && len(queue) > 0 && ctx.Err() == nil { // a limit on the number of jobs, for example
			f.Say(err.Error() + "; it is tried again later")
			return nil
		} else if err != nil {
			return err
		}
		for _, k := range jobs[:n] {
			f.elements[k] = fmt.Sprintf("%s_%d", id, k-of*f.offset)
		}
		jobs, busy = jobs[n:], of
	}
	return nil
}

// cancel cancels all arrays of the directory.
func (f *following) cancel() error {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	arrays := map[string]bool{}
	queue, err := f.queue(ctx)
	for _, e := range queue {
		id, _, _ := strings.Cut(e.id, "_")
		arrays[id] = true
	}
	for _, id := range f.elements {
		if err != nil { // as far as is known
			id, _, _ = strings.Cut(id, "_")
			arrays[id] = true
		}
	}
	if len(arrays) == 0 {
		return nil
	}
	_, err = f.command(ctx, true, "scancel", slices.Sorted(maps.Keys(arrays))...)
	return err
}

// jobName is the beginning of the names of the arrays of a directory; an offset follows.
func (s *Slurm) jobName() string { return fmt.Sprintf("partsnet-%s-%.8s.", s.Name, hashed(s.Dir)) }

// queued is an element in the queue.
type queued struct{ id, state string }

// queue returns the elements in the queue by their jobs.
func (f *following) queue(ctx context.Context) (map[int]queued, error) {
	text, err := f.command(ctx, false, "squeue", "--me", "--array", "--noheader", "--format=%F %K %T %j")
	if err != nil {
		return nil, err
	}
	return elementsIn(text, f.jobName()), nil
}

// elementsIn reads what squeue prints.
func elementsIn(text, name string) map[int]queued {
	queue := map[int]queued{}
	for line := range strings.Lines(text) {
		part := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(part) != 4 {
			continue
		}
		at, ours := strings.CutPrefix(part[3], name)
		offset, err1 := strconv.Atoi(at)
		index, err2 := strconv.Atoi(part[1])
		if !ours || err1 != nil || err2 != nil {
			continue
		}
		e := queued{part[0] + "_" + part[1], part[2]}
		if was, twice := queue[offset+index]; !twice || was.state == "COMPLETING" {
			queue[offset+index] = e
		}
	}
	return queue
}

// state returns how an element is or ended, by scontrol, which forgets it after a while, or by sacct,
// which needs the accounting of the cluster.
func (f *following) state(ctx context.Context, element string) string {
	if text, err := f.command(ctx, false, "scontrol", "--oneliner", "show", "job", element); err == nil {
		if _, after, ok := strings.Cut(text, "JobState="); ok {
			state, _, _ := strings.Cut(after, " ")
			return state
		}
	}
	if text, err := f.command(ctx, false, "sacct", "--noheader", "--allocations", "--parsable2", "--jobs="+element, "--format=State"); err == nil && strings.TrimSpace(text) != "" {
		return strings.Fields(text)[0]
	}
	return "of unknown state"
}

// arraySize returns the number of elements that an array may have.
func (s *Slurm) arraySize(ctx context.Context) int {
	const usual = 1001
	text, err := s.command(ctx, false, "scontrol", "show", "config")
	if err != nil {
		return usual
	}
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(key) == "MaxArraySize" {
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n > 0 {
				return n
			}
		}
	}
	return usual
}

// writeScript writes the script of the elements.
func (f *following) writeScript() error {
	for _, made := range []error{
		os.MkdirAll(filepath.Join(f.l.folder, "slurm"), 0o777),
		f.l.dir.Keep(scriptFile, func(w io.Writer) error { _, err := io.WriteString(w, f.Script()); return err }),
	} {
		if made != nil {
			return made
		}
	}
	return nil
}

// sbatch submits an array and returns its number.
func (f *following) sbatch(ctx context.Context, offset int, jobs []int) (id string, err error) {
	text, err := f.command(ctx, true, "sbatch", f.Submission(offset, jobs)...)
	if err != nil {
		return "", err
	}
	id, _, _ = strings.Cut(strings.TrimSpace(text), ";") // of several clusters their name follows
	return id, nil
}

// command runs a command of Slurm and returns what it prints. Those that change something are said
// before.
func (s *Slurm) command(ctx context.Context, say bool, name string, args ...string) (string, error) {
	if say {
		s.Say(shell.Quoted(append([]string{name}, args...)...))
	}
	c := exec.CommandContext(ctx, name, args...)
	var out, wrong strings.Builder
	c.Stdout, c.Stderr = &out, &wrong
	err := c.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", fmt.Errorf("there is no %s here; --engine slurm needs the commands of Slurm", name)
	}
	if err != nil {
		return "", fmt.Errorf("%s failed: %s", name, cmp.Or(strings.TrimSpace(wrong.String()), err.Error()))
	}
	return out.String(), nil
}
