package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"runtime"
	"strings"

	"partsnet/sim/figure"
	"partsnet/sim/record"
)

// traceSteps is the number of recognition steps that the figures of one
// stimulus show.
const traceSteps = 50

// rasterStimuli is the number of stimuli in the raster.
const rasterStimuli = 150

// write writes the whole directory of the run, the manifest last.
func (r *run[T]) write(out *record.Dir) error {
	text := func(name, s string) error {
		return out.Write(name, func(w io.Writer) error { _, err := io.WriteString(w, s); return err })
	}
	if err := text("config.toml", r.x.TOML()); err != nil {
		return err
	}
	if err := text("metrics.csv", r.metrics()); err != nil {
		return err
	}
	if err := out.Write("arrays/W.npy", func(w io.Writer) error {
		return record.WriteNPY(w, r.net.Synapses().Weights(), r.x.Hidden)
	}); err != nil {
		return err
	}
	if err := out.Write("arrays/H.npy", func(w io.Writer) error {
		return record.WriteNPY(w, r.learner.Rates().Rows(0, r.set.Count), r.set.Count)
	}); err != nil {
		return err
	}
	if err := r.figures(out); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(r.manifest(out), "", "  ")
	if err != nil {
		return err
	}
	return text("manifest.json", string(manifest)+"\n")
}

func (r *run[T]) metrics() string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch,%s\n", r.report.Symbol)
	for _, e := range r.records {
		fmt.Fprintf(&b, "%d,%v\n", e.epoch, e.objective)
	}
	return b.String()
}

func (r *run[T]) figures(out *record.Dir) error {
	draw := func(name string, img image.Image) error {
		return out.Write("figures/"+name+".png", func(w io.Writer) error {
			var buf bytes.Buffer
			if err := png.Encode(&buf, img); err != nil {
				return err
			}
			_, err := buf.WriteTo(w)
			return err
		})
	}
	w := wide(r.net.Synapses().Weights())
	if err := draw("parts", figure.Parts(w, r.set.Height, r.set.Width)); err != nil {
		return err
	}
	shown := min(rasterStimuli, r.set.Count)
	if err := draw("raster", figure.Raster(wide(r.learner.Rates().Rows(0, shown)), r.x.Hidden)); err != nil {
		return err
	}
	h := r.learner.Rates().Of(0)
	prediction := make([]T, r.set.Size)
	r.net.Predict(prediction, h)
	if err := draw("decomposition", figure.Decomposition(r.set.Row(0), wide(h), wide(prediction), r.set.Height, r.set.Width)); err != nil {
		return err
	}
	var epochs []int
	var values []float64
	for _, e := range r.records {
		epochs, values = append(epochs, e.epoch), append(values, e.objective)
	}
	label := map[string]string{"D": "divergence D (nats)", "E": "squared error E"}[r.report.Symbol]
	img, err := figure.Objective(epochs, values, label)
	if err != nil {
		return err
	}
	if err := draw("objective", img); err != nil {
		return err
	}
	start := make([]T, r.x.Hidden)
	total := T(0)
	for _, y := range r.v.Of(0) {
		total += y
	}
	for a := range start {
		start[a] = total / T(r.x.Hidden)
	}
	course, err := r.net.Trace(r.v.Of(0), start, traceSteps)
	if err != nil {
		return err
	}
	if img, err = figure.TimeCourse(wide(course.Rows(0, traceSteps+1)), r.x.Hidden); err != nil {
		return err
	}
	return draw("time-course", img)
}

// manifest is what proves the run: what went in, what came out, on what.
func (r *run[T]) manifest(out *record.Dir) map[string]any {
	inv := r.report.Invariants
	m := map[string]any{
		"platform": map[string]any{"go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH},
		"stimuli": map[string]any{
			"source": r.set.Source, "count": r.set.Count, "size": r.set.Size, "sha256": r.set.SHA256(),
		},
		"files":           out.Sums(),
		"epochs":          r.report.Epochs,
		"stopped":         r.report.Stopped,
		"objective":       map[string]any{"symbol": r.report.Symbol, "last": r.report.Objective, "rises": r.report.Rises},
		"hoyer_parts":     r.report.HoyerParts,
		"seconds":         r.report.Elapsed.Seconds(),
		"rates_checked":   inv.Rates,
		"weights_checked": inv.Synapses.Checked,
		"weights_refused": inv.Synapses.Refused,
	}
	if rec := r.report.Recovery; rec != nil {
		m["parts_recovered"] = map[string]any{"recovered": rec.Recovered, "of": len(rec.Neuron), "mean_cosine": rec.MeanCosine}
	}
	return m
}
