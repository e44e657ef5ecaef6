package rundir

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partsnet/sim/outcome"
)

// Manifest is manifest.json: the inputs of a run, its results, and the platform it ran on.
//
// The tag compare says how two manifests of one run are compared (see
// [Manifest.Differences]): "skip" not at all, because it may differ or is compared
// elsewhere; "version" only if the version is the same; "build" only if the build is the same,
// because it is a sentence that contains numbers; "one" with an absolute tolerance, relative to
// 1.
type Manifest struct {
	Format    int    `json:"format"`
	Version   string `json:"version" compare:"skip"`
	Name      string `json:"name"`
	Seed      int64  `json:"seed"`
	Precision string `json:"precision"`
	Platform  struct {
		Go         string `json:"go"`
		OS         string `json:"os"`
		Arch       string `json:"arch"`
		Kernel     string `json:"kernel"`
		Processors int    `json:"processors"`
	} `json:"platform" compare:"skip"`
	Inputs  map[string]string `json:"inputs" compare:"skip"` // SHA-256 of each file that the config names, by its path
	Stimuli struct {
		Source  string   `json:"source" compare:"version"`
		Read    []string `json:"read,omitempty" compare:"build"` // what was found, converted and left out
		Count   int      `json:"count"`
		Size    int      `json:"size"`
		Height  int      `json:"height,omitempty"` // of one as an image
		Width   int      `json:"width,omitempty"`
		Missing int      `json:"missing,omitempty"` // values that the data do not have
		Hidden  int      `json:"hidden,omitempty"`  // values that a mask hides
		Scaling string   `json:"scaling"`
		// Constants of the scaling by their names, in full: new stimuli are scaled by them.
		Constants map[string]float64 `json:"scaling_constants,omitempty"`
		SHA256    string             `json:"sha256" compare:"skip"`
	} `json:"stimuli"`
	Files     map[string]string `json:"files" compare:"skip"` // SHA-256 by name
	Epochs    int               `json:"epochs"`
	Stopped   string            `json:"stopped" compare:"version"`
	Objective struct {
		Symbol             string   `json:"symbol"`
		Last               float64  `json:"last"`
		Rises              int      `json:"rises"`
		RoseAt             []int    `json:"rose_at,omitempty"`
		OptimalityRates    *float64 `json:"optimality_rates,omitempty" compare:"one"`
		OptimalitySynapses *float64 `json:"optimality_synapses,omitempty" compare:"one"`
	} `json:"objective"`
	Measures map[string]float64 `json:"measures"`
	Census   struct {
		Live         int  `json:"live"`
		Dead         int  `json:"dead"`
		Duplicate    int  `json:"duplicate"`
		ZeroSynapses int  `json:"zero_synapses"`
		Split        *int `json:"split,omitempty"`
		Merged       *int `json:"merged,omitempty"`
	} `json:"census"`
	Why            string         `json:"why" compare:"build"`
	Timing         outcome.Timing `json:"timing" compare:"skip"`
	Memory         Memory         `json:"memory" compare:"skip"`
	RatesChecked   int64          `json:"rates_checked"`
	WeightsChecked int64          `json:"weights_checked"`
	WeightsRefused int64          `json:"weights_refused"`

	Starts          *Starts             `json:"starts,omitempty"`
	Chosen          *Chosen             `json:"chosen,omitempty"`
	PartsRecovered  *Recovered          `json:"parts_recovered,omitempty"`
	Stack           *Stack              `json:"stack,omitempty"`
	Compared        map[string]Compared `json:"compared,omitempty"`
	Bootstrap       *Bootstrapped       `json:"bootstrap,omitempty"`
	MeaningsLearned *Meanings           `json:"meanings_learned,omitempty"`

	// Groups are the folders of the runs of groups that learned alone, by the names of the groups, of
	// a run whose other entries are sums over them; nil for a run of one network.
	Groups map[string]string `json:"groups,omitempty"`

	// keys are the keys of the file, nested. They serve only to find keys that one of two files
	// lacks: a field that is absent reads as 0, and a key without a field is not read at all.
	// Values are compared field by field.
	keys map[string]any
}

// Memory is the estimated memory of the run and, if known, the peak of its last session, in
// bytes.
type Memory struct {
	Estimated float64 `json:"estimated_bytes"`
	Peak      float64 `json:"peak_bytes,omitempty"`
}

// Starts is the number of random starts and the index of the one that was kept, counted from 0.
type Starts struct {
	Count int `json:"count"`
	Best  int `json:"best"`
}

// Chosen says how the number of hidden neurons was chosen.
type Chosen struct {
	Hidden    int            `json:"hidden"`
	Among     []int          `json:"among"`
	Criterion string         `json:"criterion"`
	Fulfilled bool           `json:"fulfilled"` // false where no number does, and the largest was kept
	By        map[string]int `json:"by"`        // the number that each criterion chooses, of those that choose one
	Why       string         `json:"why" compare:"build"`
}

// Recovered is the number of true parts that were recovered.
type Recovered struct {
	Recovered  int     `json:"recovered"`
	Of         int     `json:"of"`
	MeanCosine float64 `json:"mean_cosine"`
}

// Stack is the result of the layers of a stack, the lowest first.
type Stack struct {
	Layers []Layer  `json:"layers"`
	Joint  *float64 `json:"joint,omitempty"` // objective after all were learned together
}

// Layer is one layer of a stack. Through is the objective of the stimuli predicted through this
// and all lower layers. It is left out if it is infinite, because a visible neuron fires that
// the layers do not predict: JSON has no infinite numbers. So is Stack.Joint.
type Layer struct {
	Hidden    int      `json:"hidden"`
	Objective float64  `json:"objective"`
	Through   *float64 `json:"through,omitempty"`
}

// Compared is a network under another constraint.
type Compared struct {
	Measures map[string]float64 `json:"measures"`
}

// Meanings says how many words of several meanings are strong in all their topics.
type Meanings struct {
	Words int `json:"words"`
	Of    int `json:"of"`
}

// Build describes what wrote the run, as far as its bits may depend on it.
func (m *Manifest) Build() string {
	return fmt.Sprintf("version %s, %s, %s/%s, kernel %s", m.Version, m.Platform.Go, m.Platform.OS, m.Platform.Arch, m.Platform.Kernel)
}

// Start returns the index of the random start that was kept, counted from 0; 0 if there was one.
func (m *Manifest) Start() int {
	if m.Starts == nil {
		return 0
	}
	return m.Starts.Best
}

// ReadManifest reads the manifest of a run directory. The error for what is not such a directory
// says what it is.
func ReadManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, ManifestFile)
	text, err := os.ReadFile(path)
	if err != nil {
		info, there := os.Stat(filepath.Clean(dir)) // FILE/ is no path of a file
		switch {
		case errors.Is(there, fs.ErrNotExist):
			return nil, fmt.Errorf("%s is not the directory of a finished run: there is no such directory", dir)
		case there == nil && !info.IsDir():
			return nil, fmt.Errorf("%s is not the directory of a finished run: it is a file; allowed is the directory that a run wrote, with %s in it", dir, ManifestFile)
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s is not the directory of a finished run: it has no %s", dir, ManifestFile)
		}
		return nil, err
	}
	damaged := func(err error) error {
		return fmt.Errorf("%s is damaged: %w; a run without its manifest proves nothing: run the experiment again, elsewhere", path, err)
	}
	var kind struct {
		FirstSeed *int64 `json:"first_seed"`
		Format    int
		Version   string
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return nil, damaged(err)
	}
	if kind.FirstSeed != nil {
		return nil, fmt.Errorf("%s is the directory of a score, not of a run; its runs.csv lists runs that can be made one by one", dir)
	}
	if kind.Version == "" {
		kind.Version = "an older one"
	}
	if kind.Format != Format {
		return nil, fmt.Errorf("%s is of a run directory of format %d; this program reads format %d: use the version that wrote it, %s", path, kind.Format, Format, kind.Version)
	}
	m := &Manifest{}
	if err := errors.Join(json.Unmarshal(text, m), json.Unmarshal(text, &m.keys)); err != nil {
		return nil, damaged(err)
	}
	m.Version = kind.Version
	if len(m.Files) == 0 || m.Stimuli.SHA256 == "" {
		return nil, fmt.Errorf("%s is damaged: it lists no files or no stimuli", path)
	}
	for name := range m.Files {
		if !fs.ValidPath(name) {
			return nil, fmt.Errorf("%s is damaged: it lists the file %q, which is not in the folder", path, name)
		}
	}
	return m, nil
}
