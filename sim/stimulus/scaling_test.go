package stimulus

import (
	"context"
	"testing"

	"partsnet/internal/shared"
)

// TestPaperScaling reproduces the scaled faces that circulate, on every pixel,
// from the images and from the IDX file.
func TestPaperScaling(t *testing.T) {
	want, err := Load(context.Background(), shared.Path(t, "data", "mit-cbcl-faces", "faces-leeseung-scaled-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"faces-pgm.zip", "faces-idx3-ubyte.gz"} {
		set, err := Load(context.Background(), shared.Path(t, "data", "mit-cbcl-faces", name))
		if err != nil {
			t.Fatal(err)
		}
		if set.Count != 2429 || set.Height != 19 || set.Width != 19 || set.Rates[0] != 104 || set.Rates[6] != 167 {
			t.Fatalf("%s: %d stimuli of %d×%d beginning with %v", name, set.Count, set.Height, set.Width, set.Rates[:7])
		}
		if err := set.Scale(PaperScaling); err != nil {
			t.Fatal(err)
		}
		for i, x := range set.Rates {
			if x != want.Rates[i]/255 {
				t.Fatalf("%s: pixel %d is %v, want %v/255", name, i, x, want.Rates[i])
			}
		}
	}
}

func TestScalingAtTheEdges(t *testing.T) {
	paper := Scaling{Name: "lee-seung"}
	constant := Set{Rates: []float64{7, 7, 0, 0}, Count: 2, Size: 2}
	if err := constant.Scale(paper); err != nil {
		t.Fatal(err)
	}
	for _, x := range constant.Rates {
		if x != 0.25 {
			t.Errorf("a constant stimulus became %v", constant.Rates)
		}
	}
	one := Set{Rates: []float64{3}, Count: 1, Size: 1}
	if err := one.Scale(paper); err != nil || one.Rates[0] != 0.25 {
		t.Errorf("a single neuron became %v, %v", one.Rates, err)
	}
	// Mean 3; the standard deviation is √2 over n − 1 and 1 over n.
	population := Set{Rates: []float64{2, 4}, Count: 1, Size: 2}
	if err := population.Scale(Scaling{Name: "lee-seung", Population: true}); err != nil || population.Rates[0] != 0 || population.Rates[1] != 0.5 {
		t.Errorf("got %v, %v", population.Rates, err)
	}
	top := Set{Rates: []float64{0, 2, 4, 1}, Count: 2, Size: 2}
	if err := top.Scale(Scaling{Name: "unit-maximum", Levels: 3}); err != nil || top.Rates[1] != 1.0/3 || top.Rates[2] != 1 || top.Rates[3] != 0 {
		t.Errorf("got %v, %v", top.Rates, err)
	}
	// Mean 3 and population standard deviation 1, so z is −1 and 1.
	shifted := Set{Rates: []float64{2, 4, 2, 4}, Count: 2, Size: 2}
	if err := shifted.Scale(Scaling{Name: "shifted", Population: true, Offset: 1.5}); err != nil || shifted.Rates[0] != 1.25 || shifted.Rates[1] != 1.75 {
		t.Errorf("got %v, %v", shifted.Rates, err)
	}
	if err := shifted.Scale(Scaling{Name: "shifted", Population: true}); err != nil || shifted.Rates[2] != 0 || shifted.Rates[3] != 0.25 {
		t.Errorf("got %v, %v", shifted.Rates, err)
	}
	if err := top.Scale(Scaling{Name: "z-score"}); err == nil {
		t.Error("an unknown scaling was accepted")
	}
}

func TestTranspose(t *testing.T) {
	set := Set{Rates: []float64{1, 2, 3, 4, 5, 6}, Count: 2, Size: 3, Names: []string{"a", "b"}, Source: "s"}
	set.Transpose()
	if err := set.Validate(); err != nil || set.Count != 3 || set.Names != nil || set.Row(2)[0] != 3 || set.Row(2)[1] != 6 {
		t.Errorf("got %+v, %v", set, err)
	}
}
