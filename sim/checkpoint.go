package sim

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/record"
	"partsnet/synapse"
)

// checkpoint is what a killed run goes on from: the header of its file. Numbers that
// change in an epoch stand in its arrays and streams, under their names, so that a rule or
// a circuit with more of them adds to the list (see [network.State]).
type checkpoint struct {
	Version string            // of the program
	Build   string            // what else of the program its bits may depend on
	Config  string            // the resolved experiment
	Stimuli string            // checksum
	Inputs  map[string]string // checksums of the files that the config names
	Kernel  string

	Timing  timing
	Epoch   int
	Records []savedEntry
	Rises   int
	Stopped string // why learning ended, where it has
	Audits  map[string]synapse.Audit
	Frames  []savedFrame
	Streams map[string][]byte // states of the streams drawn from
	Arrays  []savedArray      // those of the learner, the parts of each frame, and the synapses of other starts

	Start  int          // of several the one that the rest is of, the best so far
	Starts []savedStart // that were learned
}

// savedEntry is an entry with exported fields, and its numbers as text that reads back
// to the same bits.
type savedEntry struct {
	Epoch      int
	Objective  hexFloat
	Rise       bool
	Measures   []hexFloat // in the order of the config
	Census     measure.Census
	Optimality [2]hexFloat // of rates and synapses
}

// saved returns the entry as a checkpoint holds it.
func (e entry) saved() savedEntry {
	s := savedEntry{
		Epoch: e.epoch, Objective: hexFloat(e.objective), Rise: e.rise, Census: e.census,
		Optimality: [2]hexFloat{hexFloat(e.optimality.Rates), hexFloat(e.optimality.Synapses)},
	}
	for _, m := range e.measures {
		s.Measures = append(s.Measures, hexFloat(m.Value))
	}
	return s
}

// entry returns what was saved, with the names of its measures.
func (s savedEntry) entry(names []string) (entry, error) {
	e := entry{
		epoch: s.Epoch, objective: float64(s.Objective), rise: s.Rise, census: s.Census,
		optimality: network.Optimality{Rates: float64(s.Optimality[0]), Synapses: float64(s.Optimality[1])},
	}
	if len(s.Measures) != len(names) {
		return e, fmt.Errorf("the checkpoint holds %d measures, not %d", len(s.Measures), len(names))
	}
	for i, x := range s.Measures {
		e.measures = append(e.measures, measure.Value{Name: names[i], Value: float64(x)})
	}
	return e, nil
}

// savedFrame is a frame without its parts.
type savedFrame struct {
	Epoch     int
	Objective hexFloat
}

// hexFloat is a float64 that JSON keeps exactly, also where it is not a number.
type hexFloat float64

// MarshalText writes the number with all its bits.
func (x hexFloat) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%x", float64(x)), nil }

// UnmarshalText reads it back.
func (x *hexFloat) UnmarshalText(text []byte) error {
	var y float64
	_, err := fmt.Sscan(string(text), &y)
	*x = hexFloat(y)
	return err
}

// frameArray is the name of the array with the parts of a frame.
func frameArray(epoch int) string { return fmt.Sprintf("frame %d", epoch) }

// keep writes a checkpoint of the state after an epoch, of a run that leaves a directory.
func (r *run[T]) keep() error {
	if r.out == nil {
		return nil
	}
	state := r.learner.State()
	c := checkpoint{
		Version: Version(), Build: build(), Config: r.x.TOML(), Stimuli: r.v.checksum(), Inputs: r.inputs, Kernel: kernel.Level(),
		Timing: r.timing(), Epoch: state.Epoch, Rises: r.report.Rises, Stopped: r.report.Stopped, Audits: state.Audits, Streams: r.streams.States(),
	}
	for _, e := range r.records {
		c.Records = append(c.Records, e.saved())
	}
	c.Start, c.Starts = r.nth, savedStarts(r.report.Starts)
	var arrays []array
	for _, a := range state.Arrays {
		arrays = append(arrays, array{a.Name, a.Numbers})
	}
	for k, w := range r.others {
		if w != nil {
			arrays = append(arrays, array{otherArray(k), narrow[T](w)})
		}
	}
	for _, f := range r.frames {
		c.Frames = append(c.Frames, savedFrame{f.Epoch, hexFloat(f.Objective)})
		arrays = append(arrays, array{frameArray(f.Epoch), narrow[T](f.W)})
	}
	number := state.Epoch
	if c.Starts != nil {
		number = len(c.Starts)
	}
	return r.out.Keep(number, func(w io.Writer) error { return writeCheckpoint(w, c, arrays) })
}

// resume restores the newest checkpoint that is whole. A damaged one is named, and the
// one before it is used; without any the run begins at its start. The error says why
// a whole one does not belong to this run.
func (r *run[T]) resume(out *record.Dir) error {
	for _, path := range out.Kept() {
		c, err := openCheckpoint(path)
		var other *otherForm
		if errors.As(err, &other) {
			return &RequestError{Err: fmt.Errorf("%s: %w: go on with the version that wrote it, or choose another place with --out", path, err)}
		}
		if errors.As(err, new(*fs.PathError)) {
			return fmt.Errorf("cannot read the checkpoint, which may be whole: %w; nothing was changed, try again when it can be read", err)
		}
		if err != nil {
			r.report.Damaged = append(r.report.Damaged, fmt.Sprintf("%s: %v", path, err))
			if err := out.SetAside(path); err != nil {
				return err
			}
			continue
		}
		if err := c.belongs(r.x.TOML(), r.v.checksum(), r.inputs); err != nil {
			return &RequestError{Err: errors.Join(fmt.Errorf("%s cannot go on: %w", filepath.Dir(filepath.Dir(path)), err), c.close())}
		}
		if err := r.restore(c); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", path, err), c.close())
		}
		return c.close()
	}
	return nil
}

// belongs returns an error that spells out how the config, the files that it names, the
// stimuli, the program or the kernel of the checkpoint differ from those of the run.
func (c *checkpoint) belongs(config, stimuli string, inputs map[string]string) error {
	if d := differences(c.Config, config); d != nil {
		return fmt.Errorf("the config is another: %s; use the same config, or another place with --out", strings.Join(d, "; "))
	}
	for _, path := range slices.Sorted(maps.Keys(c.Inputs)) {
		if inputs[path] != c.Inputs[path] {
			return fmt.Errorf("the data are others: %s was changed, its SHA-256 was %.16s… and is %.16s…", path, c.Inputs[path], inputs[path])
		}
	}
	if c.Stimuli != stimuli {
		return fmt.Errorf("the stimuli are others: their checksum was %s and is %s", c.Stimuli, stimuli)
	}
	if c.Version != Version() {
		return fmt.Errorf("the program is another, of version %s, and the checkpoint is of version %s: they may round differently; go on with that version, or choose another place with --out", Version(), c.Version)
	}
	if c.Build != build() {
		return fmt.Errorf("the program was built otherwise, %s, and that of the checkpoint %s: they may round differently; go on with that build, or choose another place with --out", build(), c.Build)
	}
	if c.Kernel != kernel.Level() {
		return fmt.Errorf("the kernel is another, %s instead of %s, which would round differently; %s=%s goes on with the same bits", kernel.Level(), c.Kernel, kernel.Variable, c.Kernel)
	}
	return nil
}

// build says what built the program for which system.
func build() string {
	return fmt.Sprintf("by %s for %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// differences returns the keys in which two resolved configs differ, with both values.
func differences(was, is string) (out []string) {
	before, after := keys(was), keys(is)
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range before {
			if !yield(k) {
				return
			}
		}
		for k := range after {
			if _, both := before[k]; !both && !yield(k) {
				return
			}
		}
	}) {
		if before[k] != after[k] {
			out = append(out, fmt.Sprintf("%s was %s and is %s", k, before[k], after[k]))
		}
	}
	return out
}

// keys returns the dotted keys of a resolved config with their values as text.
func keys(config string) map[string]string {
	out, section := map[string]string{}, ""
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]") + "."
		} else if key, value, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
			out[section+key] = value
		}
	}
	return out
}

// restore goes back to the state of a checkpoint.
func (r *run[T]) restore(c *checkpointFile) error {
	if c.Start < 0 || c.Start >= max(1, r.x.Restarts) {
		return fmt.Errorf("the checkpoint is of start %d of %d", c.Start, r.x.Restarts)
	}
	if c.Start != r.nth { // chance in the circuit is that of its start
		r.nth = c.Start
		if err := r.build(); err != nil {
			return err
		}
	}
	state := r.learner.State()
	state.Epoch, state.Audits = c.Epoch, c.Audits
	var names []string
	for _, a := range state.Arrays {
		if err := c.read(a.Name, a.Numbers); err != nil {
			return err
		}
		names = append(names, a.Name)
	}
	if err := r.learner.Restore(state); err != nil {
		return err
	}
	if err := r.streams.Restore(c.Streams); err != nil {
		return err
	}
	for _, e := range c.Records {
		e, err := e.entry(r.x.Measures)
		if err != nil {
			return err
		}
		r.records = append(r.records, e)
	}
	r.report.Rises, r.report.Stopped, r.report.Resumed = c.Rises, c.Stopped, c.Epoch
	r.before = c.Timing
	r.before.Resumed = append(r.before.Resumed, c.Epoch)
	if c.Starts != nil {
		r.report.Resumed = len(c.Starts)
		r.before.Resumed[len(r.before.Resumed)-1] = len(c.Starts)
		others, err := r.restoreStarts(c)
		if err != nil {
			return err
		}
		names = append(names, others...)
	}
	for _, f := range c.Frames {
		w := make([]T, r.x.Hidden*r.set.Size)
		if err := c.read(frameArray(f.Epoch), w); err != nil {
			return err
		}
		names = append(names, frameArray(f.Epoch))
		r.frames = append(r.frames, figure.Frame{Epoch: f.Epoch, Objective: float64(f.Objective), W: kernel.Wide(w)})
	}
	return c.only(names)
}

// due reports whether it is time for a checkpoint after an epoch.
func (r *run[T]) due(epoch int, last time.Time) bool {
	every := r.x.Checkpoint
	return every.Epochs > 0 && epoch%every.Epochs == 0 ||
		every.Seconds > 0 && time.Since(last) >= time.Duration(every.Seconds*float64(time.Second))
}
