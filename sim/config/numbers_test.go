package config_test

import (
	"reflect"
	"testing"

	"partsnet/sim/config"
)

func TestNumbersAndPairs(t *testing.T) {
	numbers, pairs := []float64{}, [][2]int{}
	table := []config.Field{config.Numbers("rates", &numbers, 0, 5, 3, ""), config.Pairs("synapses", &pairs, 9, 2, "")}
	for _, text := range []string{"rates=[0.5, 2]", "synapses=[[3, 1], [0, 9]]", "rates=0.5, 2"} {
		if err := config.SetText(table, text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	if !reflect.DeepEqual(numbers, []float64{0.5, 2}) || !reflect.DeepEqual(pairs, [][2]int{{3, 1}, {0, 9}}) {
		t.Errorf("read %v and %v", numbers, pairs)
	}
	if a, b := table[0].Literal(), table[1].Literal(); a != "[0.5, 2.0]" || b != "[[3, 1], [0, 9]]" {
		t.Errorf("written as %s and %s", a, b)
	}
	for _, text := range []string{"rates=[6]", "rates=[-1]", "rates=[1, 1, 1, 1]", `rates=["a"]`, "synapses=[[1]]", "synapses=[[1, 10]]", "synapses=[1, 2]", "synapses=[[1, 2, 3]]", "synapses=[[1, 1], [1, 2], [1, 3]]", "synapses=3"} {
		if err := config.SetText(table, text); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}
