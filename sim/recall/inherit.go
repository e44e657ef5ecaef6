package recall

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
	"partsnet/sim/stimulus"
)

// learnt are the keys, or sections with a dot at the end, that say how a network learns or what is
// recorded of it. They mean nothing for one that has learned.
var learnt = []string{
	"network.", "synapses.", "rates.", "learning.", "stack.", "bootstrap.", "stimulus.average", "checkpoint.", "restarts", "record", "measures",
	"recognition.report", "event", "recorder", "recorder-limit", "stimulus.save", "look.frames", "look.network", "look.neurons", "name", "groups.by", "groups.learn", "groups.only", "groups.shuffles", "groups.parts",
}

// learns reports whether a key is one of them.
func learns(key string) bool {
	return slices.ContainsFunc(learnt, func(l string) bool { return key == l || strings.HasSuffix(l, ".") && strings.HasPrefix(key, l) })
}

// choosing are the keys that choose a vocabulary. Documents are counted by that of the run.
var choosing = []string{"text.min-length", "text.min-documents", "text.stop", "text.skip", "text.keep"}

// namesOf are the keys of the names of stimuli and visible neurons. Those of the run are not names
// of other stimuli: it has kept them, so that these can be matched by theirs.
var namesOf = []string{"groups.table", "stimulus.titles", "stimulus.neurons", "stimulus.words"}

// grouping are the keys that put recordings into groups. New stimuli are in none.
var grouping = []string{"groups.by", "groups.learn", "groups.only", "groups.shuffles"}

// meaningful returns an error for the first setting that means nothing for recognition by a network
// that has learned from texts or from other stimuli.
func meaningful(settings []string, texts bool) error {
	for _, s := range settings {
		key := config.KeyOf(s)
		if key == "recognition.steps" {
			return fmt.Errorf("--set %s: the steps of an answer are set by --steps, or its objective settles; this key is of the run", s)
		}
		if texts && slices.Contains(choosing, key) && !given(settings)("stimulus.words") {
			return fmt.Errorf("--set %s: documents are counted by the words of the run, and %s means nothing for that; allowed are text.alphabet, and stimulus.words for another vocabulary", s, key)
		}
		if learns(key) {
			return fmt.Errorf("--set %s: a network that has learned is shown stimuli, and %s means nothing for that; allowed are settings of the stimuli, the text, the circuit, the precision, look.stimulus, look.word and figures", s, key)
		}
	}
	return nil
}

// masking are the keys that hide something of the stimuli or let it be missing.
var masking = map[string]bool{"mask.path": true, "mask.fraction": true, "mask.rectangle": true, "stimulus.missing": true}

// given returns what reports whether settings give a key a value.
func given(settings []string) func(key string) bool {
	return func(key string) bool {
		return slices.ContainsFunc(settings, func(s string) bool { return config.KeyOf(s) == key })
	}
}

// inherit returns the experiment of a run for new stimuli: settings override it, and what names
// the stimuli of the run themselves does not apply to others. Dropped says in phrases what else was
// left out.
func inherit(ctx context.Context, s *rundir.Saved, known *outcome.Outcome, settings []string) (x *experiment.Experiment, dropped []string, err error) {
	if err := meaningful(settings, known.Stimuli.Texts); err != nil {
		return nil, nil, err
	}
	set, all := given(settings), slices.Clone(settings)
	others := set("stimulus.path") || set("stimulus.generator")
	instead := func(key, value string) {
		if !set(key) {
			all = append(all, experiment.Setting(key, value))
		}
	}
	for _, key := range namesOf {
		if others {
			instead(key, "")
		}
	}
	if others { // they are not put into groups
		all = append(all, "groups.by=[]", "groups.learn="+experiment.Concatenated, "groups.only=", "groups.parts=", fmt.Sprint("groups.shuffles=", experiment.Shuffles))
	}
	if others { // what was hidden of the stimuli of the run is not hidden of others
		for key, none := range map[string]string{"mask.path": `""`, "mask.fraction": "0", "mask.rectangle": "[]"} {
			if !set(key) {
				all = append(all, key+"="+none)
			}
		}
	}
	if own := s.Experiment.Noise; others || !own.Frozen || set("noise.kind") { // that of the run belongs to its own stimuli alone
		for key, none := range map[string]string{"noise.kind": "none", "noise.sd": "0", "noise.gain": "0", "noise.frozen": strconv.FormatBool(set("noise.kind"))} { // drawn for the one presentation
			if !set(key) {
				all = append(all, key+"="+none)
			}
		}
	}
	if slices.ContainsFunc(settings, func(s string) bool { return masking[config.KeyOf(s)] }) {
		// What else a run learned, and in which order, says nothing about what its circuit can recognise.
		all = append(all, "network.constraints="+config.Quote(experiment.NonNegative), "stack.hidden=[]", "stack.joint=0", "learning.order=recognise-learn")
	}
	if known.Stimuli.Texts && !set("stimulus.words") {
		all = append(all, experiment.Setting("stimulus.words", filepath.Join(s.Dir, rundir.WordsFile)))
		for _, key := range choosing { // the vocabulary has been chosen
			all = append(all, key+"="+experiment.DefaultOf(key))
		}
	}
	if s.Experiment.Stimulus.Map && others && !set("stimulus.map") {
		all = append(all, "stimulus.map=false")
	}
	x, err = experiment.ReadContext(ctx, filepath.Join(s.Dir, rundir.ConfigFile), []byte(s.Experiment.TOML()), all)
	if ctx.Err() != nil {
		return nil, nil, &outcome.Interrupted{}
	}
	if err != nil {
		return nil, nil, err
	}
	if s.Experiment.Stimulus.Map && strings.HasSuffix(x.Stimulus.Path, ".npy") && !set("stimulus.map") {
		x.Stimulus.Map = true // they are read as those of the run where they can be
	}
	var keys []string
	for _, d := range experiment.Diff(s.Experiment, x) {
		key, _, _ := strings.Cut(d, " was ")
		if !set(key) && !slices.Contains(namesOf, key) && !learns(key) && !slices.Contains(grouping, key) {
			keys = append(keys, key)
		}
	}
	if keys != nil {
		dropped = append(dropped, fmt.Sprintf("settings of the run that do not apply to these stimuli were left out: %s", strings.Join(keys, ", ")))
	}
	return x, dropped, nil
}

// learnedBy returns what is known of the stimuli of a run, for new ones with these settings.
func learnedBy(s *rundir.Saved, known *outcome.Outcome, settings []string) (*inputs.Learned, error) {
	kept, own := s.Manifest.Stimuli, s.Experiment.Stimulus
	l := &inputs.Learned{
		Scaling: stimulus.Scaling{Name: kept.Scaling}, Neurons: known.Stimuli.Neurons, Texts: known.Stimuli.Texts,
		Images: own.Titles == "" && !known.Stimuli.Texts && s.Manifest.Files[rundir.TitlesFile] != "",
		Equal:  s.Experiment.Groups.Learn == experiment.Shared, Shaped: own.Height == 0 && own.Width == 0, Given: given(settings),
	}
	if kept.Scaling == "" && own.Scaling != experiment.AutoScaling { // of the first versions
		l.Scaling.Name = own.Scaling
	}
	l.Known = kept.Constants != nil || l.Scaling.Name != "" && l.Scaling.Constants() == nil
	var err error
	if l.Scaling, err = l.Scaling.With(kept.Constants); err != nil {
		err = fmt.Errorf("%s: stimuli.scaling_constants: %w", filepath.Join(s.Dir, rundir.ManifestFile), err)
	}
	return l, err
}

// looked returns the number of the stimulus that the figure shows. What the run wanted looked at
// may not be among new stimuli: then the first is shown, which is said in the set.
func looked(x *experiment.Experiment, in *inputs.Inputs, settings []string) (int, error) {
	i, err := in.Find(x.Look.Stimulus)
	word := in.Knows(x.Look.Word)
	set := given(settings)
	if err != nil && !set("look.stimulus") {
		in.Set.Read = append(in.Set.Read, fmt.Sprintf("look.stimulus = %q of the run is not among these stimuli: the first is shown", x.Look.Stimulus))
		x.Look.Stimulus, err = "", nil
	}
	if word != nil && !set("look.word") {
		in.Set.Read = append(in.Set.Read, fmt.Sprintf("look.word = %q of the run is not among the words of these stimuli", x.Look.Word))
		x.Look.Word, word = "", nil
	}
	return i, errors.Join(err, word)
}
