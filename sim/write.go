package sim

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/draw"
	"partsnet/sim/measure"
	"partsnet/sim/memory"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
)

// manifestFormat is the form of the run directory; it rises with every change that a
// reader has to know.
const manifestFormat = 1

// Files of a run that others read.
const (
	manifestFile = "manifest.json"
	configFile   = "config.toml"
	wordsFile    = "words.txt"  // one a visible neuron
	titlesFile   = "titles.txt" // one a stimulus
	rates        = "arrays/H.npy"
)

// write writes the whole directory of a run, the manifest last. The clock says how long it
// took.
func write(out *record.Dir, o *outcome.Outcome, clock *outcome.Clock) error {
	text := func(name, s string) error {
		return out.Write(name, func(w io.Writer) error { _, err := io.WriteString(w, s); return err })
	}
	if err := text(configFile, o.Experiment.TOML()); err != nil {
		return err
	}
	if err := text("metrics.csv", metrics(o)); err != nil {
		return err
	}
	if err := writeArrays(out, o); err != nil {
		return err
	}
	for name, list := range map[string][]string{wordsFile: o.Stimuli.Words, titlesFile: o.Stimuli.Names} {
		if list == nil {
			continue
		}
		if err := text(name, strings.Join(list, "\n")+"\n"); err != nil {
			return err
		}
	}
	if o.Stimuli.Words != nil {
		if err := out.Write("features.csv", func(w io.Writer) error { return writeFeatures(w, o.Features()) }); err != nil {
			return err
		}
	}
	if err := writeStack(out, o); err != nil {
		return err
	}
	if err := writeStarts(out, o); err != nil {
		return err
	}
	if err := writeCompared(out, o); err != nil {
		return err
	}
	if err := draw.All(o, out.Write); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(manifestOf(out, o, clock), "", "  ")
	if err != nil {
		return err
	}
	return text(manifestFile, string(manifest)+"\n")
}

// metrics is the log of the run: the objective that is lowered, whether it rose since
// the row before, how far rates and synapses are from the conditions of a minimum (at
// the end and at landmarks on the way), the census of neurons, and the measures. What is
// not defined or was not looked at is empty.
func metrics(o *outcome.Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch,%s,rise,optimality_rates,optimality_synapses,live,dead,duplicate,split,merged,zero_synapses", o.Symbol)
	for _, name := range o.Experiment.Measures {
		fmt.Fprintf(&b, ",%s", name)
	}
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return fmt.Sprint(x)
	}
	b.WriteString("\n")
	for _, e := range o.Records {
		c, rise := e.Census, 0
		if e.Rise {
			rise = 1
		}
		fmt.Fprintf(&b, "%d,%v,%d,%s,%s,%d,%d,%d,", e.Epoch, e.Objective, rise, number(e.Optimality.Rates), number(e.Optimality.Synapses), c.Live, c.Dead, c.Duplicate)
		if c.Split >= 0 {
			fmt.Fprintf(&b, "%d,%d,%d", c.Split, c.Merged, c.Zero)
		} else {
			fmt.Fprintf(&b, ",,%d", c.Zero)
		}
		for _, m := range e.Measures {
			fmt.Fprintf(&b, ",%s", number(m.Value))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// manifestOf is what proves the run: what went in, what came out, on what.
func manifestOf(out *record.Dir, o *outcome.Outcome, clock *outcome.Clock) map[string]any {
	inv := o.Invariants
	m := map[string]any{
		"format":    manifestFormat,
		"version":   Version(),
		"name":      o.Experiment.Name,
		"seed":      o.Experiment.Seed,
		"platform":  map[string]any{"go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "kernel": kernel.Level(), "processors": runtime.GOMAXPROCS(0)},
		"precision": o.Experiment.Precision,
		"inputs":    o.Stimuli.Files,
		"stimuli": map[string]any{
			"source": o.Stimuli.Source, "count": o.Stimuli.Count, "size": o.Stimuli.Size, "scaling": o.Stimuli.Scaling, "sha256": o.Stimuli.Checksum,
		},
		"files":           out.Sums(),
		"epochs":          o.Epochs,
		"stopped":         o.Stopped,
		"objective":       objectiveLog(o),
		"measures":        o.Measures.Defined(),
		"census":          census(o.Census),
		"why":             o.Why,
		"timing":          clock.Timing(o.Compared),
		"memory":          memoryLog(o),
		"rates_checked":   inv.Rates,
		"weights_checked": inv.Synapses.Checked,
		"weights_refused": inv.Synapses.Refused,
	}
	if o.Starts != nil {
		m["starts"] = map[string]any{"count": len(o.Starts), "best": o.Best}
	}
	if rec := o.Recovery; rec != nil {
		m["parts_recovered"] = map[string]any{"recovered": rec.Recovered, "of": len(rec.Neuron), "mean_cosine": rec.MeanCosine}
	}
	if o.Layers != nil {
		m["stack"] = stackLog(o)
	}
	if o.Compared != nil {
		compared := map[string]any{}
		for _, c := range o.Compared {
			compared[c.Constraint] = map[string]any{"measures": c.Measures.Defined()}
		}
		m["compared"] = compared
	}
	if meanings := o.Meanings; meanings != nil {
		m["meanings_learned"] = map[string]any{"words": len(meanings.Learned), "of": len(meanings.Words)}
	}
	return m
}

// objectiveLog is what the manifest says of the objective.
func objectiveLog(o *outcome.Outcome) map[string]any {
	m := map[string]any{"symbol": o.Symbol, "last": o.Objective, "rises": o.Rises}
	var rose []int
	for _, e := range o.Records {
		if e.Rise {
			rose = append(rose, e.Epoch)
		}
	}
	if rose != nil {
		m["rose_at"] = rose
	}
	for name, x := range map[string]float64{"optimality_rates": o.Optimality.Rates, "optimality_synapses": o.Optimality.Synapses} {
		if !math.IsNaN(x) {
			m[name] = x
		}
	}
	return m
}

// census is what the manifest says of the neurons.
func census(c measure.Census) map[string]int {
	m := map[string]int{"live": c.Live, "dead": c.Dead, "duplicate": c.Duplicate, "zero_synapses": c.Zero}
	if c.Split >= 0 {
		m["split"], m["merged"] = c.Split, c.Merged
	}
	return m
}

// memoryLog is what the manifest says of the bytes of memory that the run was estimated to
// take and, where that is known, that this session has taken at most.
func memoryLog(o *outcome.Outcome) map[string]float64 {
	m := map[string]float64{"estimated_bytes": o.Memory}
	if most, ok := memory.Peak(); ok {
		m["peak_bytes"] = most
	}
	return m
}
