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

// Manifest is manifest.json: what went into a run, what came out, and on what.
//
// The tag compare says how two manifests of one run are compared (see
// [Manifest.Differences]): "skip" not at all, because it may differ or is compared
// elsewhere; "version" where the version is the same; "build" where the build is the same,
// because it is a sentence with numbers in it; "one" as a share of 1.
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
		Source  string `json:"source" compare:"version"`
		Count   int    `json:"count"`
		Size    int    `json:"size"`
		Scaling string `json:"scaling"`
		SHA256  string `json:"sha256" compare:"skip"`
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
	PartsRecovered  *Recovered          `json:"parts_recovered,omitempty"`
	Stack           *Stack              `json:"stack,omitempty"`
	Compared        map[string]Compared `json:"compared,omitempty"`
	MeaningsLearned *Meanings           `json:"meanings_learned,omitempty"`

	keys map[string]any // as the file has them, nested
}

// Memory is the memory that the run was estimated to take and, where it is known, the most
// that its last session took, in bytes.
type Memory struct {
	Estimated float64 `json:"estimated_bytes"`
	Peak      float64 `json:"peak_bytes,omitempty"`
}

// Starts says how many random starts there were, and which was kept, from 0.
type Starts struct {
	Count int `json:"count"`
	Best  int `json:"best"`
}

// Recovered says how many of the true parts were recovered.
type Recovered struct {
	Recovered  int     `json:"recovered"`
	Of         int     `json:"of"`
	MeanCosine float64 `json:"mean_cosine"`
}

// Stack is what the layers of a stack have come to, lowest first.
type Stack struct {
	Layers []Layer  `json:"layers"`
	Joint  *float64 `json:"joint,omitempty"` // objective after all were learned together
}

// Layer is one layer of a stack. Through, the objective of the stimuli predicted through all
// layers, is left out where it is infinite, because a visible neuron fires that they do not
// predict; JSON has no such number. So is the objective of all layers together.
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

// Build says what wrote the run, as far as bits may depend on it.
func (m *Manifest) Build() string {
	return fmt.Sprintf("version %s, %s, %s/%s, kernel %s", m.Version, m.Platform.Go, m.Platform.OS, m.Platform.Arch, m.Platform.Kernel)
}

// Start returns which of the random starts was kept, from 0; 0 where there was one.
func (m *Manifest) Start() int {
	if m.Starts == nil {
		return 0
	}
	return m.Starts.Best
}

// ReadManifest reads the manifest of a run directory.
func ReadManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, ManifestFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not the directory of a finished run: it has no %s", dir, ManifestFile)
	}
	if err != nil {
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
