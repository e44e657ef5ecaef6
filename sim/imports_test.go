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

// rooms are the packages below sim by floor. A room imports rooms of lower floors alone;
// sim only wires, and what is above it asks sim.
var rooms = [][]string{
	{"archive", "config", "elements", "estimate", "stream", "record", "figure/formats", "constraint", "program"},
	{"matlab", "npy", "figure"},
	{"stimulus"},
	{"text", "generate", "dataset", "measure", "benchmark", "resample"},
	{"experiment"},
	{"outcome", "memory"},
	{"inputs", "recorded"},
	{"train", "draw"},
	{"checkpoint", "rundir"},
	{"recall", "proof", "citation"},
	{"page", "probe"},
	{""}, // sim itself
	{"campaign"},
	{"score", "sweep", "compare"},
}

// TestRoomsImportDownwards holds the packages below sim to their floors.
func TestRoomsImportDownwards(t *testing.T) {
	floor := map[string]int{"partsnet/sim/simtest": len(rooms)} // for tests alone
	for k, names := range rooms {
		for _, name := range names {
			floor[strings.TrimSuffix("partsnet/sim/"+name, "/")] = k
		}
	}
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "partsnet/sim/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		room, imports := strings.Fields(line)[0], strings.Fields(line)[1:]
		own, ok := floor[room]
		if !ok {
			t.Errorf("%s has no floor: add it to rooms, above what it imports", room)
		}
		for _, dep := range imports {
			if below, ok := floor[dep]; ok && below >= own {
				t.Errorf("%s, on floor %d, imports %s on floor %d", room, own, dep, below)
			}
		}
	}
	for room := range floor {
		if !strings.Contains(string(out), room+" ") {
			t.Errorf("there is no room %s", room)
		}
	}
}
