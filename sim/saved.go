package sim

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/text"
)

// Saved is a finished run that was read back.
type Saved struct {
	Dir        string
	Manifest   *Manifest
	Experiment *experiment.Experiment
	Visible    int       // number of visible neurons
	Synapses   []float64 // Hidden×Visible
	Words      []string  // what visible neurons stand for; nil where stimuli are no documents
}

// Open reads the directory of a finished run: its manifest first, and of what the manifest
// lists only files that were not changed since.
func Open(dir string) (*Saved, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is no directory of a finished run: it is a file", dir)
	}
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	s := &Saved{Dir: dir, Manifest: m}
	path, err := s.file(configFile)
	if err != nil {
		return nil, err
	}
	config, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if s.Experiment, err = experiment.ReadResolved(path, config); err != nil {
		return nil, err
	}
	synapses := arrayFile(network.SynapsesArray)
	w, err := s.array(synapses)
	if err != nil {
		return nil, err
	}
	if w.Count != s.Experiment.Hidden {
		return nil, fmt.Errorf("%s holds the synapses of %d hidden neurons, but the config of the run has %d", filepath.Join(dir, synapses), w.Count, s.Experiment.Hidden)
	}
	s.Synapses, s.Visible = w.Rates, w.Size
	if m.Files[wordsFile] == "" {
		return s, nil
	}
	words, err := s.file(wordsFile)
	if err != nil {
		return nil, err
	}
	if s.Words, err = text.ReadList(words); err == nil && len(s.Words) != s.Visible {
		err = fmt.Errorf("%s has %d words for %d visible neurons", words, len(s.Words), s.Visible)
	}
	return s, err
}

// file returns the path of a file of the run, which is as the run wrote it.
func (s *Saved) file(name string) (string, error) {
	path := filepath.Join(s.Dir, filepath.FromSlash(name))
	want, listed := s.Manifest.Files[name]
	if !listed {
		return "", fmt.Errorf("%s lists no %s: the run wrote none", filepath.Join(s.Dir, manifestFile), name)
	}
	switch sum, err := record.FileSum(path); {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%s is missing, which the run wrote: bring it back, or run again", path)
	case err != nil:
		return "", err
	case sum != want:
		return "", fmt.Errorf("%s was changed since the run wrote it: its checksum is %.16s… and was %.16s…; bring it back, or run again", path, sum, want)
	}
	return path, nil
}

// start returns which of the random starts was kept, 0 where there was one.
func (s *Saved) start() int {
	starts, _ := s.Manifest.all["starts"].(map[string]any)
	best, _ := starts["best"].(float64)
	return int(best)
}

// features returns what the run has learned of documents.
func (s *Saved) features() (*outcome.Features, error) {
	if s.Words == nil {
		return nil, fmt.Errorf("%s: there is no %s: the stimuli of this run were no documents", s.Dir, wordsFile)
	}
	h, err := s.array(rates)
	if err != nil {
		return nil, err
	}
	if h.Size != s.Experiment.Hidden {
		return nil, fmt.Errorf("%s holds the rates of %d hidden neurons, but the config of the run has %d", filepath.Join(s.Dir, rates), h.Size, s.Experiment.Hidden)
	}
	return &outcome.Features{W: s.Synapses, Use: measure.Total(h.Rates, h.Size), Words: s.Words}, nil
}
