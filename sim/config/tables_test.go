package config_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"partsnet/sim/config"
)

type event struct {
	kind    string
	from    int
	neurons []int
}

func events(p *[]event) []config.Field {
	return []config.Field{config.Tables("event", p, 3, func() event { return event{kind: "silence", neurons: []int{}} }, func(e *event) []config.Field {
		return []config.Field{
			config.Choice("kind", &e.kind, []string{"silence", "clamp"}, "what is done"),
			config.Integer("from", &e.from, 0, 100, "epoch"),
			config.Integers("neurons", &e.neurons, 0, 9, 5, true, "hidden neurons"),
		}
	}, "what is done to the network")}
}

func TestTables(t *testing.T) {
	want := []event{{"clamp", 0, []int{1, 2}}, {"silence", 7, []int{}}}
	for _, text := range []string{
		"[[event]]\nkind = \"clamp\"\nneurons = [1, 2]\n[[event]]\nfrom = 7\n",
		"event = [{kind = \"clamp\", neurons = [1, 2]}, {from = 7}]\n",
	} {
		d, err := config.Parse("x.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var got []event
		table := events(&got)
		if err := config.Set(table, "event", d.Values["event"]); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read %v, want %v", text, got, want)
		}
		literal := table[0].Literal()
		if literal != `[{kind = "clamp", neurons = [1, 2]}, {from = 7}]` {
			t.Errorf("written as %s", literal)
		}
		var again []event
		if err := config.SetText(events(&again), "event="+literal); err != nil || !reflect.DeepEqual(again, want) {
			t.Errorf("read again as %v: %v", again, err)
		}
	}
}

// TestTablesErrors demands every error of the items, each at its line, and a list that is as it was.
func TestTablesErrors(t *testing.T) {
	d, err := config.Parse("x.toml", []byte("[[event]]\nkind = \"clmp\"\n[[event]]\nfrom = 3\nfrmo = 7\nneurons = [11]\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := []event{{kind: "clamp"}}
	err = config.Set(events(&got), "event", d.Values["event"])
	if err == nil || len(got) != 1 {
		t.Fatalf("read %v, error %v", got, err)
	}
	text := d.Located("x.toml", "event", err).Error()
	for _, want := range []string{
		`x.toml:2: event[1].kind = "clmp"; allowed is one of "silence", "clamp"`,
		`x.toml:5: event[2]: there is no key "frmo"`,
		`x.toml:6: event[2].neurons = [11]; allowed is`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\ndoes not say %s", text, want)
		}
	}
	var item *config.ItemError
	if !errors.As(err, &item) {
		t.Error("no ItemError")
	}
	for _, wrong := range []any{int64(3), []any{int64(1)}, "x"} {
		if err := config.Set(events(&got), "event", wrong); err == nil || !strings.Contains(err.Error(), `allowed is a list of tables, such as event = [{kind = "silence"}]`) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	four := []any{map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}}
	if err := config.Set(events(&got), "event", four); err == nil || !strings.Contains(err.Error(), "at most 3") {
		t.Errorf("four: %v", err)
	}
}
