package sim

import (
	"context"
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

// RecognitionSteps is the number of steps in which recognition settles or is ended.
const RecognitionSteps = 2000

// Recognition says what a trained network made of new stimuli.
type Recognition struct {
	Dir       string
	Stimuli   int
	Steps     int  // of recognition, the most that a stimulus took
	Sought    bool // whether steps went on until the objective had settled, and not for a number that was set
	Settled   bool // whether it had, where that was sought
	Symbol    string
	Objective float64 // of all stimuli, with what the rates cost
	Deviance  float64 // twice the divergence, or the squared error, a stimulus; NaN where the objective is no sum over stimuli
	Explained float64 // explained variance; NaN where the circuit predicts no stimuli

	First       []Answer // to the first stimuli
	Worst, Best *Answer  // explained; nil where it is not known how well each is, or there is one stimulus
}

// Recognise shows new stimuli to the network of a finished run, with all that it has
// learned, which stands still, and writes what it answers into dir: the hidden rates of
// every stimulus, how well each is explained, and a figure of the one looked at. The
// settings are laid over the run's own: they name the stimuli and say how they are read;
// texts are counted with the words of the run. Recognition begins as it does in the run and
// goes through that many steps. For 0 steps it goes on until the objective has settled,
// through [RecognitionSteps] at the most; in circuits whose answer is drawn by chance, or
// whose objective is no sum over stimuli, through as many steps as the circuit needs. The context ends it early, with an
// [*Interrupted], and nothing is written.
func Recognise(ctx context.Context, run string, settings []string, dir string, steps int) (*Recognition, error) {
	s, err := Open(run)
	if err != nil {
		return nil, &RequestError{Err: err}
	}
	x, err := experiment.Read(filepath.Join(run, configFile), []byte(s.Experiment.TOML()), settings)
	if err != nil {
		return nil, &RequestError{Err: err}
	}
	if s.Words != nil {
		x.Stimulus.Words = filepath.Join(run, wordsFile)
	}
	if x.Precision == "float32" {
		return recogniseAs[float32](ctx, s, x, dir, steps)
	}
	return recogniseAs[float64](ctx, s, x, dir, steps)
}

func recogniseAs[T kernel.Float](ctx context.Context, s *Saved, x *experiment.Experiment, dir string, steps int) (rec *Recognition, err error) {
	if err := ordinary(x); err != nil {
		return nil, err
	}
	v, err := showUntil[T](ctx, x)
	if err != nil {
		return nil, err
	}
	release := v.release
	defer func() { err = errors.Join(err, release()) }()
	if v.set.Size != s.Visible {
		return nil, &RequestError{Err: fmt.Errorf("%s has stimuli of %d values; the network of %s has %d visible neurons", v.set.Source, v.set.Size, s.Dir, s.Visible)}
	}
	looked, err := v.find(x.Look.Stimulus)
	if err != nil {
		return nil, err
	}
	if err := v.knows(x.Look.Word); err != nil {
		return nil, err
	}
	net, err := recall[T](s, x)
	if err != nil {
		return nil, err
	}
	out, err := record.Create(dir)
	if err != nil {
		return nil, &RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	h := neuron.NewRates[T](v.set.Count, x.Hidden)
	net.Start(v.stimuli, h)
	rec = &Recognition{Dir: dir, Stimuli: v.set.Count}
	if rec.Steps = steps; steps == 0 {
		rec.Steps, rec.Sought = stepsNeeded(net.Circuit())
	}
	if err := await(ctx, func() error {
		if rec.Sought {
			rec.Steps, rec.Settled = net.Settle(v.stimuli, h, RecognitionSteps, RecognitionSettled)
		} else {
			net.Recognise(v.stimuli, h, rec.Steps)
		}
		return nil
	}, func(error) { _ = v.release() }); err != nil {
		release = func() error { return nil } // recognition, which ends later, still reads the stimuli
		return nil, err
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	o := net.Circuit().Nature().Objective
	rec.Symbol, rec.Objective = o.Symbol(), net.Objective(v.stimuli, h)
	rec.Deviance, rec.Explained = math.NaN(), math.NaN()
	var losses []float64
	if _, predicts := o.(learning.Predictive); predicts {
		losses = net.Losses(o, v.stimuli, h)
		rec.Deviance = 2 * sum(losses) / float64(rec.Stimuli)
		rec.Explained = 1 - 2*max(0, sum(net.Losses(learning.SquaredError, v.stimuli, h)))/v.variation()
	}
	if err := rec.write(out, x, v.set.Names, losses); err != nil {
		return nil, err
	}
	if err := out.Write(rates, func(w io.Writer) error { return record.WriteNPY(w, h.Rows(0, v.set.Count), v.set.Count) }); err != nil {
		return nil, err
	}
	if rec.First, rec.Worst, rec.Best, err = answers(s, v, net, h, losses); err != nil {
		return nil, err
	}
	if err := answer(out, x, s, v, net, h, looked); err != nil {
		return nil, err
	}
	return rec, out.Commit()
}

// recall returns the network of a run, with all that it has learned.
func recall[T kernel.Float](s *Saved, x *experiment.Experiment) (*network.Network[T], error) {
	circuit, err := newCircuit[T](x, s.start())
	if err != nil {
		return nil, err
	}
	var up *synapse.Projection[T]
	if x.Separate {
		up = synapse.New[T](synapsesUp, x.Hidden, s.Visible, synapse.Excitatory)
	}
	net, err := newNetwork(x, visibleLayer(s.Visible), hiddenLayer(x.Hidden), circuit, synapse.New[T]("hidden→visible", x.Hidden, s.Visible, synapse.Excitatory), up, 0)
	if err != nil {
		return nil, err
	}
	if err := restore(s, net); err != nil {
		return nil, &RequestError{Err: err}
	}
	return net, nil
}

// stepsNeeded returns the steps that recognition takes where their number is not set: as
// many as the circuit needs, or, where settle says so, until the objective has settled. The
// objective of circuits that draw by chance does not settle, and S is no sum over stimuli
// that blocks of them could look at.
func stepsNeeded[T kernel.Float](c network.Circuit[T]) (steps int, settle bool) {
	_, random := c.(network.Random)
	if _, sum := learning.AdditiveIn[T](c.Nature().Objective); random || !sum {
		return c.Nature().Steps, false
	}
	return RecognitionSteps, true
}

// write writes how well each stimulus is explained, where that can be told, and a summary.
func (rec *Recognition) write(out *record.Dir, x *experiment.Experiment, names []string, losses []float64) error {
	if err := rec.writeLosses(out, names, losses); err != nil {
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
			"objective": map[string]any{"symbol": rec.Symbol, "sum": finite(rec.Objective)}, "explained_variance": finite(rec.Explained),
		})
	})
}

// writeLosses writes how well each stimulus is explained, nothing where there are no losses.
func (rec *Recognition) writeLosses(out *record.Dir, names []string, losses []float64) error {
	if losses == nil {
		return nil
	}
	return out.Write("deviance.csv", func(w io.Writer) error {
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
}

// finite returns x, or nil where it is no number that JSON knows.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// answer draws the answer to the stimulus looked at and, of dense stimuli that the circuit
// predicts, writes all predictions.
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
		drawn = f.of(v.document(looked), kernel.Wide(h.Of(looked)), f.word(x.Look.Word))
	case v.set.Height > 0:
		drawn = figure.Decomposition(s.Synapses, kernel.Wide(h.Of(looked)), kernel.Wide(predict(looked)), kernel.Wide(v.row(looked)), v.set.Height, v.set.Width)
	default:
		drawn = figure.Profile(kernel.Wide(h.Of(looked)), kernel.Wide(predict(looked)), kernel.Wide(v.row(looked)))
	}
	for _, format := range x.Figures {
		if err := out.Write("figures/answer."+format, func(w io.Writer) error { return drawn.Write(w, format) }); err != nil {
			return err
		}
	}
	if _, predicts := net.Circuit().Nature().Objective.(learning.Predictive); v.dense == nil || !predicts {
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
