package rundir

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/text"
)

// Saved is the directory of a finished run. Its methods read only files that the manifest lists
// and whose checksums are unchanged.
type Saved struct {
	Dir        string
	Manifest   *Manifest
	Experiment *experiment.Experiment
}

// Open reads the manifest and the config of a finished run of one network.
func Open(dir string) (*Saved, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	if m.Groups != nil {
		return nil, fmt.Errorf("%s is a run of groups that learned alone; name the run of one of them: %s", dir, firstMembers(dir, m))
	}
	return opened(dir, m)
}

// ExperimentOf reads the config of a finished run, of one network or of groups.
func ExperimentOf(dir string) (*experiment.Experiment, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	s, err := opened(dir, m)
	if err != nil {
		return nil, err
	}
	return s.Experiment, nil
}

// opened reads the config of a finished run.
func opened(dir string, m *Manifest) (*Saved, error) {
	s := &Saved{Dir: dir, Manifest: m}
	path, err := s.File(ConfigFile)
	if err != nil {
		return nil, err
	}
	config, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s.Experiment, err = experiment.ReadResolved(path, config)
	return s, err
}

// Outcome reads the trained network: its synapses, and what the manifest and the lists say
// about stimuli and training. Stimuli, records, the course of a recognition and frames are
// missing: they are not read, or not in the directory. [Saved.ReadRates] reads the hidden rates,
// [Saved.Array] further arrays of the network.
func (s *Saved) Outcome() (*outcome.Outcome, error) {
	m := s.Manifest
	o := &outcome.Outcome{
		Experiment: s.Experiment, Epochs: m.Epochs, Stopped: m.Stopped, Why: m.Why, Best: m.Start(),
		Symbol: m.Objective.Symbol, Objective: m.Objective.Last, Rises: m.Objective.Rises, Timing: m.Timing, Memory: m.Memory.Estimated,
		Stimuli: outcome.Stimuli{Source: m.Stimuli.Source, Count: m.Stimuli.Count, Height: m.Stimuli.Height, Width: m.Stimuli.Width, Missing: m.Stimuli.Missing, Hidden: m.Stimuli.Hidden, Scaling: m.Stimuli.Scaling, Constants: m.Stimuli.Constants, Checksum: m.Stimuli.SHA256, Files: m.Inputs},
	}
	w, err := s.Array(network.SynapsesArray)
	if err != nil {
		return nil, err
	}
	if w.Rows != s.Experiment.Hidden {
		return nil, fmt.Errorf("%s holds the synapses of %d hidden neurons, but the config of the run has %d", filepath.Join(s.Dir, ArrayFile(w.Name)), w.Rows, s.Experiment.Hidden)
	}
	o.Arrays, o.Stimuli.Size = []outcome.Array{w}, len(w.Numbers)/w.Rows
	if o.Stimuli.Recordings, err = s.readRecordings(o.Stimuli.Count); err != nil {
		return nil, err
	}
	o.Stimuli.Texts = m.Files[WordsFile] != ""
	if err := s.readIntervals(o); err != nil {
		return nil, err
	}
	if m.Files[neuronsFile(o.Stimuli.Texts)] == "" {
		return o, nil
	}
	names, err := s.File(neuronsFile(o.Stimuli.Texts))
	if err != nil {
		return nil, err
	}
	if o.Stimuli.Neurons, err = text.ReadList(names); err == nil && len(o.Stimuli.Neurons) != o.Stimuli.Size {
		err = fmt.Errorf("%s has %d names for %d visible neurons", names, len(o.Stimuli.Neurons), o.Stimuli.Size)
	}
	return o, err
}

// ReadRates reads the hidden rates of the run into its outcome.
func (s *Saved) ReadRates(o *outcome.Outcome) error {
	h, err := s.Matrix(RatesFile)
	if err != nil {
		return err
	}
	if h.Cols() != s.Experiment.Hidden {
		return fmt.Errorf("%s holds the rates of %d hidden neurons, but the config of the run has %d", filepath.Join(s.Dir, RatesFile), h.Cols(), s.Experiment.Hidden)
	}
	o.Rates = measure.RatesOf(h.Values, h.Cols())
	return nil
}

// Array reads an array of the network by its name in the network.
func (s *Saved) Array(name string) (outcome.Array, error) {
	file := ArrayFile(name)
	if s.Manifest.Files[file] == "" {
		return outcome.Array{}, fmt.Errorf("%s has no %s, which holds the %q that its network has learned, without which it recognises otherwise: "+
			"the run was made by an earlier version, or with other settings than are asked for now; it has %s. Run it again",
			s.Dir, file, name, strings.Join(s.arrays(), ", "))
	}
	a, err := s.Matrix(file)
	if err != nil {
		return outcome.Array{}, err
	}
	return outcome.Array{Name: name, Rows: a.Rows(), Numbers: a.Values}, nil
}

// Restore sets all arrays of a network to those that the run has learned.
func (s *Saved) Restore(net network.Trained) error {
	arrays := net.Arrays()
	for k, own := range arrays {
		a, err := s.Array(own.Name)
		if err != nil {
			return err
		}
		if a.Rows != own.Rows || len(a.Numbers) != len(own.Numbers) {
			return fmt.Errorf("%s/%s is %d×%d; the network has %d×%d of them", s.Dir, ArrayFile(a.Name), a.Rows, len(a.Numbers)/max(1, a.Rows), own.Rows, len(own.Numbers)/max(1, own.Rows))
		}
		arrays[k].Numbers = a.Numbers
	}
	if err := net.Restore(arrays); err != nil {
		return fmt.Errorf("%s: %w", s.Dir, err)
	}
	return nil
}

// File returns the path of a file of the run. It returns an error if the manifest does not list
// it, or if it is missing or changed.
func (s *Saved) File(name string) (string, error) {
	path := filepath.Join(s.Dir, filepath.FromSlash(name))
	want, listed := s.Manifest.Files[name]
	if !listed {
		return "", fmt.Errorf("%s lists no %s: the run wrote none", filepath.Join(s.Dir, ManifestFile), name)
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

// Matrix reads a file of the run that holds a matrix; negative numbers are allowed.
func (s *Saved) Matrix(name string) (*npy.Array, error) {
	path, err := s.File(name)
	if err != nil {
		return nil, err
	}
	return npy.ReadFile(path)
}

// arrays returns the names of the arrays that the run has.
func (s *Saved) arrays() (names []string) {
	for _, name := range slices.Sorted(maps.Keys(s.Manifest.Files)) {
		if strings.HasPrefix(name, "arrays/") {
			names = append(names, name)
		}
	}
	return names
}

// neuronsFile is the file with the names of the visible neurons.
func neuronsFile(texts bool) string {
	if texts {
		return WordsFile
	}
	return NeuronsFile
}
