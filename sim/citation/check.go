package citation

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"partsnet/sim/rundir"
)

// check compares what is quoted from the manifest, which has no checksum of its own, with the last
// record of the run, whose table the manifest has the checksum of: the number of epochs, the
// objective and the measures.
func check(s *rundir.Saved) error {
	path, err := s.File(rundir.MetricsFile)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		return fmt.Errorf("%s has no record of the run: %v", path, err)
	}
	head, last := rows[0], rows[len(rows)-1]
	quoted := map[string]float64{"epoch": float64(s.Manifest.Epochs), s.Manifest.Objective.Symbol: s.Manifest.Objective.Last}
	for _, measure := range []string{hoyerParts, hoyerRates} {
		if x, ok := s.Manifest.Measures[measure]; ok {
			quoted[measure] = x
		}
	}
	for _, name := range []string{"epoch", s.Manifest.Objective.Symbol, hoyerParts, hoyerRates} {
		column := slices.Index(head, name)
		want, said := quoted[name]
		if !said {
			continue
		}
		if column < 0 {
			return fmt.Errorf("%s has no column %s, which is quoted from %s", path, name, rundir.ManifestFile)
		}
		if x, err := strconv.ParseFloat(last[column], 64); err != nil || x != want {
			return fmt.Errorf("%s says that the run ended with %s = %v, and the last record of %s has %s: one of them was changed since the run wrote it; bring it back, or run again", filepath.Join(s.Dir, rundir.ManifestFile), name, want, path, last[column])
		}
	}
	return nil
}
