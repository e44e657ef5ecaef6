package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"partsnet/internal/shell"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// Campaign reports whether a directory is not that of one network: that of a score, of a sweep or of groups
// that learned alone.
func Campaign(dir string) bool {
	c, err := openCampaign(dir)
	return err == nil && c.kind != ""
}

// The kinds of campaigns.
const (
	aScore = "score"
	aSweep = "sweep"
	groups = "groups that learned alone"
)

// campaign is the directory of many runs.
type campaign struct {
	dir, kind string
	text      []byte // of the manifest
	manifest  struct {
		Name      string            `json:"name"`
		Files     map[string]string `json:"files"`
		Groups    map[string]string `json:"groups"`
		Seed      *int64            `json:"seed"`
		FirstSeed *int64            `json:"first_seed"`
		Seeds     int               `json:"seeds"`
		Runs      int               `json:"runs"`
		Cells     int               `json:"cells"`
		Failed    int               `json:"failed"`
		Seconds   float64           `json:"seconds"`
		Version   string            `json:"version"`
		Platform  struct{ Version, Go, OS, Arch, Kernel string }
	}
}

// openCampaign reads the manifest of a directory.
func openCampaign(dir string) (c *campaign, err error) {
	c = &campaign{dir: dir}
	if c.text, err = os.ReadFile(filepath.Join(dir, rundir.ManifestFile)); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(c.text, &c.manifest); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", filepath.Join(dir, rundir.ManifestFile), err)
	}
	m := &c.manifest
	switch {
	case m.Groups != nil:
		c.kind = groups
	case m.FirstSeed != nil && m.Files["score.toml"] != "":
		c.kind = aScore
	case m.FirstSeed != nil && m.Files["sweep.toml"] != "":
		c.kind = aSweep
	}
	return c, nil
}

// read reads a file of the campaign whose checksum is unchanged.
func (c *campaign) read(name string) ([]byte, error) {
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	sum, err := record.FileSum(path)
	if err != nil {
		return nil, err
	}
	if want := c.manifest.Files[name]; sum != want {
		return nil, fmt.Errorf("%s was changed since it was written: its checksum is %.16s… and was %.16s…", path, sum, want)
	}
	return os.ReadFile(path)
}

// campaignView is the page of many runs.
type campaignView struct {
	view
	Manual string // the file that defines it
	Text   string // of that file
	Groups []command
}

// mostRows is the largest number of rows of a table in a page.
const mostRows = 400

// WriteCampaign writes the page of the directory of a score, of a sweep or of groups that learned alone: its
// tables and figures.
func WriteCampaign(dir string, to io.Writer) error {
	c, err := openCampaign(dir)
	if err != nil {
		return err
	}
	if c.kind == "" {
		return errors.New(dir + " is not the directory of a score, of a sweep or of groups")
	}
	v, err := c.view()
	if err != nil {
		return err
	}
	return v.fill(to, "campaign.tmpl", []string{"number.js", "table.js"}, v)
}

// view returns the page of a campaign.
func (c *campaign) view() (*campaignView, error) {
	m := &c.manifest
	v := &campaignView{Manual: map[string]string{aScore: "score.toml", aSweep: "sweep.toml", groups: rundir.ConfigFile}[c.kind]}
	v.Title, v.Of, v.Kind = m.Name, c.kind, c.kind
	v.Notes = []string{"Numbers of tables are in the page to six digits; the files of the directory have them in full."}
	add := func(label, value string) { v.Cards = append(v.Cards, card{value, label}) }
	for _, n := range []struct {
		label string
		count int
	}{{"runs", m.Runs}, {"cells", m.Cells}, {"seeds", m.Seeds}, {"groups", len(m.Groups)}} {
		if n.count > 0 {
			add(n.label, counted(n.count))
		}
	}
	if c.kind != groups {
		add("failed", counted(m.Failed))
		add("seconds", digits(m.Seconds))
		add("first seed", fmt.Sprint(*m.FirstSeed))
	}
	own := filepath.ToSlash(filepath.Clean(c.dir))
	switch c.kind {
	case aScore:
		text, err := c.read("score.md")
		if err != nil {
			return nil, err
		}
		v.score(string(text))
	case aSweep:
		text, err := c.read("sweep.toml")
		if err != nil {
			return nil, err
		}
		v.Commands = []command{{shell.Quoted(append([]string{"partsnet", "sweep", own + "/sweep.toml"}, flagsIn(string(text))...)...), "repeats the sweep"}}
		if err := v.csv(c, "summary.csv", "Means over the seeds, with 95 % confidence intervals"); err != nil {
			return nil, err
		}
		if err := v.csv(c, "runs.csv", "Runs"); err != nil {
			return nil, err
		}
	case groups:
		v.Commands = []command{{shell.Quoted("partsnet", "run", own+"/"+rundir.ConfigFile), "repeats the run of all groups"}, {shell.Quoted("partsnet", "verify", own), "repeats it and compares every number"}}
		for _, name := range slices.Sorted(maps.Keys(m.Groups)) {
			v.Groups = append(v.Groups, command{shell.Quoted("partsnet", "report", filepath.ToSlash(rundir.MemberDir(own, m.Groups[name]))), "writes the page of the group " + name})
		}
		for _, t := range []struct{ file, title string }{
			{rundir.GroupsFile, "Groups"}, {rundir.SimilarityFile, "How alike the parts of two groups are"}, {rundir.MissingFile, "Parts of the reference that are missing in other groups"},
			{rundir.StoredFile, "Parts that someone has stored"}, {rundir.MatchedFile, "Matched parts"},
		} {
			if err := v.csv(c, t.file, t.title); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		v.Files = append(v.Files, row{Name: name, Value: m.Files[name]})
		short, ok := strings.CutSuffix(strings.TrimPrefix(name, "figures/"), ".png")
		if !ok || !strings.HasPrefix(name, "figures/") {
			continue
		}
		content, err := c.read(name)
		if err != nil {
			return nil, err
		}
		v.Figures = append(v.Figures, figureView{Name: short, Source: pngURL(content)})
	}
	text, err := c.read(v.Manual)
	if err != nil {
		return nil, err
	}
	v.Text, v.Manifest = string(text), string(c.text)
	version := m.Version
	if version == "" {
		version = m.Platform.Version
	}
	v.Checks = []row{{Name: "program", Value: fmt.Sprintf("version %s, %s, %s/%s, kernel %s", version, m.Platform.Go, m.Platform.OS, m.Platform.Arch, m.Platform.Kernel)}}
	return v, nil
}

// flagsIn returns the flags that a sweep was given, which its file has as comments: # --FLAG "VALUE".
func flagsIn(text string) (args []string) {
	for line := range strings.Lines(text) {
		flag, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "# "), " ")
		if value, err := strconv.Unquote(value); ok && err == nil && strings.HasPrefix(flag, "--") {
			args = append(args, flag, value)
		}
	}
	return args
}

// csv adds a table of the campaign, if it has it, as far as there is room.
func (v *campaignView) csv(c *campaign, name, title string) error {
	if c.manifest.Files[name] == "" {
		return nil
	}
	if _, err := c.read(name); err != nil {
		return err
	}
	rows, err := tableOf(filepath.Join(c.dir, name))
	if errors.Is(err, errNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	t := tableView{Title: title, Head: rows[0], Rows: rows[1:]}
	for _, row := range t.Rows {
		for k, cell := range row {
			if x, err := strconv.ParseFloat(cell, 64); err == nil && len(cell) > 8 {
				row[k] = digits(x)
			}
		}
	}
	if len(t.Rows) > mostRows {
		v.Notes = append(v.Notes, fmt.Sprintf("Of %s the first %d of %d rows are in the page.", name, mostRows, len(t.Rows)))
		t.Rows = t.Rows[:mostRows]
	}
	v.Tables = append(v.Tables, t)
	return nil
}

// score takes the tables of score.md, its text and the command in it.
func (v *campaignView) score(text string) {
	title, inCode := "", false
	for _, line := range strings.Split(text, "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		switch {
		case strings.HasPrefix(line, "```"):
			inCode = !inCode
		case inCode:
			v.Commands = append(v.Commands, command{line, "repeats the score"})
		case strings.HasPrefix(line, "# "), line == "", strings.HasPrefix(line, "|---"):
		case strings.HasPrefix(line, "## "):
			title = line[3:]
			v.Tables = append(v.Tables, tableView{Title: title})
		case strings.HasPrefix(line, "|") && len(v.Tables) > 0:
			if t := &v.Tables[len(v.Tables)-1]; t.Head == nil {
				t.Head = cells
			} else {
				t.Rows = append(t.Rows, cells)
			}
		default:
			v.Methods = append(v.Methods, line)
		}
	}
}

// fill fills a template with a page whose script is of these modules.
func (v *view) fill(to io.Writer, name string, modules []string, page any) error {
	code := bundle(modules)
	v.Style, v.Script, v.Policy = template.CSS(asset("page.css")), template.JS(code), policy(code)
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name, page); err != nil {
		return err
	}
	_, err := io.WriteString(to, b.String())
	return err
}
