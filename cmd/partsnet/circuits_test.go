package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/synapse"
)

// TestCircuitsTable holds the two tables of docs/circuits.md to what circuits and rules say
// of themselves.
func TestCircuitsTable(t *testing.T) {
	text, err := os.ReadFile("../../docs/circuits.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{circuitsTable(), rulesTable()} {
		if !strings.Contains(string(text), want) {
			t.Errorf("docs/circuits.md must hold:\n%s", want)
		}
	}
}

func circuitsTable() string {
	var b strings.Builder
	b.WriteString("| circuit | lowers | a presentation | begins | needs synapses of | parameters |\n|---|---|---|---|---|---|\n")
	for _, c := range network.Circuits[float64]() {
		n := c.Nature()
		begins, needs := "with equal rates", "any size"
		if n.FromRest {
			begins = "at rest"
		}
		if n.Normalisation != synapse.Free {
			needs = n.Normalisation.String()
		}
		symbol := n.Objective.Symbol()
		if cost, ok := c.(network.Costly); ok {
			name := "cost"
			if cost.FiringCost() > 0 {
				name = "threshold"
			}
			symbol += " + " + name + " Σ h"
		}
		fmt.Fprintf(&b, "| %s | %s | %d %ss | %s | %s | %s |\n", c.Name(), symbol, n.Steps, n.Unit, begins, needs, parameters(c))
	}
	return strings.ReplaceAll(b.String(), " mss ", " steps of `dt` ")
}

func rulesTable() string {
	var b strings.Builder
	b.WriteString("| rule | lowers | every step must | local | presented | keeps | circuit | parameters |\n|---|---|---|---|---|---|---|---|\n")
	yes := map[bool]string{true: "yes", false: "no"}
	for _, r := range learning.Rules[float64]() {
		n := r.Nature()
		presented, circuit := "all at once, or batches with forgetting", "any that lowers "+n.Objective.Symbol()
		if n.Online {
			presented = "one by one"
		} else if _, ok := r.(learning.Remembering[float64]); !ok {
			presented = "all at once"
		}
		if n.Circuit != "" {
			circuit = n.Circuit
		}
		keeps := "nothing"
		if n.Normalisation != synapse.Free {
			keeps = n.Normalisation.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", r.Name(), n.Objective.Symbol(), yes[n.Monotone], yes[n.Local], presented, keeps, circuit, parameters(r))
	}
	return b.String()
}

// parameters lists names and defaults.
func parameters(of any) string {
	var all []string
	for _, p := range learning.Parameters(of) {
		all = append(all, fmt.Sprintf("%s = %v", p.Name, *p.Value))
	}
	if all == nil {
		return "none"
	}
	return strings.Join(all, ", ")
}

// TestEveryCircuitAndRuleShips finds an experiment for every circuit and every rule, runs
// each for an epoch on a few stimuli, and looks for what a run leaves.
func TestEveryCircuitAndRuleShips(t *testing.T) {
	t.Parallel()
	wanted := map[string]string{}
	for _, c := range network.Circuits[float64]() {
		wanted["circuits/"+c.Name()] = `circuit = "` + c.Name() + `"`
	}
	for _, r := range learning.Rules[float64]() {
		wanted["rules/"+r.Name()] = `rule = "` + r.Name() + `"`
	}
	dir := t.TempDir()
	for name, line := range wanted {
		code, text, stderr := partsnet("show", name)
		if code != done || !strings.Contains(text, line) {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
			continue
		}
		out := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
		code, text, stderr = partsnet("run", name, "--set", "learning.epochs=1", "--set", "stimulus.count=40", "--set", "figures=[]", "--out", out, "--verbose")
		if code != done || !strings.Contains(text, "sign check passed") {
			t.Errorf("%s: exit %d: %s%s", name, code, text, stderr)
		}
		if _, err := os.Stat(filepath.Join(out, "arrays", "W.npy")); err != nil {
			t.Error(err)
		}
	}
}
