// Package recall uses a trained network: it recognises new stimuli, and finds the features to
// which a word belongs.
package recall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/draw"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
	"partsnet/sim/train"
)

// RecognitionSettled is the relative change of the objective of a stimulus over ten steps below
// which its recognition has settled.
const RecognitionSettled = 1e-9

// RecognitionSteps is the number of steps after which recognition ends if it has not settled.
const RecognitionSteps = 2000

// Recognition is the result of [Recognise].
type Recognition struct {
	Dir       string
	Stimuli   int
	Read      []string // what was found, converted and left out while the stimuli were read, a phrase each
	Steps     int      // steps of recognition, the largest number of a stimulus
	Sought    bool     // whether recognition was to continue until the objective settled, not for a set number of steps
	Settled   bool     // whether that of every stimulus settled, if Sought
	Ended     int      // number of stimuli whose objective settled, if Sought
	Symbol    string
	Objective float64  // of all stimuli, with the penalty on rates
	Deviance  float64  // mean over stimuli of twice the divergence, or of the squared error; NaN if the objective is not a sum over stimuli
	Explained float64  // explained variance; NaN if the circuit does not predict stimuli, or these do not vary
	VAF       float64  // share of the squared stimuli that is explained; NaN if the circuit does not predict stimuli
	Missing   int      // values that are not known or hidden
	Undefined int      // stimuli without a deviance, which are left out of Objective and Deviance
	Notes     []string // sentences that say what is not defined, and why

	Completion  *measure.Completion // of what a mask hides; nil where nothing that is known is hidden
	First       []Answer            // to the first stimuli
	ends        network.Settling    // if Sought
	Worst, Best *Answer             // with the largest and smallest deviance; nil if deviances are not known or there is only one stimulus
}

// Recognise shows new stimuli to the network of a finished run, whose weights stay fixed, and
// writes into dir the hidden rates and the deviance of every stimulus, and a figure of the one
// that look.stimulus names. Settings override those of the run: they name the
// stimuli and say how they are read; texts are counted with the words of the run. Recognition
// begins as in the run and takes that many steps. If steps is 0, that of each stimulus continues until
// its objective has settled, for at most [RecognitionSteps] steps, so that an answer does not
// depend on the stimuli beside it; in circuits that draw random
// numbers, which depend on the stimulus unless it is one of the run, or whose objective is not a sum over stimuli, it takes the number of steps that the
// circuit declares. It returns an error if the run or the stimuli cannot be read or do not
// match; the context ends it early with an [*outcome.Interrupted], and nothing is written.
func Recognise(ctx context.Context, run string, settings []string, dir string, steps int) (rec *Recognition, err error) {
	o, err := Open(ctx, run, settings, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.In.Release()) }()
	known, x, in, shown := o.Known, o.Experiment, o.In, o.Looked
	net, err := o.Load()
	if err != nil {
		return nil, err
	}
	if x.Stimulus.Path != "" && !net.Random() && x.Mask.Fraction == 0 && x.Noise.None() && given(settings)("seed") {
		return nil, &experiment.RequestError{Err: fmt.Errorf("--set seed=%d: neither the stimuli nor the circuit %q are drawn at random, so that the seed means nothing", x.Seed, x.Recognition.Circuit)}
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
	rec = &Recognition{Dir: dir, Stimuli: in.Stimuli(), Missing: in.Constants.Missing, Read: append(o.Dropped, in.Set.Read...)}
	if rec.Steps = steps; steps == 0 {
		rec.Steps, rec.Sought = stepsNeeded(net)
	}
	var h network.Hidden
	if err := in.Until(ctx, func() error {
		if rec.Sought {
			h, rec.ends = net.Settle(in.Data, RecognitionSteps, RecognitionSettled)
			rec.Steps, rec.Settled = rec.ends.Most(), rec.ends.All()
			for _, settled := range rec.ends.Settled {
				if settled {
					rec.Ended++
				}
			}
		} else if own := !given(settings)("stimulus.path"); net.Random() && !own {
			h = net.RecogniseApart(in.Data, rec.Steps)
		} else {
			h = net.Recognise(in.Data, rec.Steps) // of stimuli of the run with the random numbers of the run
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	lowers := net.Circuit().Objective()
	rec.Symbol, rec.Objective = lowers.Symbol(), net.Objective(in.Data, h)
	rec.Deviance, rec.Explained, rec.VAF = math.NaN(), math.NaN(), math.NaN()
	var losses []float64
	_, predicts := lowers.(learning.Predictive)
	if predicts {
		losses = net.Losses(lowers, in.Data, h)
		rec.define(x, in, h, losses)
		total, defined := finiteSum(losses)
		if math.IsInf(rec.Objective, 1) {
			rec.Objective = total
		}
		if defined > 0 {
			rec.Deviance = 2 * total / float64(defined)
		} else {
			rec.Objective = math.NaN()
		}
		rec.explain(in, 2*max(0, sum(net.Losses(learning.SquaredError, in.Data, h))))
	}
	if in.Hidden != nil {
		c := in.Hidden.Complete(net.Synapses(), measure.Read(h.Stimuli(), h.Neurons(), h.Read), in.Neurons())
		rec.Completion = &c
	}
	if err := rec.write(out, x, in.Set.Names, losses); err != nil {
		return nil, err
	}
	if err := rundir.WriteRows(out, x.Precision, rundir.RatesFile, h.Stimuli(), h.Neurons(), h.Of); err != nil {
		return nil, err
	}
	stimuli := in.Shown()
	stimuli.Neurons = known.Stimuli.Neurons
	if err := rundir.WriteRecordings(out, stimuli.Recordings); err != nil {
		return nil, err
	}
	if err := rundir.WriteRates(out, x, stimuli, measure.Read(h.Stimuli(), h.Neurons(), h.Read)); err != nil {
		return nil, err
	}
	rec.First, rec.Worst, rec.Best = answers(known, in, net, h, losses)
	if err := drawAnswer(out, x, known, in, net, h, shown); err != nil {
		return nil, err
	}
	// Of counts none are written: predictions are dense.
	if in.Dense() && predicts {
		if err := rundir.WriteRows(out, x.Precision, "arrays/prediction.npy", h.Stimuli(), in.Neurons(), func(i int) []float64 { return net.Predict(h.Of(i)) }); err != nil {
			return nil, err
		}
	}
	if in.Data.Seen() != nil {
		complete := func(i int) []float64 { return in.Filled(i, net.Predict(h.Of(i))) }
		if err := rundir.WriteRows(out, x.Precision, "arrays/completed.npy", h.Stimuli(), in.Neurons(), complete); err != nil {
			return nil, err
		}
	}
	return rec, out.Commit()
}

// Network returns the network of a run with all its learned arrays, for that many visible neurons
// and with the circuit and the precision of an experiment.
func Network(s *rundir.Saved, x *experiment.Experiment, visible int) (network.Trained, error) {
	spec, err := train.Spec(x, visible, s.Manifest.Start(), 0)
	if err != nil {
		return nil, err
	}
	engine, err := network.In(x.Precision)
	if err != nil {
		return nil, err
	}
	net, err := engine.Trained(spec)
	if err != nil {
		return nil, err
	}
	if err := s.Restore(net); err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	return net, nil
}

// stepsNeeded returns the number of steps of recognition if it is not set: that of the circuit
// or, if settle is true, as many as the objective takes to settle. The objective of circuits
// that draw random numbers does not settle, and one that is not a sum over stimuli cannot be
// followed block by block.
func stepsNeeded(net network.Trained) (steps int, settle bool) {
	if _, sum := learning.AdditiveIn[float64](net.Circuit().Objective()); net.Random() || !sum {
		return net.Circuit().Describe().Steps, false
	}
	return RecognitionSteps, true
}

// write writes the deviances, if they are known, the config and a summary.
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
			"stimuli": rec.Stimuli, "read": append([]string{}, rec.Read...), "steps": rec.Steps, "settled": rec.Settled,
			"objective": map[string]any{"symbol": rec.Symbol, "sum": finite(rec.Objective)}, "explained_variance": finite(rec.Explained), "vaf": finite(rec.VAF),
			"undefined": rec.Undefined, "notes": rec.Notes, "completion": rec.completion(),
		})
	})
}

// completion returns how hidden rates are filled in, for JSON; nil where none are.
func (rec *Recognition) completion() any {
	c := rec.Completion
	if c == nil {
		return nil
	}
	return map[string]any{
		"values": c.Entries, "rmse": finite(c.RMSE()), "deviance": finite(c.Deviance()), "explained": finite(c.Explained()),
		"mean_stimulus": map[string]any{"rmse": finite(c.MeanRMSE()), "deviance": finite(c.MeanDeviance())},
	}
}

// writeLosses writes the loss and the deviance of each stimulus; nothing if losses is nil.
func (rec *Recognition) writeLosses(out *record.Dir, names []string, losses []float64) error {
	if losses == nil {
		return nil
	}
	t := rundir.Table{{"stimulus", "name", rec.Symbol, "deviance"}}
	if rec.Sought {
		t[0] = append(t[0], "steps", "settled")
	}
	for i, loss := range losses {
		name := ""
		if names != nil {
			name = names[i]
		}
		row := []string{strconv.Itoa(i), name, "", ""} // empty where it is not defined
		if !math.IsNaN(loss) {
			row[2], row[3] = fmt.Sprint(loss), fmt.Sprint(2*loss)
		}
		if rec.Sought {
			row = append(row, strconv.Itoa(rec.ends.Steps[i]), strconv.FormatBool(rec.ends.Settled[i]))
		}
		t = append(t, row)
	}
	return out.Write("deviance.csv", t.Write)
}

// finite returns x for JSON, nil if it is NaN or infinite.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// drawAnswer draws the answer to the stimulus number looked.
func drawAnswer(out *record.Dir, x *experiment.Experiment, known *outcome.Outcome, in *inputs.Inputs, net network.Trained, h network.Hidden, looked int) error {
	rates := h.Of(looked)
	o := &outcome.Outcome{
		Experiment: x, Stimuli: in.Shown(), Arrays: known.Arrays, Rates: known.Rates, Circuit: outcome.Circuit{Objective: net.Circuit().Objective()},
		Shown:      &outcome.Shown{Stimulus: looked, V: in.Filled(looked, net.Predict(rates)), H: rates, Prediction: net.Predict(rates)},
		Completion: in.Completion(looked, func(i int) []float64 { return net.Predict(h.Of(i)) }),
	}
	o.Stimuli.Neurons, o.Stimuli.Texts = known.Stimuli.Neurons, known.Stimuli.Texts
	drawn := map[string]*figure.Figure{"answer": draw.Answer(o)}
	if f, ok := draw.Completion(o); ok {
		drawn["completion"] = f
	}
	return figure.WriteAll(drawn, x.Figures, out.Write)
}

func sum(x []float64) float64 {
	total := 0.0
	for _, y := range x {
		total += y
	}
	return total
}
