package rundir

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"

	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
)

// Tables of recordings.
const (
	RecordingsFile = "recordings.csv" // a row for each recording
	GroupsFile     = "groups.csv"     // a row for each group that a network has learned from, with others or alone
	CyclesFile     = "cycles.csv"     // the average course of a recording
)

// recordingsHead are the columns of the table of recordings.
var recordingsHead = []string{"recording", "subject", "condition", "trial", "from", "to"}

// recordingsTable returns a row for each recording: its name, subject, condition and trial, the
// number of its first stimulus and that of the one behind its last.
func recordingsTable(recordings []stimulus.Recording) Table {
	t := Table{recordingsHead}
	for _, r := range recordings {
		t = append(t, []string{r.Name, r.Subject, r.Condition, r.Trial, strconv.Itoa(r.From), strconv.Itoa(r.To)})
	}
	return t
}

// WriteRecordings writes the table of recordings; nothing where there are none.
func WriteRecordings(out *record.Dir, recordings []stimulus.Recording) error {
	if recordings == nil {
		return nil
	}
	return out.Write(RecordingsFile, recordingsTable(recordings).Write)
}

// readRecordings reads the recordings of that many stimuli; nil if the run has none.
func (s *Saved) readRecordings(stimuli int) ([]stimulus.Recording, error) {
	if s.Manifest.Files[RecordingsFile] == "" {
		return nil, nil
	}
	path, err := s.File(RecordingsFile)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) < 2 || !slices.Equal(rows[0], recordingsHead) {
		return nil, fmt.Errorf("%s is no table of recordings with the columns %q", path, recordingsHead)
	}
	var all []stimulus.Recording
	end := 0
	for k, row := range rows[1:] {
		r := stimulus.Recording{Name: row[0], Subject: row[1], Condition: row[2], Trial: row[3]}
		var err, also error
		r.From, err = strconv.Atoi(row[4])
		r.To, also = strconv.Atoi(row[5])
		if err != nil || also != nil || r.From != end || r.To <= r.From || r.To > stimuli {
			return nil, fmt.Errorf("%s: recording %d is from %q to %q; recordings follow each other and end at %d", path, k, row[4], row[5], stimuli)
		}
		end = r.To
		all = append(all, r)
	}
	return all, nil
}

// fitHead are the columns of what is known of every group, and fitRow is the row of one.
var fitHead = []string{"group", "subject", "condition", "trial", "recordings", "stimuli", "explained_variance", "explained_deviation", "explained_energy", "squared_rates", "divided_by"}

func fitRow(f outcome.Fit) []string {
	return []string{f.Name, f.Subject, f.Condition, f.Trial, strconv.Itoa(len(f.Recordings)), strconv.Itoa(f.Count()), number(f.Variance), number(f.Deviation), number(f.Energy), number(f.Squares), number(f.Divided)}
}

// cyclesTable returns the average course of a recording in each condition: a row for each hidden
// neuron and point, with the mean and the standard deviation over the recordings of the condition,
// which is empty of one.
func cyclesTable(c *outcome.Cycles) Table {
	t := Table{{"condition", "recordings", "neuron", "point", "mean", "sd"}}
	for _, x := range c.Conditions {
		for k, mean := range x.Mean {
			sd := ""
			if x.SD != nil {
				sd = number(x.SD[k])
			}
			t = append(t, []string{x.Condition, strconv.Itoa(x.Recordings), strconv.Itoa(k / c.Points), c.At[k%c.Points], number(mean), sd})
		}
	}
	return t
}

// fitsTable returns a row for each group: what it is, how much of it is explained, the sum of its
// squared rates, and for each hidden neuron the mean rate and the share of the predictions.
func fitsTable(o *outcome.Outcome) Table {
	head := slices.Clone(fitHead)
	for a := range o.Rates.Hidden {
		head = append(head, fmt.Sprintf("mean_rate_%d", a))
	}
	for a := range o.Rates.Hidden {
		head = append(head, fmt.Sprintf("share_%d", a))
	}
	t := Table{head}
	for _, f := range o.Fits {
		row := fitRow(f)
		for _, x := range slices.Concat(f.Mean, f.Share) {
			row = append(row, number(x))
		}
		t = append(t, row)
	}
	return t
}
