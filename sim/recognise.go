package sim

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/record"
	"partsnet/synapse"
)

// RecognitionSettled is the relative change of the objective over ten steps below
// which recognition has settled.
const RecognitionSettled = 1e-9

// Recognition says what a trained network made of new stimuli.
type Recognition struct {
	Dir       string
	Stimuli   int
	Steps     int // of recognition, until it settled or all that were allowed
	Settled   bool
	Symbol    string
	Objective float64 // summed over stimuli
	Explained float64 // explained variance
}

// Recognise shows new stimuli to the network of a finished run, whose synapses stand
// still, and writes what it answers into dir: the hidden rates of every stimulus, how
// well each is explained, and a figure of the one looked at. The settings are laid
// over the run's own: they name the stimuli and say how they are read; texts are
// counted with the words of the run. Recognition begins with equal rates and ends when
// the objective has settled, after steps at the most.
func Recognise(run string, settings []string, dir string, steps int) (*Recognition, error) {
	s, err := Open(run)
	if err != nil {
		return nil, &RequestError{err}
	}
	x, err := experiment.Read(filepath.Join(run, configFile), []byte(s.Experiment.TOML()), settings)
	if err != nil {
		return nil, &RequestError{err}
	}
	if s.Words != nil {
		x.Stimulus.Words = filepath.Join(run, wordsFile)
	}
	if x.Precision == "float32" {
		return recogniseAs[float32](s, x, dir, steps)
	}
	return recogniseAs[float64](s, x, dir, steps)
}

func recogniseAs[T kernel.Float](s *Saved, x *experiment.Experiment, dir string, steps int) (rec *Recognition, err error) {
	v, err := show[T](x)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.release()) }()
	if v.set.Size != s.Visible {
		return nil, &RequestError{fmt.Errorf("%s has stimuli of %d values; the network of %s has %d visible neurons", v.set.Source, v.set.Size, s.Dir, s.Visible)}
	}
	looked, err := v.find(x.Look.Stimulus)
	if err != nil {
		return nil, err
	}
	if err := v.knows(x.Look.Word); err != nil {
		return nil, err
	}
	out, err := record.Create(dir)
	if err != nil {
		return nil, &RequestError{err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	circuit, err := newCircuit[T](x, 0)
	if err != nil {
		return nil, err
	}
	w := synapse.New[T]("hidden→visible", x.Hidden, s.Visible, synapse.Excitatory)
	if err := w.Set(narrow[T](s.Synapses)); err != nil {
		return nil, &RequestError{fmt.Errorf("%s: %w", s.Dir, err)}
	}
	net, err := network.New(neuron.Layer{Name: "visible", Size: s.Visible}, neuron.Layer{Name: "hidden", Size: x.Hidden}, w, circuit, 0)
	if err != nil {
		return nil, err
	}
	net.Floor = T(x.Floor)
	h := neuron.NewRates[T](v.set.Count, x.Hidden)
	net.Start(v.stimuli, h)
	rec = &Recognition{Dir: dir, Stimuli: v.set.Count, Symbol: circuit.Nature().Objective.Symbol(), Objective: math.Inf(1)}
	const look = 10 // steps between two looks at the objective
	for rec.Steps < steps && !rec.Settled {
		n := min(look, steps-rec.Steps)
		net.Recognise(v.stimuli, h, n)
		rec.Steps += n
		now := sum(net.Losses(circuit.Nature().Objective, v.stimuli, h))
		rec.Settled = n == look && rec.Objective-now <= RecognitionSettled*math.Abs(now)
		rec.Objective = now
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	rec.Explained = 1 - 2*max(0, sum(net.Losses(learning.Gaussian, v.stimuli, h)))/v.variation()
	if err := rec.write(out, x, v.set.Names, net.Losses(circuit.Nature().Objective, v.stimuli, h)); err != nil {
		return nil, err
	}
	if err := out.Write(rates, func(w io.Writer) error { return record.WriteNPY(w, h.Rows(0, v.set.Count), v.set.Count) }); err != nil {
		return nil, err
	}
	if err := answer(out, x, s, v, net, h, looked); err != nil {
		return nil, err
	}
	return rec, out.Commit()
}

// write writes how well each stimulus is explained, and a summary.
func (rec *Recognition) write(out *record.Dir, x *experiment.Experiment, names []string, losses []float64) error {
	err := out.Write("deviance.csv", func(w io.Writer) error {
		table := csv.NewWriter(w)
		_ = table.Write([]string{"stimulus", "name", rec.Symbol, "deviance"}) // errors stay until Flush
		for i, loss := range losses {
			name := ""
			if names != nil {
				name = names[i]
			}
			_ = table.Write([]string{strconv.Itoa(i), name, fmt.Sprint(loss), fmt.Sprint(2 * loss)})
		}
		table.Flush()
		return table.Error()
	})
	if err != nil {
		return err
	}
	if err := out.Write(configFile, func(w io.Writer) error { _, err := io.WriteString(w, x.TOML()); return err }); err != nil {
		return err
	}
	return out.Write("recognition.json", func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{
			"stimuli": rec.Stimuli, "steps": rec.Steps, "settled": rec.Settled,
			"objective": map[string]any{"symbol": rec.Symbol, "sum": rec.Objective}, "explained_variance": finite(rec.Explained),
		})
	})
}

// finite returns x, or nil where it is no number that JSON knows.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// answer draws the answer to the stimulus looked at and, of dense stimuli, writes
// all predictions.
func answer[T kernel.Float](out *record.Dir, x *experiment.Experiment, s *Saved, v *shown[T], net *network.Network[T], h *neuron.Rates[T], looked int) error {
	predict := func(i int) []T {
		p := make([]T, s.Visible)
		net.Predict(p, h.Of(i))
		return p
	}
	var drawn *figure.Figure
	switch {
	case s.Words != nil:
		f, err := s.features()
		if err != nil {
			return err
		}
		drawn = f.of(v.document(looked), wide(h.Of(looked)), f.word(x.Look.Word))
	case v.set.Height > 0:
		drawn = figure.Decomposition(s.Synapses, wide(h.Of(looked)), wide(predict(looked)), wide(v.row(looked)), v.set.Height, v.set.Width)
	default:
		drawn = figure.Profile(wide(h.Of(looked)), wide(predict(looked)), wide(v.row(looked)))
	}
	for _, format := range x.Figures {
		if err := out.Write("figures/answer."+format, func(w io.Writer) error { return drawn.Write(w, format) }); err != nil {
			return err
		}
	}
	if v.dense == nil {
		return nil
	}
	return out.Write("arrays/prediction.npy", func(w io.Writer) error {
		return record.WriteNPYRows(w, v.set.Count, s.Visible, predict)
	})
}

func sum(x []float64) float64 {
	total := 0.0
	for _, y := range x {
		total += y
	}
	return total
}
