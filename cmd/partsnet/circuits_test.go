package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/rundir"
	"partsnet/synapse"
)

// TestCircuitsTable holds the tables of docs/circuits.md to the descriptions of circuits and
// rules.
func TestCircuitsTable(t *testing.T) {
	holdsTables(t, "../../docs/circuits.md", circuitsTable(), rulesTable(), arraysTable())
}

func circuitsTable() string {
	var b strings.Builder
	b.WriteString("| circuit | lowers | a presentation | begins | needs synapses of | parameters |\n|---|---|---|---|---|---|\n")
	for _, c := range network.Circuits[float64]() {
		d := c.Describe()
		begins, needs := "with equal rates", "any size"
		if learning.Has[network.Resting](c) {
			begins = "at rest"
		}
		if r, ok := c.(network.Requiring); ok {
			needs = r.Requires().String()
		}
		symbol := c.Objective().Symbol()
		if cost, ok := c.(network.SparsityPenalty); ok {
			name := "cost"
			if cost.SparsityPenalty() > 0 {
				name = "threshold"
			}
			symbol += " + " + name + " Σ h"
		}
		fmt.Fprintf(&b, "| %s | %s | %d %ss | %s | %s | %s |\n", c.Name(), symbol, d.Steps, d.Unit.Name, begins, needs, parameters(c))
	}
	return strings.ReplaceAll(b.String(), " mss ", " steps of `dt` ")
}

func rulesTable() string {
	var b strings.Builder
	b.WriteString("| rule | lowers | monotone | local | presented | keeps | circuit | parameters |\n|---|---|---|---|---|---|---|---|\n")
	yes := map[bool]string{true: "yes", false: "no"}
	for _, r := range learning.Rules[float64]() {
		d, symbol := r.Describe(), r.Objective().Symbol()
		presented, circuit := "all at once, or batches with forgetting", "any that lowers "+symbol
		if learning.Has[learning.Online](r) {
			presented = "one by one"
		} else if !learning.Has[learning.Remembering[float64]](r) {
			presented = "all at once"
		}
		if reads, ok := r.(learning.Reader); ok {
			circuit = strings.Join(network.Offers(reads.Reads()), ", ")
		}
		keeps := "nothing"
		if kept := learning.Kept(r); kept != synapse.Free {
			keeps = kept.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", r.Name(), symbol, yes[d.Monotone], yes[d.Local], presented, keeps, circuit, parameters(r))
	}
	return b.String()
}

// arraysTable lists what a run keeps of its network: what every run writes, and what each
// circuit or rule declares.
func arraysTable() string {
	var b strings.Builder
	b.WriteString(`| file | contents | shape | written by |
|---|---|---|---|
| W.npy | synapses from the hidden to the visible layer, the parts | hidden × visible | every run |
| H.npy | hidden rates | stimuli × hidden | every run |
| W-up.npy | synapses from the visible to the hidden layer | hidden × visible | ` + "`network.separate`" + ` |
`)
	add := func(m learning.Mechanism) {
		for _, a := range m.Describe().Arrays {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", path.Base(rundir.ArrayFile(a.Name)), a.Doc, a.Shape, m.Name())
		}
	}
	for _, c := range network.Circuits[float64]() {
		add(c)
	}
	for _, r := range learning.Rules[float64]() {
		add(r)
	}
	return b.String()
}

// parameters lists names and defaults.
func parameters(of any) string {
	var all []string
	for _, p := range learning.Parameters(of) {
		all = append(all, fmt.Sprintf("%s = %v", p.Name, p.Get()))
	}
	if all == nil {
		return "none"
	}
	return strings.Join(all, ", ")
}

// TestEveryCircuitAndRuleShips finds an experiment for every circuit and every rule, runs
// each for an epoch on a few stimuli, and looks for what a run leaves.
func TestEveryCircuitAndRuleShips(t *testing.T) {
	if testing.Short() {
		t.Skip("an experiment of every circuit and rule")
	}
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
