// Package recall asks a trained network: it shows it new stimuli, and asks what a word means.
package recall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/draw"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
	"partsnet/sim/train"
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
// goes through that many steps. For 0 steps it continues until the objective has settled,
// through [RecognitionSteps] at most; in circuits whose answer is drawn by chance, or
// whose objective is no sum over stimuli, through as many steps as the circuit needs. The context ends it early, with an
// [*outcome.Interrupted], and nothing is written.
func Recognise(ctx context.Context, run string, settings []string, dir string, steps int) (rec *Recognition, err error) {
	s, err := rundir.Open(run)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	known, err := s.Outcome()
	if err == nil && known.Stimuli.Words != nil {
		err = s.ReadRates(known)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	x, err := experiment.Read(filepath.Join(run, rundir.ConfigFile), []byte(s.Experiment.TOML()), settings)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	if known.Stimuli.Words != nil {
		x.Stimulus.Words = filepath.Join(run, rundir.WordsFile)
	}
	in, err := inputs.Show(ctx, x)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Release()) }()
	if in.Neurons() != known.Stimuli.Size {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s has stimuli of %d values; the network of %s has %d visible neurons", in.Set.Source, in.Neurons(), s.Dir, known.Stimuli.Size)}
	}
	looked, err := in.Find(x.Look.Stimulus)
	if err != nil {
		return nil, err
	}
	if err := in.Knows(x.Look.Word); err != nil {
		return nil, err
	}
	net, err := load(s, x, in)
	if err != nil {
		return nil, err
	}
	out, err := record.Create(dir)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	rec = &Recognition{Dir: dir, Stimuli: in.Stimuli()}
	if rec.Steps = steps; steps == 0 {
		rec.Steps, rec.Sought = stepsNeeded(net)
	}
	var h network.Hidden
	if err := in.Until(ctx, func() error {
		if rec.Sought {
			h, rec.Steps, rec.Settled = net.Settle(in.Data, RecognitionSteps, RecognitionSettled)
		} else {
			h = net.Recognise(in.Data, rec.Steps)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	o := net.Circuit().Objective()
	rec.Symbol, rec.Objective = o.Symbol(), net.Objective(in.Data, h)
	rec.Deviance, rec.Explained = math.NaN(), math.NaN()
	var losses []float64
	_, predicts := o.(learning.Predictive)
	if predicts {
		losses = net.Losses(o, in.Data, h)
		rec.Deviance = 2 * sum(losses) / float64(rec.Stimuli)
		rec.Explained = 1 - 2*max(0, sum(net.Losses(learning.SquaredError, in.Data, h)))/in.Constants.Variation
	}
	if err := rec.write(out, x, in.Set.Names, losses); err != nil {
		return nil, err
	}
	if err := rundir.WriteRows(out, x.Precision, rundir.RatesFile, h.Stimuli(), h.Neurons(), h.Of); err != nil {
		return nil, err
	}
	rec.First, rec.Worst, rec.Best = answers(known, in, net, h, losses)
	if err := drawAnswer(out, x, known, in, net, h, looked); err != nil {
		return nil, err
	}
	// Of dense stimuli that the circuit predicts all predictions are written.
	if in.Dense() && predicts {
		if err := rundir.WriteRows(out, x.Precision, "arrays/prediction.npy", h.Stimuli(), in.Neurons(), func(i int) []float64 { return net.Predict(h.Of(i)) }); err != nil {
			return nil, err
		}
	}
	return rec, out.Commit()
}

// load returns the network of a run, with all that it has learned.
func load(s *rundir.Saved, x *experiment.Experiment, in *inputs.Inputs) (network.Trained, error) {
	spec, err := train.Spec(x, in.Neurons(), s.Manifest.Start(), 0)
	if err != nil {
		return nil, err
	}
	net, err := in.Engine.Trained(spec)
	if err != nil {
		return nil, err
	}
	if err := s.Restore(net); err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	return net, nil
}

// stepsNeeded returns the steps that recognition takes where their number is not set: as
// many as the circuit needs, or, where settle says so, until the objective has settled. The
// objective of circuits that draw by chance does not settle, and S is no sum over stimuli
// that blocks of them could look at.
func stepsNeeded(net network.Trained) (steps int, settle bool) {
	if _, sum := learning.AdditiveIn[float64](net.Circuit().Objective()); net.Random() || !sum {
		return net.Circuit().Describe().Steps, false
	}
	return RecognitionSteps, true
}

// write writes how well each stimulus is explained, where that can be told, and a summary.
func (rec *Recognition) write(out *record.Dir, x *experiment.Experiment, names []string, losses []float64) error {
	if err := rec.writeLosses(out, names, losses); err != nil {
		return err
	}
	if err := out.Write(rundir.ConfigFile, func(w io.Writer) error { _, err := io.WriteString(w, x.TOML()); return err }); err != nil {
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

// writeLosses writes how well each stimulus is explained, if losses are known.
func (rec *Recognition) writeLosses(out *record.Dir, names []string, losses []float64) error {
	if losses == nil {
		return nil
	}
	t := rundir.Table{{"stimulus", "name", rec.Symbol, "deviance"}}
	for i, loss := range losses {
		name := ""
		if names != nil {
			name = names[i]
		}
		t = append(t, []string{strconv.Itoa(i), name, fmt.Sprint(loss), fmt.Sprint(2 * loss)})
	}
	return out.Write("deviance.csv", t.Write)
}

// finite returns x, or nil where it is no number that JSON knows.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// drawAnswer draws the answer to the stimulus looked at.
func drawAnswer(out *record.Dir, x *experiment.Experiment, known *outcome.Outcome, in *inputs.Inputs, net network.Trained, h network.Hidden, looked int) error {
	rates := h.Of(looked)
	o := &outcome.Outcome{
		Experiment: x, Stimuli: in.Shown(), Arrays: known.Arrays, Rates: known.Rates,
		Shown: &outcome.Shown{Stimulus: looked, V: in.Row(looked), H: rates, Prediction: net.Predict(rates)},
	}
	o.Stimuli.Words = known.Stimuli.Words
	drawn := draw.Answer(o)
	for _, format := range x.Figures {
		if err := out.Write("figures/answer."+format, func(w io.Writer) error { return drawn.Write(w, format) }); err != nil {
			return err
		}
	}
	return nil
}

func sum(x []float64) float64 {
	total := 0.0
	for _, y := range x {
		total += y
	}
	return total
}
