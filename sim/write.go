package sim

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"runtime"
	"strings"

	"partsnet/internal/kernel"
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
	synapses     = "arrays/W.npy"
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
	if err := writeNPY(out, synapses, r.net.Synapses().Weights(), r.x.Hidden); err != nil {
		return err
	}
	if err := writeNPY(out, rates, r.learner.Rates().Rows(0, r.set.Count), r.set.Count); err != nil {
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

func (r *run[T]) metrics() string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch,%s,hoyer_parts,hoyer_rates\n", r.report.Symbol)
	for _, e := range r.records {
		fmt.Fprintf(&b, "%d,%v,%v,%v\n", e.epoch, e.objective, e.hoyerParts, e.hoyerRates)
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
		"objective":       map[string]any{"symbol": r.report.Symbol, "last": r.report.Objective, "rises": r.report.Rises},
		"measures":        r.report.Measures.defined(),
		"timing":          r.timing(),
		"memory":          r.memory(),
		"rates_checked":   inv.Rates,
		"weights_checked": inv.Synapses.Checked,
		"weights_refused": inv.Synapses.Refused,
	}
	if rec := r.report.Recovery; rec != nil {
		m["parts_recovered"] = map[string]any{"recovered": rec.Recovered, "of": len(rec.Neuron), "mean_cosine": rec.MeanCosine}
	}
	if r.report.Compared != nil {
		compared := map[string]any{}
		for _, c := range r.report.Compared {
			compared[c.Constraint] = map[string]any{"measures": c.Measures.defined()}
		}
		m["compared"] = compared
	}
	if meanings := r.report.Meanings; meanings != nil {
		m["meanings_learned"] = map[string]any{"words": len(meanings.Learned), "of": len(meanings.Words)}
	}
	return m
}

// defined returns the measures by name, without those that are nowhere
// defined.
func (m Measures) defined() map[string]float64 {
	all := map[string]float64{
		"hoyer_parts": m.HoyerParts, "hoyer_rates": m.HoyerRates,
		"near_zero_parts": m.NearZeroParts, "near_zero_rates": m.NearZeroRates,
		"effective_area": m.EffectiveArea, "spread": m.Spread,
		"rmse": m.RMSE, "explained_variance": m.ExplainedVariance,
	}
	maps.DeleteFunc(all, func(_ string, x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
	return all
}
