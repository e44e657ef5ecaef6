package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partsnet/sim/outcome"
)

// Manifest is what manifest.json says of a finished run, as far as others read it.
type Manifest struct {
	Format    int
	Version   string
	Name      string
	Seed      int64
	Precision string
	Platform  struct {
		Go, OS, Arch, Kernel string
		Processors           int
	}
	Stimuli struct {
		Source      string
		Count, Size int
		Scaling     string
		SHA256      string
	}
	Inputs    map[string]string // SHA-256 of each file that the config names, by its path
	Files     map[string]string // SHA-256 by name
	Timing    outcome.Timing
	Epochs    int
	Stopped   string
	Objective struct {
		Symbol string
		Last   float64
		Rises  int
	}
	Measures map[string]float64

	all map[string]any
}

// ReadManifest reads the manifest of a run directory.
func ReadManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, manifestFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is no directory of a finished run: it has no %s", dir, manifestFile)
	}
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	err = json.Unmarshal(text, &m.all)
	if err == nil {
		err = json.Unmarshal(text, m)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: %w; a run without its manifest proves nothing: run the experiment again, elsewhere", path, err)
	}
	if _, score := m.all["first_seed"]; score {
		return nil, fmt.Errorf("%s is the directory of a score, not of a run; its runs.csv lists runs that can be made one by one", dir)
	}
	if m.Version == "" {
		m.Version = "an older one"
	}
	if m.Format != manifestFormat {
		return nil, fmt.Errorf("%s is of a run directory of format %d; this program reads format %d: use the version that wrote it, %s", path, m.Format, manifestFormat, m.Version)
	}
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
