package rundir

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/draw"
	"partsnet/sim/outcome"
	"partsnet/sim/program"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
)

// Files of a run of groups.
const (
	MatchedFile    = "matched.csv"    // the parts of all groups, by the part of the reference
	SimilarityFile = "similarity.csv" // how alike the parts of two groups are
	MissingFile    = "missing.csv"    // parts of the reference that other groups do not have
	StoredFile     = "stored.csv"     // parts that someone has stored of the groups
)

// MemberDir returns the directory of the run of a group, in the folder of a run of groups.
func MemberDir(dir, folder string) string { return filepath.Join(dir, record.MembersFolder, folder) }

// Member returns what a group has learned whose run was saved.
func (s *Saved) Member(g stimulus.Group, folder string) (m outcome.Member, err error) {
	o, err := s.Outcome()
	if err == nil {
		err = s.ReadRates(o)
	}
	if err != nil {
		return m, err
	}
	m = o.Of(g, folder)
	m.Live, m.Measures = s.Manifest.Census.Live, s.Manifest.Measures
	return m, s.readFit(&m.Fit)
}

// readFit reads how the one group of a run is explained.
func (s *Saved) readFit(f *outcome.Fit) error {
	path, err := s.File(GroupsFile)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err == nil && len(rows) != 2 {
		err = fmt.Errorf("%d rows; a run of one group has one", len(rows)-1)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for name, x := range map[string]*float64{"explained_variance": &f.Variance, "explained_deviation": &f.Deviation, "explained_energy": &f.Energy, "squared_rates": &f.Squares, "divided_by": &f.Divided} {
		at := slices.Index(rows[0], name)
		if at < 0 {
			return fmt.Errorf("%s: there is no column %q", path, name)
		}
		if *x = math.NaN(); rows[1][at] != "" {
			if *x, err = strconv.ParseFloat(rows[1][at], 64); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	return nil
}

// SameBuild reports whether the program that wrote a manifest is this one, on the same platform and
// with the same kernel, so that it writes the same bits.
func (m *Manifest) SameBuild() bool {
	own := &Manifest{Version: program.Version()}
	own.setPlatform()
	return m.Build() == own.Build()
}

// firstMembers lists the directories of the first groups of a run.
func firstMembers(dir string, m *Manifest) string {
	const told = 3
	folders := slices.Sorted(maps.Values(m.Groups))
	var paths []string
	for _, f := range folders[:min(told, len(folders))] {
		paths = append(paths, MemberDir(dir, f))
	}
	if more := len(folders) - len(paths); more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(paths, ", "), more)
	}
	return strings.Join(paths, ", ")
}

// WriteGroups writes the directory of a run of groups besides the runs of the groups, which are in
// it: config, tables, figures and manifest.
func WriteGroups(out *record.Dir, g *outcome.Groups, timing outcome.Timing) error {
	x := g.Experiment
	w := &writer{out: out, precision: x.Precision}
	w.err = out.SaveConfig(x.TOML())
	w.table(GroupsFile, groupsTable(g))
	w.table(MatchedFile, matchedTable(g))
	if len(g.Matching.Pairs) > 0 {
		w.table(SimilarityFile, similarityTable(g))
		w.table(MissingFile, missingTable(g))
	}
	if g.Stored != nil {
		w.table(StoredFile, storedTable(g))
	}
	if w.err != nil {
		return w.err
	}
	if err := draw.AllOfGroups(g, out.Write); err != nil {
		return err
	}
	m := &Manifest{
		Format: Format, Version: program.Version(), Name: x.Name, Seed: x.Seed, Precision: x.Precision,
		Inputs: g.Stimuli.Files, Files: out.Sums(), Stopped: "each group by itself", Measures: map[string]float64{}, Groups: map[string]string{}, Timing: timing,
	}
	m.setPlatform()
	s := &m.Stimuli
	s.Source, s.Read, s.Count, s.Size, s.SHA256 = g.Stimuli.Source, g.Stimuli.Read, g.Stimuli.Count, g.Stimuli.Size, g.Stimuli.Checksum
	for _, member := range g.Members {
		m.Groups[member.Name] = member.Folder
		m.Epochs += member.Epochs
		m.Objective.Symbol = member.Symbol
		m.Objective.Last += member.Objective
		m.Objective.Rises += member.Rises
		m.Census.Live += member.Live
		m.Census.Dead += member.Hidden - member.Live
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	w.text(ManifestFile, string(text)+"\n")
	return w.err
}

// groupsTable returns a row for each group: what it is, how it learned, its measures, and how alike
// its parts are to those of the others.
func groupsTable(g *outcome.Groups) Table {
	names := slices.DeleteFunc(slices.Clone(g.Experiment.Measures), func(name string) bool { return slices.Contains(fitHead, name) })
	t := Table{slices.Concat(fitHead, []string{"folder", "hidden", "live", "epochs", g.Members[0].Symbol}, names, []string{"similarity", "reference"})}
	for k, m := range g.Members {
		row := append(fitRow(m.Fit), record.MembersFolder+"/"+m.Folder, strconv.Itoa(m.Hidden), strconv.Itoa(m.Live), strconv.Itoa(m.Epochs), fmt.Sprint(m.Objective))
		for _, name := range names {
			value := ""
			if x, ok := m.Measures[name]; ok {
				value = fmt.Sprint(x)
			}
			row = append(row, value)
		}
		reference := "0"
		if k == g.Matching.Reference {
			reference = "1"
		}
		t = append(t, append(row, number(g.Matching.Alike[k]), reference))
	}
	return t
}

// matchedTable returns a row for each part of each group, in the order of the parts of the
// reference; those that are matched to none come last, without a part of the reference.
func matchedTable(g *outcome.Groups) Table {
	m := g.Matching
	t := Table{{"group", "part", "reference_part", "cosine", "by_chance_up_to"}}
	for n, member := range g.Members {
		for k, part := range m.Part[n] {
			if part < 0 {
				t = append(t, []string{member.Name, "", strconv.Itoa(k), "", ""})
				continue
			}
			chance := ""
			if n != m.Reference {
				chance = fmt.Sprint(m.Chance[n][k])
			}
			t = append(t, []string{member.Name, strconv.Itoa(part), strconv.Itoa(k), fmt.Sprint(m.Cosine[n][k]), chance})
		}
		for _, part := range m.Left[n] {
			t = append(t, []string{member.Name, strconv.Itoa(part), "", "", ""})
		}
	}
	return t
}

// storedTable returns a row for each stored part of a group: its table and name, the part that the
// group has learned that is matched to it, and their cosine.
func storedTable(g *outcome.Groups) Table {
	t := Table{{"group", "table", "stored_part", "part", "cosine"}}
	for _, s := range g.Stored {
		for k, name := range s.Names {
			part, cosine := "", ""
			if b := s.Recovery.Neuron[k]; b >= 0 {
				part, cosine = strconv.Itoa(b), fmt.Sprint(s.Recovery.Cosine[k])
			}
			t = append(t, []string{g.Members[s.Group].Name, s.Name, name, part, cosine})
		}
	}
	return t
}

// similarityTable returns a row for each pair of groups: the mean cosine of their matched parts, what
// it is by chance (mean and 95 % range), and how probable it is by chance.
func similarityTable(g *outcome.Groups) Table {
	t := Table{{"group", "other", "mean_cosine", "shuffled", "shuffled_low", "shuffled_high", "p"}}
	for _, p := range g.Matching.Pairs {
		t = append(t, []string{g.Members[p.One].Name, g.Members[p.Other].Name, fmt.Sprint(p.Mean), fmt.Sprint(p.Shuffled), fmt.Sprint(p.Low), fmt.Sprint(p.High), fmt.Sprint(p.P)})
	}
	return t
}

// silentTable returns a row for each hidden neuron that is silent in a group: its mean rate there as a
// share of that in the group in which it is largest.
func silentTable(o *outcome.Outcome) Table {
	t := Table{{"group", "missing_part", "of", "share_of_mean_rate"}}
	for _, x := range o.Silent() {
		t = append(t, []string{o.Fits[x.Group].Name, strconv.Itoa(x.Neuron), o.Fits[x.Most].Name, fmt.Sprint(x.Share)})
	}
	return t
}

// missingTable returns a row for each part of the reference that is missing in a group.
func missingTable(g *outcome.Groups) Table {
	t := Table{{"group", "missing_part", "of", "most_alike", "cosine", "by_chance_up_to"}}
	for _, x := range g.Missing() {
		part, cosine, chance := "", "", ""
		if x.Part >= 0 {
			part, cosine, chance = strconv.Itoa(x.Part), fmt.Sprint(x.Cosine), fmt.Sprint(x.Chance)
		}
		t = append(t, []string{g.Members[x.Group].Name, strconv.Itoa(x.Reference), g.Reference().Name, part, cosine, chance})
	}
	return t
}
