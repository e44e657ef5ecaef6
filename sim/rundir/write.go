package rundir

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/draw"
	"partsnet/sim/memory"
	"partsnet/sim/outcome"
	"partsnet/sim/program"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
)

// Write writes the directory of a run: config, tables, arrays, figures, and last the manifest.
// The clock gives the times in the manifest.
func Write(out *record.Dir, o *outcome.Outcome, clock *outcome.Clock) error {
	w := &writer{out: out, precision: o.Experiment.Precision}
	w.err = out.SaveConfig(o.Experiment.TOML())
	w.table(MetricsFile, metrics(o))
	for _, a := range o.Arrays {
		w.matrix(ArrayFile(a.Name), a.Numbers, a.Rows)
	}
	w.rates(RatesFile, o.Rates)
	if s := o.Stimuli; s.Learned != nil {
		w.rows(StimuliFile, s.Count, s.Size, s.Learned)
	}
	if truth := o.Stimuli.Truth; truth != nil {
		w.matrix(TrueParts, truth.Parts, len(truth.Parts)/o.Stimuli.Size)
		w.list(TruePartsNames, truth.Names)
	}
	w.list(neuronsFile(o.Stimuli.Texts), o.Stimuli.Neurons)
	w.list(TitlesFile, o.Stimuli.Names)
	if o.Stimuli.Neurons != nil {
		w.table(FeaturesFile, featuresTable(o))
	}
	if labelled(o.Experiment.Tables, len(o.Synapses()), o.Stimuli.Neurons, o.Stimuli.Names) {
		w.write(SynapsesTable, func(to io.Writer) error { return writeSynapses(to, o) })
	}
	if w.err == nil {
		w.err = WriteRates(out, o.Experiment, o.Stimuli, o.Rates)
	}
	w.film(o)
	if o.Stimuli.InTime() {
		w.table(PrimitivesFile, primitivesTable(o))
	}
	if o.Layers != nil {
		for k, l := range o.Layers {
			w.matrix(fmt.Sprintf("arrays/stack-W%d.npy", k+1), l.Synapses, l.Hidden)
		}
		w.rates("arrays/stack-H.npy", o.Top)
		w.table(StackFile, stackTable(o))
	}
	if o.Starts != nil {
		w.table(StartsFile, startsTable(o))
	}
	if len(o.Experiment.Events) > 0 {
		w.table(EventsFile, eventsTable(o))
	}
	if o.Choice != nil {
		w.table(RanksFile, ranksTable(o))
	}
	if w.err == nil {
		w.err = WriteRecordings(out, o.Stimuli.Recordings)
	}
	if c := o.Cycles(); c != nil && labelled(o.Experiment.Tables, len(c.Conditions)*len(c.Conditions[0].Mean), c.At) {
		w.table(CyclesFile, cyclesTable(c))
	}
	if o.Fits != nil {
		w.table(GroupsFile, fitsTable(o))
		if len(o.Fits) > 1 {
			w.table(MissingFile, silentTable(o))
		}
	}
	if o.Bootstrap != nil {
		w.intervals(o)
	}
	if o.Compared != nil {
		w.table(ComparedFile, comparedTable(o))
	}
	for _, c := range o.Compared {
		if c.Synapses != nil {
			w.matrix("arrays/W-"+c.Constraint+".npy", c.Synapses, o.Rates.Hidden)
			w.matrix("arrays/H-"+c.Constraint+".npy", c.Rates, o.Stimuli.Count)
		}
	}
	if w.err != nil {
		return w.err
	}
	if err := draw.All(o, out.Write); err != nil {
		return err
	}
	m := manifestOf(o, out.Sums())
	m.Timing, m.Memory = clock.Timing(o.Compared), Memory{Estimated: o.Memory}
	if most, ok := memory.Peak(); ok {
		m.Memory.Peak = most
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	w.text(ManifestFile, string(text)+"\n")
	return w.err
}

// writer writes files until one fails; err is its error.
type writer struct {
	out       *record.Dir
	precision string // of arrays
	err       error
}

func (w *writer) write(name string, write func(to io.Writer) error) {
	if w.err == nil {
		w.err = w.out.Write(name, write)
	}
}

func (w *writer) text(name, text string) {
	w.write(name, func(to io.Writer) error { _, err := io.WriteString(to, text); return err })
}

// list writes a line for each of the texts, in which line breaks become blanks; it writes no file
// for nil.
func (w *writer) list(name string, texts []string) {
	if texts != nil {
		lines := make([]string, len(texts))
		for i, text := range texts {
			lines[i] = stimulus.OneLine(text)
		}
		w.text(name, strings.Join(lines, "\n")+"\n")
	}
}

func (w *writer) table(name string, t Table) { w.write(name, t.Write) }

// manifestOf returns the manifest of an outcome and of files with these checksums, without
// timing and memory.
func manifestOf(o *outcome.Outcome, sums map[string]string) *Manifest {
	x := o.Experiment
	m := &Manifest{
		Format: Format, Version: program.Version(), Name: x.Name, Seed: x.Seed, Precision: x.Precision,
		Inputs: o.Stimuli.Files, Files: sums, Epochs: o.Epochs, Stopped: o.Stopped, Measures: o.Measures.Defined(), Why: o.Why,
		RatesChecked: o.Invariants.Rates, WeightsChecked: o.Invariants.Synapses.Checked, WeightsRefused: o.Invariants.Synapses.Refused,
	}
	m.setPlatform()
	s := &m.Stimuli
	s.Source, s.Count, s.Size, s.Scaling, s.Constants, s.SHA256 = o.Stimuli.Source, o.Stimuli.Count, o.Stimuli.Size, o.Stimuli.Scaling, o.Stimuli.Constants, o.Stimuli.Checksum
	s.Read, s.Missing, s.Hidden = o.Stimuli.Read, o.Stimuli.Missing, o.Stimuli.Hidden
	s.Height, s.Width = o.Stimuli.Height, o.Stimuli.Width
	objective := &m.Objective
	objective.Symbol, objective.Last, objective.Rises = o.Symbol, o.Objective, o.Rises
	for _, e := range o.Records {
		if e.Rise {
			objective.RoseAt = append(objective.RoseAt, e.Epoch)
		}
	}
	objective.OptimalityRates, objective.OptimalitySynapses = finite(o.Optimality.Rates), finite(o.Optimality.Synapses)
	c := &m.Census
	c.Live, c.Dead, c.Duplicate, c.ZeroSynapses = o.Census.Live, o.Census.Dead, o.Census.Duplicate, o.Census.Zero
	if o.Census.Split >= 0 {
		c.Split, c.Merged = &o.Census.Split, &o.Census.Merged
	}
	if o.Starts != nil {
		m.Starts = &Starts{len(o.Starts), o.Best}
	}
	if c := o.Choice; c != nil {
		m.Chosen = &Chosen{Hidden: c.Tried[c.Kept].Hidden, Among: c.Hidden(), Criterion: c.Criterion, Fulfilled: c.Fulfilled, Why: c.String(), By: map[string]int{}}
		for name, k := range c.By {
			if k >= 0 {
				m.Chosen.By[name] = c.Tried[k].Hidden
			}
		}
	}
	if rec := o.Recovery; rec != nil {
		m.PartsRecovered = &Recovered{rec.Recovered, len(rec.Neuron), rec.MeanCosine}
	}
	if o.Layers != nil {
		m.Stack = &Stack{}
		for _, l := range o.Layers {
			m.Stack.Layers = append(m.Stack.Layers, Layer{l.Hidden, l.Objective, finite(l.Through)})
		}
		if x.Stack.Joint > 0 {
			m.Stack.Joint = finite(o.Joint)
		}
	}
	for _, c := range o.Compared {
		if m.Compared == nil {
			m.Compared = map[string]Compared{}
		}
		m.Compared[c.Constraint] = Compared{c.Measures.Defined()}
	}
	m.Bootstrap = bootstrapped(o)
	if o.Meanings != nil {
		m.MeaningsLearned = &Meanings{len(o.Meanings.Learned), len(o.Meanings.Words)}
	}
	return m
}

// setPlatform says on what the program runs.
func (m *Manifest) setPlatform() {
	p := &m.Platform
	p.Go, p.OS, p.Arch, p.Kernel, p.Processors = runtime.Version(), runtime.GOOS, runtime.GOARCH, kernel.Level(), runtime.GOMAXPROCS(0)
}

// finite returns x for JSON, nil if it is NaN or infinite.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
