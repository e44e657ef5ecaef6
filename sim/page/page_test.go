package page_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/page"
	"partsnet/sim/simtest"
)

func TestMain(m *testing.M) {
	simtest.Volatile()
	simtest.Alone()
	os.Exit(m.Run())
}

// ran runs an experiment with settings and returns its directory.
func ran(t testing.TB, name string, settings ...string) string {
	t.Helper()
	x, err := experiment.Read("test.toml", nil, append([]string{"name=" + name}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), name)
	if _, err := sim.Run(t.Context(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// written writes the page of a run.
func written(t testing.TB, dir string) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Write(t.Context(), dir, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// small is a run of bars that takes no time.
var small = []string{"stimulus.generator=bars", "stimulus.count=60", "network.hidden=16", "learning.epochs=15", "figures=[]"}

// script matches an element with a script, and outside what a page would fetch.
var (
	script  = regexp.MustCompile(`(?i)<script[^>]*>`)
	outside = regexp.MustCompile(`(?i)(src|href|action|url|srcset|poster)\s*[=(]\s*["']?(https?:|//|file:|\.)`)
	dataIn  = regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`)
)

// read returns the data of a page.
func read(t testing.TB, html string) (d map[string]any) {
	t.Helper()
	m := dataIn.FindStringSubmatch(html)
	if m == nil {
		t.Fatal("there are no data")
	}
	if err := json.Unmarshal([]byte(m[1]), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSaysWhatWasDone finds in the page what it must say, writes the same bytes again, and finds
// nothing that a browser would fetch.
func TestSaysWhatWasDone(t *testing.T) {
	dir := ran(t, "bars", small...)
	html := written(t, dir)
	for _, want := range []string{
		"<h1>bars <small>seed 1999</small></h1>", "A network of 64 visible and 16 hidden neurons", "Lee DD, Seung HS (1999)",
		"partsnet run " + filepath.ToSlash(dir) + "/config.toml", "Learning stopped because all epochs were run", "weights refused",
		"synapses that are 0", "SHA-256 of their values", "arrays/W.npy", "generalised Kullback–Leibler divergence", "prefers-color-scheme: dark", "@media print",
		"&#34;height&#34;: 8", `alt="synapses of hidden neuron 15"`, `data-curve="D"`, "<code>learning.epochs</code>",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if found := outside.FindString(html); found != "" {
		t.Errorf("the page fetches %q", found)
	}
	if n := len(script.FindAllString(html, -1)); n != 2 {
		t.Errorf("%d scripts, want the data and one", n)
	}
	if written(t, dir) != html {
		t.Error("the same run gives other bytes")
	}
	d := read(t, html)
	if d["kind"] != "images" || d["hidden"] != 16. || d["linear"] != true || d["circuit"].(map[string]any)["runs"] != true {
		t.Errorf("the data are of %v with %v hidden neurons", d["kind"], d["hidden"])
	}
}

// hostile are names that would run a script in a page that does not escape them.
var hostile = []string{
	`</script><script>document.title='taken'</script>`, `<img src=x onerror="document.title='taken'">`, `"onmouseover="document.title='taken'`,
	`<!--<script>`, `{{.Title}}`, `' style='position:fixed`, "javascript:alert(1)", "\u2028<svg/onload=alert(1)>",
}

// hostileRun learns from a table with these names.
func hostileRun(t testing.TB) string {
	t.Helper()
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	var b strings.Builder
	b.WriteString("name")
	for _, name := range hostile {
		b.WriteString("," + quote(name))
	}
	b.WriteString("\n")
	for i := range 24 {
		b.WriteString(quote(hostile[i%len(hostile)] + strings.Repeat("x", i)))
		for j := range hostile {
			b.WriteString("," + string(rune('1'+(i*j+i)%7)))
		}
		b.WriteString("\n")
	}
	file := tempfile.Write(t, "v.csv", b.String())
	return ran(t, "hostile", experiment.Setting("stimulus.path", file), "network.hidden=3", "learning.epochs=5", "figures=[]", "stimulus.names=1")
}

// TestHostileNames learns from a table whose names would run a script: the page has its own two
// elements alone, and none of the names as HTML.
func TestHostileNames(t *testing.T) {
	html := written(t, hostileRun(t))
	if n := len(script.FindAllString(html, -1)); n != 2 {
		t.Errorf("%d scripts, want the data and one", n)
	}
	if n := strings.Count(html, "</script"); n != 2 {
		t.Errorf("%d ends of scripts", n)
	}
	for _, bad := range []string{"<img src=x", `"onmouseover=`, "<!--<", "<svg/onload", "' style='position"} {
		if strings.Contains(dataIn.ReplaceAllString(html, ""), bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	d := read(t, html)
	names := d["neurons"].([]any)
	for k, want := range hostile {
		if got := names[k]; got != strings.TrimSpace(want) && !strings.Contains(want, "\u2028") {
			t.Errorf("neuron %d is called %q, want %q", k, got, want)
		}
	}
}

// TestStimuliThatAreGone writes the page of a run whose table was removed: it says so, and shows the
// parts.
func TestStimuliThatAreGone(t *testing.T) {
	file := tempfile.Write(t, "v.csv", "a,b,c\n1,2,0\n0,1,3\n2,2,2\n1,0,1\n")
	dir := ran(t, "gone", experiment.Setting("stimulus.path", file), "network.hidden=2", "learning.epochs=5", "figures=[]")
	if html := written(t, dir); strings.Contains(html, "are not in this page") || read(t, html)["shown"] == nil {
		t.Error("the stimuli are there, and not in the page")
	}
	if err := os.WriteFile(file, []byte("a,b,c\n1,2,0\n0,1,3\n2,2,2\n1,0,9\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if html := written(t, dir); !strings.Contains(html, "their checksum differs") {
		t.Error("the page shows other stimuli than those of the run")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	html := written(t, dir)
	if d := read(t, html); !strings.Contains(html, "The stimuli are not in this page") || d["shown"] != nil || d["linear"] != false {
		t.Error("the page does not say that the stimuli are gone")
	}
	if !strings.Contains(html, `<th scope="row">b</th>`) {
		t.Error("the parts are not in the page")
	}

	kept := tempfile.Write(t, "v.csv", "a,b,c\n1,2,0\n0,1,3\n2,2,2\n1,0,1\n")
	dir = ran(t, "kept", experiment.Setting("stimulus.path", kept), "network.hidden=2", "learning.epochs=5", "figures=[]", "stimulus.save=true")
	whole := read(t, written(t, dir))
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if saved := read(t, written(t, dir)); !reflect.DeepEqual(saved["shown"], whole["shown"]) || saved["linear"] != true || whole["shown"] == nil {
		t.Errorf("the stimuli that the run has kept are %v, want %v", saved["shown"], whole["shown"])
	}
}

// TestChangedFiles refuses a run whose parts were changed.
func TestChangedFiles(t *testing.T) {
	dir := ran(t, "changed", small...)
	w := filepath.Join(dir, "arrays", "W.npy")
	text, err := os.ReadFile(w)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-1] ^= 1
	if err := os.WriteFile(w, text, 0o666); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := page.Write(t.Context(), dir, &b); err == nil || !strings.Contains(err.Error(), "was changed since the run wrote it") || b.Len() > 0 {
		t.Errorf("%d bytes, %v", b.Len(), err)
	}
}
