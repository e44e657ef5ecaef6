package rundir

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"partsnet/sim/outcome"
)

// film writes the parts at the epochs of a film, one frame below the other in the precision float32,
// which is more than a film shows, and a table of these epochs.
func (w *writer) film(o *outcome.Outcome) {
	if len(o.Frames) == 0 {
		return
	}
	r, n := o.Rates.Hidden, o.Stimuli.Size
	t := Table{{"frame", "epoch", o.Symbol}}
	for k, f := range o.Frames {
		t = append(t, []string{strconv.Itoa(k), strconv.Itoa(f.Epoch), number(f.Objective)})
	}
	w.table(FilmFile, t)
	if w.err == nil {
		w.err = WriteRows(w.out, "float32", FilmArray, len(o.Frames)*r, n, func(i int) []float64 {
			return o.Frames[i/r].W[i%r*n : (i%r+1)*n]
		})
	}
}

// ReadFilm reads the frames of a run into its outcome; none where the run kept none.
func (s *Saved) ReadFilm(o *outcome.Outcome) error {
	if s.Manifest.Files[FilmFile] == "" {
		return nil
	}
	path, err := s.File(FilmFile)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	w, err := s.Matrix(FilmArray)
	if err != nil {
		return err
	}
	size := s.Experiment.Hidden * o.Stimuli.Size
	if len(rows) < 2 || len(rows[0]) < 3 || len(w.Values) != (len(rows)-1)*size || w.Cols() != o.Stimuli.Size {
		return fmt.Errorf("%s has %d frames, and %s is %d×%d, which are not as many of %d×%d", path, len(rows)-1, filepath.Join(s.Dir, FilmArray), w.Rows(), w.Cols(), s.Experiment.Hidden, o.Stimuli.Size)
	}
	for k, row := range rows[1:] {
		frame := outcome.Frame{W: w.Values[k*size : (k+1)*size]}
		if frame.Epoch, err = strconv.Atoi(row[1]); err == nil && row[2] != "" {
			frame.Objective, err = strconv.ParseFloat(row[2], 64)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, k+2, err)
		}
		o.Frames = append(o.Frames, frame)
	}
	return nil
}
