package train

import (
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/recorded"
)

// recording takes the frames of the recorders of an experiment while its network learns.
type recording struct {
	rec   *recorder
	files *recorded.Files
}

// openRecording opens what the recorders of the experiment write into, behind what a killed run has
// recorded; the session has none where there are no recorders.
func (r *run) openRecording() error {
	if r.Recorded == nil {
		return nil
	}
	if len(r.x.Recorders) == 0 {
		_, err := r.Recorded(nil, -1)
		return err
	}
	m := r.best.model
	all, err := recorded.Plan(r.x.Recorders, recorded.Network{
		Stimuli: r.in.Stimuli(), Visible: r.in.Neurons(), Hidden: r.x.Hidden, StimulusNames: r.in.Set.Names, VisibleNames: r.in.Set.Neurons,
		Find: r.in.Find, Readables: m.Readables(),
	}, recorded.Clock{Is: "epoch"}, r.x.Learning.Epochs)
	if err == nil {
		err = recorded.Affordable(all, r.x.Precision, r.x.RecorderLimit)
	}
	if err != nil {
		return &experiment.RequestError{Err: err}
	}
	until := -1
	if m.Epochs() > 0 {
		until = m.Epochs()
	}
	files, err := r.Recorded(all, until)
	if err != nil {
		return err
	}
	r.best.recording = &recording{r.best.rec, files}
	return nil
}

// start takes the frames before the first epoch.
func (k *recording) start(m network.Model) error {
	if k == nil || m.Epochs() > 0 {
		return nil
	}
	return k.take(m, 0, false)
}

// epoch takes the frames that are due. The recorder of measures has seen the epoch.
func (k *recording) epoch(m network.Model, epoch int) (bool, error) {
	if k == nil {
		return false, nil
	}
	return false, k.take(m, epoch, k.rec.due(epoch))
}

// take takes the frames of an epoch. Where a rule learns online the rates belong to the synapses of
// many moments, and stimuli are recognised anew, unless they have been.
func (k *recording) take(m network.Model, epoch int, recognised bool) error {
	due, ofStimuli := k.files.Due(epoch)
	if !due {
		return nil
	}
	if ofStimuli && !recognised && k.rec.x.Recognition.Report > 0 {
		m.RecogniseAll(k.rec.x.Recognition.Steps)
	}
	return k.files.Take(learner{m, k.rec.in}, epoch)
}

// finish ends the files.
func (k *recording) finish() error {
	if k == nil {
		return nil
	}
	return k.files.Finish()
}

// learner is a network that learns, as recorders see it.
type learner struct {
	network.Model
	in *inputs.Inputs
}

func (l learner) Hidden(stimulus int) []float64   { return l.Rates().Of(stimulus) }
func (l learner) Visible(stimulus int) []float64  { return l.in.Row(stimulus) }
func (l learner) Shows(stimulus, neuron int) bool { return l.in.Shows(stimulus, neuron) }
func (l learner) Observe(string, int) []float64   { return nil } // refused
func (l learner) Spikes(stimulus int) []float64   { return nil } // refused
