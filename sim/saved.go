package sim

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// Saved is a finished run that was read back.
type Saved struct {
	Dir        string
	Experiment *experiment.Experiment
	Visible    int       // number of visible neurons
	Synapses   []float64 // Hidden×Visible
	Words      []string  // what visible neurons stand for; nil where stimuli are no documents
}

// Open reads the directory of a finished run.
func Open(dir string) (*Saved, error) {
	config, err := os.ReadFile(filepath.Join(dir, configFile))
	if err != nil {
		return nil, fmt.Errorf("%s is no directory of a finished run: %w", dir, err)
	}
	s := &Saved{Dir: dir}
	if s.Experiment, err = experiment.Read(filepath.Join(dir, configFile), config, nil); err != nil {
		return nil, err
	}
	w, err := stimulus.Load(filepath.Join(dir, synapses))
	if err != nil {
		return nil, err
	}
	if w.Count != s.Experiment.Hidden {
		return nil, fmt.Errorf("%s holds the synapses of %d hidden neurons, but the config of the run has %d", filepath.Join(dir, synapses), w.Count, s.Experiment.Hidden)
	}
	s.Synapses, s.Visible = w.Rates, w.Size
	words := filepath.Join(dir, wordsFile)
	if _, err := os.Stat(words); errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if s.Words, err = text.ReadList(words); err == nil && len(s.Words) != s.Visible {
		err = fmt.Errorf("%s has %d words for %d visible neurons", words, len(s.Words), s.Visible)
	}
	return s, err
}

// features returns what the run has learned of documents.
func (s *Saved) features() (*features, error) {
	if s.Words == nil {
		return nil, fmt.Errorf("%s: there is no %s: the stimuli of this run were no documents", s.Dir, wordsFile)
	}
	h, err := stimulus.Load(filepath.Join(s.Dir, rates))
	if err != nil {
		return nil, err
	}
	if h.Size != s.Experiment.Hidden {
		return nil, fmt.Errorf("%s holds the rates of %d hidden neurons, but the config of the run has %d", filepath.Join(s.Dir, rates), h.Size, s.Experiment.Hidden)
	}
	return &features{s.Synapses, measure.Total(h.Rates, h.Size), s.Words}, nil
}
