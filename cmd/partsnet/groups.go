package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"partsnet/sim"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
)

// groupsTold is the number of groups that a summary lists.
const groupsTold = 40

// groups prints what came out of a run of groups that learned alone.
func (s *screen) groups(w io.Writer, r *sim.GroupsReport) error {
	switch {
	case s.json:
		return printJSON(w, ranGroupsOf(r))
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	printRead(w, r.Stimuli.Read)
	printRecordings(w, r.Stimuli.Recordings)
	text := fmt.Sprintf("%s by %s, each alone", counted(len(r.Members), "group", "groups"), strings.Join(r.Experiment.Groups.By, " and "))
	if r.Finished > 0 {
		text += fmt.Sprintf("; %d of them had been learned before", r.Finished)
	}
	labelled(w, "learned", "%s", text)
	if err := printMembers(w, r.Groups); err != nil {
		return err
	}
	if len(r.Matching.Pairs) > 0 {
		labelled(w, "alike", "%s", alike(r.Groups))
		printMatched(w, r.Groups)
	}
	if r.Stored != nil {
		labelled(w, "stored", "%s", stored(r.Groups))
	}
	results := r.Dir
	if found, _ := filepath.Glob(filepath.Join(r.Dir, "figures", "groups.*")); len(found) > 0 {
		results += "; open " + found[0] + " first"
	}
	labelled(w, "results", "%s; each group in %s", results, filepath.Join(r.Dir, "groups"))
	return nil
}

// printMembers prints a row for each group.
func printMembers(w io.Writer, g *outcome.Groups) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	blank := strings.Repeat(" ", labelWidth)
	head := []string{blank + "group", "stimuli", "live", "epochs", g.Members[0].Symbol, "R²", "VAF"}
	compared := len(g.Members) > 1
	if compared {
		head = append(head, "similarity")
	}
	if g.Stored != nil {
		head = append(head, "stored parts")
	}
	fmt.Fprintln(t, strings.Join(head, "\t"))
	for k, m := range g.Members[:min(groupsTold, len(g.Members))] {
		row := []string{blank + m.Name, fmt.Sprint(m.Stimuli), fmt.Sprintf("%d of %d", m.Live, m.Hidden), fmt.Sprint(m.Epochs), outcome.Printed(m.Objective)}
		for _, x := range []float64{m.Variance, m.Energy} {
			text := "-"
			if x == x {
				text = fmt.Sprintf("%.3f", x)
			}
			row = append(row, text)
		}
		if compared {
			row = append(row, fmt.Sprintf("%.3f", g.Matching.Alike[k]))
		}
		for _, s := range g.Stored {
			if s.Group == k {
				row = append(row, storedIn(s))
				break // of further tables of a group stored.csv has the cosines
			}
		}
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	if more := len(g.Members) - groupsTold; more > 0 {
		fmt.Fprintf(t, "%sand %d more, in groups.csv\n", blank, more)
	}
	return t.Flush()
}

// alike says how alike the parts of groups are, beside chance, and which is the reference.
func alike(g *outcome.Groups) string {
	low, high, chance, above := math.Inf(1), math.Inf(-1), 0.0, 0
	for _, p := range g.Matching.Pairs {
		low, high, chance = min(low, p.Mean), max(high, p.Mean), max(chance, p.High)
		if p.Mean > p.High {
			above++
		}
	}
	text := fmt.Sprintf("mean cosine of matched parts %.3f, by chance up to %.3f", low, chance)
	if n := len(g.Matching.Pairs); n > 1 {
		text = fmt.Sprintf("mean cosine of matched parts %.3f to %.3f over %d pairs of groups, %d of them above chance, which goes up to %.3f", low, high, n, above, chance)
	}
	return text + "; parts are numbered as those of " + g.Reference().Name
}

// printMatched says which parts of the reference groups have. Of conditions it names the parts that are
// missing; of others, such as people, who differ, in how many of them each part is above chance.
func printMatched(w io.Writer, g *outcome.Groups) {
	if slices.Contains(g.Experiment.Groups.By, stimulus.ByCondition) {
		labelled(w, "missing", "%s", missing(g))
		return
	}
	m, reference, n := g.Matching, g.Reference(), g.Stimuli.Size
	var texts []string
	for k := range min(groupsTold, reference.Hidden) {
		in := 0
		for other := range g.Members {
			if other != m.Reference && !m.Missing(other, k) {
				in++
			}
		}
		texts = append(texts, fmt.Sprintf("part %d%s in %d", k, mainly(g.Stimuli, reference.Synapses[k*n:(k+1)*n]), in))
	}
	labelled(w, "matched", "of the %s, above chance: %s", counted(len(g.Members)-1, "other group", "other groups"), strings.Join(texts, ", "))
}

// missing names the parts of the reference that other groups do not have.
func missing(g *outcome.Groups) string {
	all, reference, n := g.Missing(), g.Reference(), g.Stimuli.Size
	if len(all) == 0 {
		return "no part of " + reference.Name + " is missing in another group"
	}
	var texts []string
	for _, x := range all[:min(missingTold, len(all))] {
		text := fmt.Sprintf("part %d of %s%s is missing in %s", x.Reference, reference.Name, mainly(g.Stimuli, reference.Synapses[x.Reference*n:(x.Reference+1)*n]), g.Members[x.Group].Name)
		if x.Part >= 0 {
			text += fmt.Sprintf(" (cosine %.3f, by chance up to %.3f)", x.Cosine, x.Chance)
		}
		texts = append(texts, text)
	}
	if more := len(all) - missingTold; more > 0 {
		texts = append(texts, fmt.Sprintf("%d more in missing.csv", more))
	}
	return strings.Join(texts, "; ")
}

// storedIn says how alike the parts of one table are to those that are matched to them.
func storedIn(s outcome.Stored) string {
	text := fmt.Sprint(len(s.Names))
	if lowest, part := s.Lowest(); part >= 0 {
		text += fmt.Sprintf(", cosine from %.3f", lowest)
	}
	if n := s.Alone(); n > 0 {
		text += fmt.Sprintf(", %d without partner", n)
	}
	return text
}

// stored says how alike the stored parts of groups are to what they learned.
func stored(g *outcome.Groups) string {
	parts, above, alone, lowest, of := 0, 0, 0, math.Inf(1), ""
	for _, s := range g.Stored {
		parts, alone = parts+len(s.Names), alone+s.Alone()
		for _, x := range s.Recovery.Cosine {
			if x > storedAbove {
				above++
			}
		}
		if x, part := s.Lowest(); part >= 0 && x < lowest {
			lowest, of = x, s.Names[part]+" of "+g.Members[s.Group].Name
		}
	}
	text := fmt.Sprintf("%d of %s matched with a cosine above %.2f", above, counted(parts, "stored part", "stored parts"), storedAbove)
	if of != "" {
		text += fmt.Sprintf("; the lowest is %.3f, of %s", lowest, of)
	}
	if alone > 0 {
		text += fmt.Sprintf("; %s no partner, because fewer parts were learned", counted(alone, "has", "have"))
	}
	return text
}

// storedAbove is the cosine above which a stored part is said to be found again.
const storedAbove = 0.95

// missingTold is the number of missing parts that a summary names.
const missingTold = 6

// mainly names the visible neurons of a part in brackets, where they have names.
func mainly(s outcome.Stimuli, part []float64) string {
	if names := s.Main(part); names != nil {
		return " (" + strings.Join(names, ", ") + ")"
	}
	return ""
}

// silent names the hidden neurons of one network that are silent in a group.
func silent(r *sim.Report) string {
	n := r.Stimuli.Size
	var texts []string
	for _, x := range r.Silent() {
		texts = append(texts, fmt.Sprintf("the part of hidden neuron %d%s is missing in %s: its mean rate is %.2g %% of that in %s",
			x.Neuron, mainly(r.Stimuli, r.Synapses()[x.Neuron*n:(x.Neuron+1)*n]), r.Fits[x.Group].Name, 100*x.Share, r.Fits[x.Most].Name))
	}
	if len(texts) > missingTold {
		texts = append(texts[:missingTold], fmt.Sprintf("%d more in missing.csv", len(texts)-missingTold))
	}
	return strings.Join(texts, "; ")
}

// ranGroups is what run says of groups that learned alone, as JSON.
type ranGroups struct {
	Dir       string       `json:"dir" doc:"run directory; that of each group is in its folder groups"`
	Figures   []string     `json:"figures" doc:"paths of the figures of all groups"`
	Read      []string     `json:"read" doc:"what was found, converted and left out while stimuli were read, a phrase each"`
	Groups    []ranGroup   `json:"groups" doc:"name, folder, stimuli, hidden, live, epochs, objective, r2, vaf, measures, and similarity (mean cosine of matched parts over the other groups) of each group"`
	Reference string       `json:"reference" doc:"group by whose parts those of all are numbered"`
	Pairs     []ranPair    `json:"pairs" doc:"two groups, the mean cosine of their matched parts, its mean and 95 % range by chance, and p"`
	Missing   []ranMissing `json:"missing" doc:"parts of the reference that are missing in a group"`
	Stored    []ranStored  `json:"stored" doc:"tables of stored parts of a group: their names, the parts that are matched to them (-1: none) and the cosines"`
	Finished  int          `json:"finished" doc:"groups that had been learned before an interrupted run was continued"`
	Seconds   float64      `json:"seconds" doc:"time of this session; of a run that was continued at least that of all sessions: this one, and the longest time that a group took in those before it"`
}

type ranGroup struct {
	Name       string             `json:"name"`
	Folder     string             `json:"folder"`
	Stimuli    int                `json:"stimuli"`
	Hidden     int                `json:"hidden"`
	Live       int                `json:"live"`
	Epochs     int                `json:"epochs"`
	Objective  *float64           `json:"objective"`
	R2         *float64           `json:"r2"`
	VAF        *float64           `json:"vaf"`
	Measures   map[string]float64 `json:"measures"`
	Similarity *float64           `json:"similarity"`
}

type ranPair struct {
	Group    string  `json:"group"`
	Other    string  `json:"other"`
	Mean     float64 `json:"mean_cosine"`
	Shuffled float64 `json:"shuffled"`
	Low      float64 `json:"shuffled_low"`
	High     float64 `json:"shuffled_high"`
	P        float64 `json:"p"`
}

type ranMissing struct {
	Group string `json:"group"`
	Part  int    `json:"part"`
}

type ranStored struct {
	Group   string    `json:"group"`
	Table   string    `json:"table"`
	Names   []string  `json:"names"`
	Parts   []int     `json:"parts"`
	Cosines []float64 `json:"cosines"`
}

func ranGroupsOf(r *sim.GroupsReport) ranGroups {
	out := ranGroups{Dir: r.Dir, Figures: []string{}, Read: append([]string{}, r.Stimuli.Read...), Reference: r.Reference().Name, Pairs: []ranPair{}, Missing: []ranMissing{}, Stored: []ranStored{}, Finished: r.Finished, Seconds: r.Elapsed.Seconds()}
	if found, err := filepath.Glob(filepath.Join(r.Dir, "figures", "*")); err == nil && r.Figures {
		out.Figures = append(out.Figures, found...)
	}
	for k, m := range r.Members {
		out.Groups = append(out.Groups, ranGroup{m.Name, "groups/" + m.Folder, m.Stimuli, m.Hidden, m.Live, m.Epochs, finite(m.Objective), finite(m.Variance), finite(m.Energy), m.Measures, finite(r.Matching.Alike[k])})
	}
	for _, p := range r.Matching.Pairs {
		out.Pairs = append(out.Pairs, ranPair{r.Members[p.One].Name, r.Members[p.Other].Name, p.Mean, p.Shuffled, p.Low, p.High, p.P})
	}
	for _, x := range r.Missing() {
		out.Missing = append(out.Missing, ranMissing{r.Members[x.Group].Name, x.Reference})
	}
	for _, s := range r.Stored {
		out.Stored = append(out.Stored, ranStored{r.Members[s.Group].Name, s.Name, s.Names, s.Recovery.Neuron, s.Recovery.Cosine})
	}
	return out
}
