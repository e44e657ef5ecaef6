package sim_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"codeberg.org/sbinet/npyio"

	"partsnet/internal/kernel"
	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/simtest"
)

// TestExperimentsAgree draws experiments at random, of every circuit, rule, order, batch and
// precision, of dense stimuli and of counts, and demands of each what must hold whatever it
// learns:
//
//   - another number of workers writes the same bytes;
//   - a run that ended at some epoch and was resumed writes the same bytes;
//   - what is recorded, and how often, changes no synapse and no rate;
//   - the portable kernels learn the same to rounding, and so does float64 beside float32;
//   - counts are learned as the same numbers are from a dense table, to rounding.
//
// What fails is made smaller until nothing more can be left out, and printed as TOML with
// the number that draws it again, by -experiment. The suite draws the same few each time;
// the campaigns draw hundreds, and the full one ten thousand, that are new each time.
func TestExperimentsAgree(t *testing.T) {
	first, many := uint64(1), 5
	if suite.Brief() && *drawn == 0 {
		t.Skip("each of the experiments is learned a dozen times")
	}
	if suite.Asked() {
		first, many = uint64(time.Now().UnixNano()), 300
	}
	if suite.Full() {
		many = 10_000
	}
	if *drawn != 0 {
		first, many = *drawn, 1
	}
	pairs := simtest.Pairs(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	tried := map[string]int{}
	for k := range many {
		number := first + uint64(k)
		settings := simtest.Draw(rand.New(rand.NewPCG(number, 0)), pairs)
		relation, err := agree(t, settings, number, tried)
		if err == nil {
			continue
		}
		settings = simtest.Shrink(settings, func(smaller []string) bool {
			same, err := agree(t, smaller, number, nil)
			return err != nil && same == relation
		})
		_, smallest := agree(t, settings, number, nil)
		t.Fatalf("%s: %v\n\nThe smallest experiment that fails so (-run TestExperimentsAgree -experiment %d) is\n\n%s\nwhere %v",
			relation, err, number, changed(t, settings), smallest)
	}
	t.Logf("%d experiments: %v", many, tried)
	for _, relation := range []string{"workers", "resumed", "records", "precisions", "counts"} {
		if tried[relation] == 0 && many > 1 {
			t.Errorf("no experiment was tried for %s", relation)
		}
	}
}

// drawn is the number of an experiment that is to be drawn again.
var drawn = flag.Uint64("experiment", 0, "the number of the one experiment that TestExperimentsAgree draws")

// changed returns the keys of an experiment that are not at their defaults, as TOML.
func changed(t *testing.T, settings []string) (toml string) {
	defaults, section := strings.Split(experiment.Default().TOML(), "\n"), ""
	for line := range strings.Lines(simtest.Experiment(t, append(settings, always(settings)...)...).TOML()) {
		if strings.HasPrefix(line, "[") {
			section = line
		} else if !strings.HasPrefix(line, "#") && !slices.Contains(defaults, strings.TrimRight(line, "\n")) {
			toml += section + line
			section = ""
		}
	}
	return toml
}

// agree runs the experiment of the settings and returns the relation that does not hold of
// it, and how, or counts what was tried. Of an experiment that is refused all hold.
func agree(t *testing.T, settings []string, number uint64, tried map[string]int) (relation string, err error) {
	a := &agreement{T: t, at: t.TempDir(), settings: append(slices.Clone(settings), always(settings)...)}
	if begun, err := a.begin(); err != nil || !begun {
		return "learning", err
	}
	workers, epoch := 2+int(number%8), 1+int(number%3)
	for _, relation := range []struct {
		name  string
		holds func() (tried bool, err error)
	}{
		{"workers", func() (bool, error) { return a.workers(workers) }},
		{"resumed", func() (bool, error) { return a.resumed(epoch, workers) }},
		{"records", a.records},
		{"kernels", a.kernels},
		{"precisions", a.precisions},
		{"counts", a.counts},
	} {
		done, err := relation.holds()
		if err != nil {
			return relation.name, err
		}
		if done && tried != nil {
			tried[relation.name]++
		}
	}
	return "", nil
}

// always returns settings of all experiments that are drawn, and the size of their stimuli.
func always(settings []string) []string {
	all := []string{"figures=[]", "look.frames=0"}
	switch said := strings.Join(settings, " "); {
	case strings.Contains(said, "stimulus.generator=bars"):
		return append(all, "bars.positions=4")
	case !strings.Contains(said, "stimulus.generator=") || strings.Contains(said, "stimulus.generator=faces"):
		return append(all, "stimulus.side=8")
	}
	return all
}

// agreement is an experiment and what must hold of it. Its methods report whether they
// apply to the experiment, and return what does not hold.
type agreement struct {
	*testing.T
	at       string // a folder for its runs
	settings []string
	x        *experiment.Experiment
	want     *result // of the run by one worker
}

// result is what a run left.
type result struct {
	files  map[string]string
	report *sim.Report
}

// run runs the settings and more of them.
func (a *agreement) run(more ...string) (*result, error) {
	x, err := experiment.Read("drawn", nil, append(slices.Clone(a.settings), more...))
	if err != nil {
		return nil, err
	}
	dir, report, err := a.learn(context.Background(), x, sim.Options{})
	if err != nil {
		return nil, err
	}
	return &result{a.files(dir), report}, nil
}

func (a *agreement) learn(ctx context.Context, x *experiment.Experiment, o sim.Options) (string, *sim.Report, error) {
	dir, err := os.MkdirTemp(a.at, "")
	if err != nil {
		a.Fatal(err)
	}
	dir = filepath.Join(dir, "r")
	report, err := sim.Run(ctx, x, dir, o)
	return dir, report, err
}

// begin runs the experiment by one worker. It is false where the experiment is refused,
// which must be before the first epoch, and where it diverges, which it
// must by another number of workers too, with the same words.
func (a *agreement) begin() (begun bool, err error) {
	if a.x, err = experiment.Read("drawn", nil, a.settings); err != nil {
		return false, nil
	}
	runtime.GOMAXPROCS(1)
	epochs := 0
	dir, report, err := a.learn(context.Background(), a.x, sim.Options{Progress: func(sim.Progress) { epochs++ }})
	if err != nil && epochs == 0 {
		return false, nil
	}
	if diverged := new(outcome.Diverged); errors.As(err, &diverged) {
		runtime.GOMAXPROCS(5)
		if _, _, other := a.learn(context.Background(), a.x, sim.Options{}); other == nil || other.Error() != err.Error() {
			return false, fmt.Errorf("%w; and by other workers: %v", err, other)
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	a.want = &result{a.files(dir), report}
	return true, nil
}

func (a *agreement) files(dir string) map[string]string {
	return withoutProcessors(a.T, simtest.Files(a, dir))
}

// same demands the same files.
func (a *agreement) same(got map[string]string, below string) error {
	for _, name := range slices.Sorted(maps.Keys(a.want.files)) {
		if strings.HasPrefix(name, below) && got[name] != a.want.files[name] {
			return fmt.Errorf("%s differs", name)
		}
	}
	if len(got) != len(a.want.files) {
		return fmt.Errorf("%d files, and %d by one worker", len(got), len(a.want.files))
	}
	return nil
}

func (a *agreement) workers(many int) (bool, error) {
	runtime.GOMAXPROCS(many)
	got, err := a.run()
	if err != nil {
		return true, err
	}
	return true, a.same(got.files, "")
}

// resumed ends the run after an epoch and resumes it with another number of workers.
func (a *agreement) resumed(epoch, workers int) (bool, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	dir, _, err := a.learn(ctx, a.x, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch >= epoch {
			cancel()
		}
	}})
	if interrupted := new(outcome.Interrupted); !errors.As(err, &interrupted) {
		return false, err // it had ended
	}
	runtime.GOMAXPROCS(workers - 1)
	if _, err := sim.Run(context.Background(), a.x, dir, sim.Options{Resume: true}); err != nil {
		return true, err
	}
	return true, a.same(a.files(dir), "")
}

func (a *agreement) records() (bool, error) {
	got, err := a.run("record=2", "checkpoint.epochs=1", "measures=[]")
	if err != nil {
		return true, err
	}
	return true, a.same(got.files, "arrays/")
}

func (a *agreement) kernels() (bool, error) {
	fastest := kernel.Level()
	if fastest == "portable" || a.amplifies() {
		return false, nil
	}
	if err := kernel.Force("portable"); err != nil {
		a.Fatal(err)
	}
	got, err := a.run()
	if err := kernel.Force(fastest); err != nil {
		a.Fatal(err)
	}
	if err != nil {
		return true, err
	}
	return true, a.near(got, rounding[a.x.Precision])
}

// rounding is how far, as a share of the largest number of an array, a few epochs carry
// the rounding of a precision.
var rounding = map[string]float64{"float64": 1e-9, "float32": 1e-2}

func (a *agreement) precisions() (bool, error) {
	if a.amplifies() || a.x.Recognition.Circuit == "plastic-inhibition" {
		return false, nil // inhibition that is learned has several fixed points: in float64, too, a change of 1e-6 in a learning rate can choose another
	}
	other := map[string]string{"float64": "float32", "float32": "float64"}[a.x.Precision]
	got, err := a.run("precision="+other, "floor="+fmt.Sprint(max(a.x.Floor, 1e-17)))
	if diverged := new(outcome.Diverged); errors.As(err, &diverged) {
		return false, nil // float32 and its floor silence synapses that float64 keeps
	}
	if err != nil {
		return true, err
	}
	return true, a.near(got, rounding["float32"])
}

// counts writes the counts as a table and learns from it.
func (a *agreement) counts() (bool, error) {
	if a.x.Stimulus.Generator != "topics" || a.amplifies() {
		return false, nil
	}
	set, err := inputs.Stimuli(context.Background(), a.x)
	if err != nil {
		return true, err
	}
	var table bytes.Buffer
	for i := range set.Count {
		row := slices.Repeat([]string{"0"}, set.Size)
		set.Counts.Each(i, func(j int, count float64) { row[j] = fmt.Sprint(count) })
		fmt.Fprintln(&table, strings.Join(row, ","))
	}
	path := filepath.Join(a.at, "counts.csv")
	if err := os.WriteFile(path, table.Bytes(), 0o666); err != nil {
		a.Fatal(err)
	}
	b := *a // the table has all its stimuli: neither their number nor what makes them can be set
	b.settings = slices.DeleteFunc(slices.Clone(a.settings), func(s string) bool {
		return strings.HasPrefix(s, "stimulus.count=") || strings.HasPrefix(s, "stimulus.generator=")
	})
	got, err := b.run("stimulus.path=" + path)
	if err != nil {
		return true, err
	}
	return true, a.near(got, rounding[a.x.Precision])
}

// amplifies reports whether rounding grows until it is as large as what is learned: rules
// whose usual rates are too large for counts, and circuits that spike, of which one spike
// more or less is no rounding.
func (a *agreement) amplifies() bool {
	return amplifies(strings.Join(a.settings, " ")+" ") || strings.Contains(a.x.Recognition.Circuit, "spike")
}

// near demands synapses and rates that agree to a share of the largest of each. Where
// several starts reach the same objective to rounding, rounding decides which of them is
// kept: then only the objectives are compared.
func (a *agreement) near(got *result, share float64) error {
	if best, was := got.report.Best, a.want.report.Best; best != was {
		is, objective := got.report.Objective, a.want.report.Objective
		other := a.want.report.Starts[best].Objective // that it reached by one worker
		for _, x := range []float64{is, other} {
			if !(math.Abs(x-objective) <= share*math.Abs(objective)) {
				return fmt.Errorf("start %d is the best, at an objective of %v, and by one worker start %d, at %v, where start %d had %v", best, is, was, objective, best, other)
			}
		}
		return nil
	}
	for _, name := range []string{"arrays/W.npy", "arrays/H.npy"} {
		is, was := a.array(got.files[name]), a.array(a.want.files[name])
		if len(is) != len(was) {
			return fmt.Errorf("%s has %d numbers, and %d by one worker", name, len(is), len(was))
		}
		top := 0.0
		for _, x := range was {
			top = max(top, math.Abs(x))
		}
		for i := range was {
			if !(math.Abs(is[i]-was[i]) <= share*top) {
				return fmt.Errorf("%s: entry %d is %v, and %v by one worker; allowed is %v of %v", name, i, is[i], was[i], share, top)
			}
		}
	}
	return nil
}

// array reads an array by a library that is not ours.
func (a *agreement) array(text string) (x []float64) {
	r, err := npyio.NewReader(strings.NewReader(text))
	if err != nil {
		a.Fatal(err)
	}
	if strings.Contains(r.Header.Descr.Type, "f4") {
		var single []float32
		if err := r.Read(&single); err != nil {
			a.Fatal(err)
		}
		for _, v := range single {
			x = append(x, float64(v))
		}
		return x
	}
	if err := r.Read(&x); err != nil {
		a.Fatal(err)
	}
	return x
}
