package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/figure/formats"
)

// completions returns what the shell is told for the last of the arguments, without
// descriptions.
func completions(t *testing.T, args ...string) (found []string) {
	t.Helper()
	code, stdout, stderr := partsnet(append([]string{"__complete"}, args...)...)
	if code != done {
		t.Fatalf("%q: exit %d: %s", args, code, stderr)
	}
	for line := range strings.Lines(stdout) {
		if !strings.HasPrefix(line, ":") {
			name, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			found = append(found, name)
		}
	}
	return found
}

func TestCompletion(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"runs/one/manifest.json", "runs/one/config.toml", "runs/half.partial/lock", "mine.toml", "v.csv", "more/other.toml", ".hidden/x.toml"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var circuits, rules []string
	for _, c := range network.Circuits[float64]() {
		circuits = append(circuits, "recognition.circuit="+c.Name())
	}
	for _, r := range learning.Rules[float64]() {
		rules = append(rules, "learning.rule="+r.Name())
	}
	var drawn, keys []string
	for _, f := range formats.Names {
		drawn = append(drawn, "figures="+f)
	}
	for _, k := range experiment.Keys() {
		if strings.HasPrefix(k.Name, "stimulus.") {
			keys = append(keys, k.Name+"=")
		}
	}
	var setKeys []string
	for _, k := range experiment.Keys() {
		setKeys = append(setKeys, "set."+k.Name+"=")
	}
	for _, tt := range []struct {
		line string // after partsnet; the last word is completed
		want []string
	}{
		{"re", []string{"recognise", "report"}},
		{"ve", []string{"verify", "version"}},
		{"data ", []string{"get", "list"}},
		{"data get uci-", []string{"uci-enron", "uci-kos", "uci-nips", "uci-nytimes", "uci-pubmed"}},
		{"help da", []string{"data"}},
		{"help data ", []string{"get", "list"}},
		{"completion ", []string{"bash", "zsh", "fish", "powershell"}},
		{"run faces-", []string{"faces-cbcl", "faces-gaussian"}},
		{"run paper/", []string{"paper/figure-1", "paper/figure-2", "paper/figure-3", "paper/figure-4"}},
		{"run m", []string{"mine.toml", "more/"}},
		{"run more/", []string{"more/other.toml"}},
		{"check ./mi", []string{"./mine.toml"}},
		{"run faces ", nil},
		{"score score/z", []string{"score/zeros"}},
		{"show score/z", []string{"score/zeros"}},
		{"run bars --re", []string{"--resume", "--report"}},
		{"run bars --set stimulus.", keys},
		{"run bars --set recognition.circuit=", circuits},
		{"run bars --set learning.rule=", rules},
		{"run bars --set figures=", drawn},
		{"run bars --set stimulus.generator=b", []string{"stimulus.generator=bars"}},
		{"run bars --set stimulus.map=", []string{"stimulus.map=false", "stimulus.map=true"}},
		{"run bars --set precision=float3", []string{"precision=float32"}},
		{"run bars --set stimulus.path=v", []string{"stimulus.path=v.csv"}},
		{"run bars --set nothing", nil},
		{"score --set set.learning.rule=ga", []string{"set.learning.rule=gaussian"}},
		{"score --set only.tasks=swimmer", []string{"only.tasks=swimmer", "only.tasks=swimmer-online"}},
		{"score score/zeros --set only.rules=", []string{"only.rules=poisson"}},
		{"score --set over.learning.ep", []string{"over.learning.epochs="}},
		{"score --set se", append([]string{"seeds="}, setKeys...)},
		{"verify ", []string{"more/", "runs/", "runs/one"}},
		{"verify runs/", []string{"runs/one"}},
		{"cite runs/o", []string{"runs/one"}},
		{"words runs/o", []string{"runs/one"}},
		{"recognise runs/o", []string{"runs/one"}},
		{"report runs/o", []string{"runs/one"}},
		{"recognize runs/o", []string{"runs/one"}},
		{"bench --problems ", []string{"A", "B", "C"}},
	} {
		if got := completions(t, strings.Split(tt.line, " ")...); !slices.Equal(got, tt.want) {
			t.Errorf("partsnet %s completes to %q, want %q", tt.line, got, tt.want)
		}
	}
}

// TestCompletionScripts writes the script of every shell.
func TestCompletionScripts(t *testing.T) {
	for shell, want := range map[string]string{"bash": "complete -o default", "zsh": "#compdef partsnet", "fish": "complete -c partsnet", "powershell": "Register-ArgumentCompleter"} {
		if code, stdout, stderr := partsnet("completion", shell); code != done || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit %d, %s; no %q in the script", shell, code, stderr, want)
		}
	}
}

// TestEveryKeyHasValues checks that keys whose values can be listed list them, and only
// values that are allowed.
func TestEveryKeyHasValues(t *testing.T) {
	listed := 0
	for _, k := range experiment.Keys() {
		if k.Doc == "" || k.Allowed == "" {
			t.Errorf("%s is not described", k.Name)
		}
		for _, v := range k.Values {
			listed++
			x := []string{k.Name + "=" + v}
			if strings.HasPrefix(k.Allowed, "a list") {
				x[0] = k.Name + `=["` + v + `"]`
			}
			_, err := experiment.Read("faces", nil, x)
			if err != nil && strings.Contains(err.Error(), "allowed is "+k.Allowed) {
				t.Errorf("%s = %s is offered and refused: %v", k.Name, v, err)
			}
		}
	}
	if listed < 60 {
		t.Errorf("%d values are listed", listed)
	}
}
