package sim

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/measure"
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

// write writes the whole directory of the run, the manifest last.
func (r *run[T]) write(out *record.Dir) error {
	text := func(name, s string) error {
		return out.Write(name, func(w io.Writer) error { _, err := io.WriteString(w, s); return err })
	}
	if err := text(configFile, r.x.TOML()); err != nil {
		return err
	}
	if err := text("metrics.csv", r.metrics()); err != nil {
		return err
	}
	if err := r.writeArrays(out); err != nil {
		return err
	}
	for name, list := range map[string][]string{wordsFile: r.set.Words, titlesFile: r.set.Names} {
		if list == nil {
			continue
		}
		if err := text(name, strings.Join(list, "\n")+"\n"); err != nil {
			return err
		}
	}
	if r.set.Words != nil {
		if err := out.Write("features.csv", r.features().write); err != nil {
			return err
		}
	}
	if err := r.writeStack(out); err != nil {
		return err
	}
	if err := r.writeStarts(out); err != nil {
		return err
	}
	if err := r.writeCompared(out); err != nil {
		return err
	}
	if err := r.figures(out); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(r.manifest(out), "", "  ")
	if err != nil {
		return err
	}
	return text(manifestFile, string(manifest)+"\n")
}

// metrics is the log of the run: the objective that is lowered, whether it rose since
// the row before, how far rates and synapses are from the conditions of a minimum (at
// the end and at landmarks on the way), the census of neurons, and the measures. What is
// not defined or was not looked at is empty.
func (r *run[T]) metrics() string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch,%s,rise,optimality_rates,optimality_synapses,live,dead,duplicate,split,merged,zero_synapses", r.report.Symbol)
	for _, name := range r.x.Measures {
		fmt.Fprintf(&b, ",%s", name)
	}
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return fmt.Sprint(x)
	}
	b.WriteString("\n")
	for _, e := range r.records {
		c, rise := e.census, 0
		if e.rise {
			rise = 1
		}
		fmt.Fprintf(&b, "%d,%v,%d,%s,%s,%d,%d,%d,", e.epoch, e.objective, rise, number(e.optimality.Rates), number(e.optimality.Synapses), c.Live, c.Dead, c.Duplicate)
		if c.Split >= 0 {
			fmt.Fprintf(&b, "%d,%d,%d", c.Split, c.Merged, c.Zero)
		} else {
			fmt.Fprintf(&b, ",,%d", c.Zero)
		}
		for _, m := range e.measures {
			fmt.Fprintf(&b, ",%s", number(m.Value))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// manifest is what proves the run: what went in, what came out, on what.
func (r *run[T]) manifest(out *record.Dir) map[string]any {
	inv := r.report.Invariants
	m := map[string]any{
		"format":    manifestFormat,
		"version":   Version(),
		"name":      r.x.Name,
		"seed":      r.x.Seed,
		"platform":  map[string]any{"go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "kernel": kernel.Level(), "processors": runtime.GOMAXPROCS(0)},
		"precision": r.x.Precision,
		"inputs":    r.inputs,
		"stimuli": map[string]any{
			"source": r.set.Source, "count": r.set.Count, "size": r.set.Size, "scaling": scaling(r.x, r.set), "sha256": r.v.checksum(),
		},
		"files":           out.Sums(),
		"epochs":          r.report.Epochs,
		"stopped":         r.report.Stopped,
		"objective":       r.objectiveLog(),
		"measures":        r.report.Measures.Defined(),
		"census":          census(r.report.Census),
		"why":             r.report.Why,
		"timing":          r.timing(),
		"memory":          r.memory(),
		"rates_checked":   inv.Rates,
		"weights_checked": inv.Synapses.Checked,
		"weights_refused": inv.Synapses.Refused,
	}
	if r.report.Starts != nil {
		m["starts"] = map[string]any{"count": len(r.report.Starts), "best": r.report.Best}
	}
	if rec := r.report.Recovery; rec != nil {
		m["parts_recovered"] = map[string]any{"recovered": rec.Recovered, "of": len(rec.Neuron), "mean_cosine": rec.MeanCosine}
	}
	if r.report.Stack != nil {
		m["stack"] = r.stackLog()
	}
	if r.report.Compared != nil {
		compared := map[string]any{}
		for _, c := range r.report.Compared {
			compared[c.Constraint] = map[string]any{"measures": c.Measures.Defined()}
		}
		m["compared"] = compared
	}
	if meanings := r.report.Meanings; meanings != nil {
		m["meanings_learned"] = map[string]any{"words": len(meanings.Learned), "of": len(meanings.Words)}
	}
	return m
}

// objectiveLog is what the manifest says of the objective.
func (r *run[T]) objectiveLog() map[string]any {
	m := map[string]any{"symbol": r.report.Symbol, "last": r.report.Objective, "rises": r.report.Rises}
	var rose []int
	for _, e := range r.records {
		if e.rise {
			rose = append(rose, e.epoch)
		}
	}
	if rose != nil {
		m["rose_at"] = rose
	}
	for name, x := range map[string]float64{"optimality_rates": r.report.Optimality.Rates, "optimality_synapses": r.report.Optimality.Synapses} {
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
