package sim_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImportsRunOneWay keeps the house in its plan: neuron, synapse ← learning
// ← network ← sim ← cmd, and nothing below sim knows TOML, plots or terminals.
func TestImportsRunOneWay(t *testing.T) {
	allowed := map[string]string{
		"partsnet/neuron":          "golang.org/x/sys/cpu partsnet/internal/elementary partsnet/internal/kernel",
		"partsnet/synapse":         "golang.org/x/sys/cpu partsnet/internal/elementary partsnet/internal/kernel partsnet/neuron",
		"partsnet/internal/pool":   "",
		"partsnet/internal/kernel": "golang.org/x/sys/cpu partsnet/internal/elementary",
		"partsnet/learning":        "golang.org/x/sys/cpu partsnet/internal/elementary partsnet/neuron partsnet/synapse partsnet/internal/kernel",
		"partsnet/network":         "golang.org/x/sys/cpu partsnet/internal/elementary partsnet/neuron partsnet/synapse partsnet/learning partsnet/internal/kernel partsnet/internal/pool",
	}
	for pkg, may := range allowed {
		out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", pkg).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", pkg, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if pkg == "partsnet/network" && strings.HasPrefix(dep, "gonum.org/v1/gonum/") {
				continue // matrices at the edge of its interface
			}
			if dep != pkg && !strings.Contains(" "+may+" ", " "+dep+" ") {
				t.Errorf("%s imports %s", pkg, dep)
			}
		}
	}
}
