package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/internal/shell"
	"partsnet/sim/draw"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/rundir"
)

// view is a page without its script.
type view struct {
	Title, Of string
	Cards     []card
	Methods   []string // paragraphs
	Sources   []string
	Why       string
	Commands  []command
	Settings  []setting
	Read      []string
	Kind      string
	Parts     []partView
	Unmatched []string
	Scale     string // how parts are shaded
	Curves    []*curve
	Measures  []row
	Checks    []row
	Tables    []tableView
	Figures   []figureView
	Files     []row
	Manifest  string
	Notes     []string

	Data   template.JS
	Style  template.CSS
	Script template.JS
	Policy string
}

// card is a number that says most.
type card struct{ Value, Label string }

// command is a command line and what it does.
type command struct{ Line, Does string }

// setting is a key whose value is not the default.
type setting struct{ Key, Value, Default string }

// row is a row of a table: what it is, its value, and what that means.
type row struct{ Name, Value, Doc string }

// tableView is a table with a title.
type tableView struct {
	Title string
	Head  []string
	Rows  [][]string
}

// figureView is a figure of the run.
type figureView struct {
	Name, Doc string
	Source    template.URL
}

// view returns the page of a run.
func (r *run) view() (*view, error) {
	m, x := r.Manifest, r.Saved.Experiment
	v := &view{Title: m.Name, Of: fmt.Sprintf("seed %d", m.Seed), Why: m.Why, Read: m.Stimuli.Read, Notes: r.notes, Unmatched: r.unmatched()}
	text, sources, _ := strings.Cut(strings.TrimSpace(r.cited), "\n\nReferences\n\n")
	v.Methods, v.Sources = []string{text}, strings.Split(sources, "\n")
	dir := filepath.ToSlash(filepath.Clean(r.Dir))
	config := path.Join(dir, rundir.ConfigFile)
	v.Commands = []command{
		{shell.Quoted("partsnet", "run", config), "repeats the run"},
		{shell.Quoted("partsnet", "verify", dir), "repeats it and compares every number"},
		{shell.Quoted("partsnet", "cite", dir), "prints the paragraph above"},
	}
	v.cards(r)
	defaults := experiment.Default()
	for _, d := range experiment.Diff(defaults, x) {
		if key, rest, ok := strings.Cut(d, " was "); ok {
			was, is, _ := strings.Cut(rest, " and is ")
			v.Settings = append(v.Settings, setting{key, is, was})
		}
	}
	v.Parts = r.parts()
	switch {
	case r.Stimuli.Texts:
		v.Kind = "documents"
	case r.Stimuli.Height > 0:
		v.Kind = "images"
		v.Scale = "Each part has its own scale, from white at zero to black at its strongest synapse; negative ones are red."
		if draw.Look(r.Outcome).Light {
			v.Scale = "Each part has its own scale, from black at zero to white at its strongest synapse; negative ones are red."
		}
	default:
		v.Kind = "vectors"
		v.Scale = "Each part has its own scale."
	}
	all := r.curves()
	for k := range all {
		v.Curves = append(v.Curves, &all[k])
	}
	for _, name := range x.Measures {
		if value, ok := m.Measures[name]; ok {
			v.Measures = append(v.Measures, row{Name: name, Value: digits(value), Doc: measureDoc(name)})
		}
	}
	v.checks(m)
	v.comparison(r)
	if err := v.figures(r); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		v.Files = append(v.Files, row{Name: name, Value: m.Files[name]})
	}
	indented, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	v.Manifest = string(indented)
	curves := slices.Clone(v.Curves)
	for _, p := range v.Parts {
		if p.Rates != nil {
			curves = append(curves, p.Rates)
		}
	}
	d, said := r.data(v.Parts, curves)
	v.Notes = append(v.Notes, said...)
	if v.Data, err = script(d); err != nil {
		return nil, err
	}
	return v, nil
}

// write fills the template.
func (v *view) write(to io.Writer) error { return v.fill(to, "report.tmpl", modules, v) }

// cards says what matters most of a run.
func (v *view) cards(r *run) {
	m := r.Manifest
	add := func(label, value string) { v.Cards = append(v.Cards, card{value, label}) }
	add("stimuli", counted(m.Stimuli.Count))
	add("hidden neurons; "+counted(m.Stimuli.Size)+" visible ones", counted(r.Saved.Experiment.Hidden))
	add("epochs", counted(m.Epochs))
	add("objective "+m.Objective.Symbol, digits(m.Objective.Last))
	if p := m.PartsRecovered; p != nil {
		add("true parts recovered", fmt.Sprintf("%d of %d", p.Recovered, p.Of))
	}
	for _, name := range []string{measure.ExplainedVariance, measure.ExplainedEnergy} {
		if value, ok := m.Measures[name]; ok {
			add(strings.ReplaceAll(name, "_", " "), percent(value))
			break
		}
	}
	add("live neurons", fmt.Sprintf("%d of %d", m.Census.Live, m.Census.Live+m.Census.Dead))
}

// checks says what was checked, and the census.
func (v *view) checks(m *rundir.Manifest) {
	add := func(name, value, doc string) { v.Checks = append(v.Checks, row{Name: name, Value: value, Doc: doc}) }
	add("rates checked", grouped(fmt.Sprint(m.RatesChecked)), "each is finite and not negative")
	add("weights checked", grouped(fmt.Sprint(m.WeightsChecked)), "each has the sign of its projection")
	add("weights refused", grouped(fmt.Sprint(m.WeightsRefused)), "with the wrong sign; 0 in a sound run")
	add("rises of the objective", counted(m.Objective.Rises), "records at which it was above the one before, beyond rounding")
	for _, o := range []struct {
		name string
		x    *float64
	}{{"optimality of rates", m.Objective.OptimalityRates}, {"optimality of synapses", m.Objective.OptimalitySynapses}} {
		if o.x != nil {
			add(o.name, digits(*o.x), "distance from the conditions of a minimum: 0 there, 1 far away")
		}
	}
	c := &m.Census
	add("live neurons", counted(c.Live), "that fire")
	add("dead neurons", counted(c.Dead), "whose share of all activity is below a thousandth of an equal share")
	add("duplicates", counted(c.Duplicate), "live neurons whose part repeats that of one before: cosine above 0.9")
	if c.Split != nil && c.Merged != nil {
		add("split parts", counted(*c.Split), "true parts that several neurons share")
		add("merged neurons", counted(*c.Merged), "that have learned the sum of several true parts")
	}
	add("synapses that are 0", counted(c.ZeroSynapses), "a multiplicative rule keeps them at 0")
	if m.Stimuli.Missing > 0 {
		add("missing values", counted(m.Stimuli.Missing), "that the data do not have")
	}
	if m.Stimuli.Hidden > 0 {
		add("hidden values", counted(m.Stimuli.Hidden), "that a mask hid from the network")
	}
	v.Checks = append(v.Checks,
		row{"checksum of the stimuli", m.Stimuli.SHA256, "SHA-256 of their values as shown"},
		row{"program", m.Build(), "that made the run, and on what"})
}

// comparison adds the measures under other constraints.
func (v *view) comparison(r *run) {
	m := r.Manifest
	if m.Compared == nil {
		return
	}
	t := tableView{Title: "Measures under each constraint", Head: []string{"measure"}}
	names := r.Saved.Experiment.Constraints
	t.Head = append(t.Head, names...)
	for _, name := range r.Saved.Experiment.Measures {
		cells := []string{name}
		for _, c := range names {
			cell := ""
			if x, ok := m.Compared[c].Measures[name]; ok {
				cell = digits(x)
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	v.Tables = append(v.Tables, t)
}

// mostFigures is how many bytes of figures a page takes.
const mostFigures = 1_300_000

// figures adds the figures of the run in PNG, but those of which the page has its own.
func (v *view) figures(r *run) error {
	doc := map[string]string{}
	for _, f := range draw.Table() {
		doc[f.Name] = cmp.Or(doc[f.Name], f.Doc)
	}
	total := 0
	for _, name := range slices.Sorted(maps.Keys(r.Manifest.Files)) {
		short, ok := strings.CutSuffix(strings.TrimPrefix(name, "figures/"), ".png")
		if !ok || !strings.HasPrefix(name, "figures/") || short == "objective" || short == "parts" {
			continue
		}
		file, err := r.File(name)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if total += len(content); total > mostFigures {
			v.Notes = append(v.Notes, fmt.Sprintf("The figure %s is not in the page, which would become too large; %s has it.", short, name))
			total -= len(content)
			continue
		}
		v.Figures = append(v.Figures, figureView{short, doc[short], pngURL(content)})
	}
	return nil
}

// measureDoc says what a measure is.
func measureDoc(name string) string {
	m, _ := measure.Named(name)
	return m.Doc
}
