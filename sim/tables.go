package sim

import (
	"fmt"
	"io"
	"math"
	"strings"

	"partsnet/sim/outcome"
	"partsnet/sim/record"
)

// wordsListed is the number of words that tell in tables what a hidden neuron stands for.
const wordsListed = 20

// writeFeatures writes the strongest words of every hidden neuron, the most used neuron
// first, one a line: neuron, share of all rates, words.
func writeFeatures(w io.Writer, f *outcome.Features) error {
	if _, err := fmt.Fprintln(w, "neuron,share,words"); err != nil {
		return err
	}
	order, total := f.ByUse()
	for _, a := range order {
		var words []string
		for _, x := range f.Strongest(a, wordsListed) {
			words = append(words, x.Text)
		}
		if _, err := fmt.Fprintf(w, "%d,%.5f,%s\n", a, f.Use[a]/max(total, 1e-300), strings.Join(words, " ")); err != nil {
			return err
		}
	}
	return nil
}

// writeStarts writes what every start has come to.
func writeStarts(out *record.Dir, o *outcome.Outcome) error {
	if o.Starts == nil {
		return nil
	}
	return out.Write("starts.csv", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "start,epochs,%s,rises,above_best\n", o.Symbol)
		for k, s := range o.Starts {
			if err == nil {
				_, err = fmt.Fprintf(w, "%d,%d,%v,%d,%v\n", k, s.Epochs, s.Objective, s.Rises, s.Objective-o.Objective)
			}
		}
		return err
	})
}

// writeStack writes the synapses of every layer, lowest first, the rates of the top, and a
// table of what each has come to.
func writeStack(out *record.Dir, o *outcome.Outcome) error {
	if o.Layers == nil {
		return nil
	}
	for k, l := range o.Layers {
		if err := writeMatrix(out, o, fmt.Sprintf("arrays/stack-W%d.npy", k+1), l.Synapses, l.Hidden); err != nil {
			return err
		}
	}
	if err := writeRates(out, o, "arrays/stack-H.npy", o.Top); err != nil {
		return err
	}
	return out.Write("stack.csv", func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, "layer,hidden,%s,%s_through\n", o.Symbol, o.Symbol); err != nil {
			return err
		}
		for _, s := range o.Layers {
			if _, err := fmt.Fprintf(w, "%d,%d,%v,%v\n", s.Layer, s.Hidden, s.Objective, s.Through); err != nil {
				return err
			}
		}
		if o.Experiment.Stack.Joint == 0 {
			return nil
		}
		_, err := fmt.Fprintf(w, "joint,,,%v\n", o.Joint)
		return err
	})
}

// stackLog is what the manifest says of the layers, lowest first. An objective through all
// layers is infinite where a visible neuron fires that they do not predict; JSON has no such
// number, and it is left out.
func stackLog(o *outcome.Outcome) map[string]any {
	var layers []map[string]any
	for _, s := range o.Layers {
		layer := map[string]any{"hidden": s.Hidden, "objective": s.Objective}
		if !math.IsInf(s.Through, 1) {
			layer["through"] = s.Through
		}
		layers = append(layers, layer)
	}
	m := map[string]any{"layers": layers}
	if o.Experiment.Stack.Joint > 0 && !math.IsInf(o.Joint, 1) {
		m["joint"] = o.Joint
	}
	return m
}

// writeCompared writes the table and the arrays of the networks compared.
func writeCompared(out *record.Dir, o *outcome.Outcome) error {
	if o.Compared == nil {
		return nil
	}
	err := out.Write("comparison.csv", func(w io.Writer) error {
		names := o.Experiment.Measures
		if _, err := fmt.Fprintf(w, "constraint,%s\n", strings.Join(names, ",")); err != nil {
			return err
		}
		for _, c := range o.Compared {
			row := []string{c.Constraint}
			for values := c.Measures.Defined(); len(row) <= len(names); {
				if x, ok := values[names[len(row)-1]]; ok {
					row = append(row, fmt.Sprint(x))
				} else {
					row = append(row, "")
				}
			}
			if _, err := fmt.Fprintln(w, strings.Join(row, ",")); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range o.Compared {
		if c.Synapses == nil || err != nil {
			continue
		}
		if err = writeMatrix(out, o, "arrays/W-"+c.Constraint+".npy", c.Synapses, o.Rates.Hidden); err == nil {
			err = writeMatrix(out, o, "arrays/H-"+c.Constraint+".npy", c.Rates, o.Stimuli.Count)
		}
	}
	return err
}
