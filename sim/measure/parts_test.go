package measure_test

import (
	"context"
	"math"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

func made(t *testing.T, set *stimulus.Set, err error) *stimulus.Set {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func bars8(t *testing.T) *stimulus.Set {
	t.Helper()
	set, err := generate.Bars{Count: 50, Positions: 8, Combine: "or", Orientations: "both", Width: 1}.Generate(context.Background(), stream.New(1, "bars"))
	return made(t, set, err)
}

// TestBars puts the criterion to parts that just meet it and just do not. A bar has 8
// pixels of which one is shared with each of 8 others.
func TestBars(t *testing.T) {
	set := bars8(t)
	bar := func(k int) []float64 { return append([]float64(nil), set.Truth.Parts[k*64:(k+1)*64]...) }
	for _, tt := range []struct {
		name   string
		change func(w []float64) // of the part of bar 0, the first row
		found  int
	}{
		{"the bar", func([]float64) {}, 1},
		{"scaled", func(w []float64) {
			for j := range w {
				w[j] *= 1e-3
			}
		}, 1},
		{"a hole where another crosses", func(w []float64) { w[3] = 0 }, 0},
		{"a shallow hole above the mean of 7.13/64", func(w []float64) { w[3] = 0.13 }, 1},
		{"a hole below the mean of 7.11/64", func(w []float64) { w[3] = 0.11 }, 0},
		{"another bar of weight 0.49, whose sum is 0.49·8", func(w []float64) {
			for x := range 8 {
				w[5*8+x] = 0.49
			}
		}, 1},
		{"another bar of weight 0.51", func(w []float64) {
			for x := range 8 {
				w[5*8+x] = 0.51
			}
		}, 0},
		{"nothing", func(w []float64) { clear(w) }, 0},
	} {
		w := bar(0)
		tt.change(w)
		if got := measure.Bars(set.Truth.Parts, w, 64, 2); got != tt.found {
			t.Errorf("%s: %d bars found, want %d", tt.name, got, tt.found)
		}
	}
	if got := measure.Bars(set.Truth.Parts, append(set.Truth.Parts, bar(3)...), 64, 2); got != 16 {
		t.Errorf("the truth and one bar twice: %d found", got)
	}
	// With double overlap a part of the next bar is inside: twice is too much to ask.
	wide, err := generate.Bars{Count: 1, Positions: 8, Combine: "or", Orientations: "both", Width: 2, Step: 1}.Generate(context.Background(), stream.New(1, "bars"))
	made(t, wide, err)
	if at2, at15 := measure.Bars(wide.Truth.Parts, wide.Truth.Parts, wide.Size, 2), measure.Bars(wide.Truth.Parts, wide.Truth.Parts, wide.Size, wide.Truth.Dominance); at2 != 0 || at15 != 16 {
		t.Errorf("overlapping bars: %d found at 2, %d at %v; want 0 and 16", at2, at15, wide.Truth.Dominance)
	}
}

func TestSquaresCriterion(t *testing.T) {
	set, err := generate.Squares{Count: 1, Probability: 0.1}.Generate(context.Background(), stream.New(1, "squares"))
	made(t, set, err)
	square := set.Truth.Parts[:36]
	for _, tt := range []struct {
		name    string
		outside float64 // weight on one pixel outside the square, whose inside sums to 9
		inside  float64 // weight on one pixel within
		found   int
	}{
		{"the square", 0, 1, 1},
		{"outside below the least inside", 0.9, 1, 1},
		{"outside above", 1.1, 1, 0},
		{"a dim pixel above outside and mean", 0.2, 0.3, 1},
		{"a dim pixel below the mean of 8.2/36", 0.0, 0.2, 0},
	} {
		w := append([]float64(nil), square...)
		w[35], w[0] = tt.outside, tt.inside
		if got := measure.Squares(set.Truth.Parts, w, 36, 3); got != tt.found {
			t.Errorf("%s: %d found, want %d", tt.name, got, tt.found)
		}
	}
	spread := append([]float64(nil), square...)
	for j := range spread {
		if spread[j] == 0 {
			spread[j] = 3.1 / 27
		}
	}
	if got := measure.Squares(set.Truth.Parts, spread, 36, 3); got != 0 {
		t.Errorf("a third outside: %d found", got)
	}
	if got := measure.Squares(set.Truth.Parts, set.Truth.Parts, 36, 3); got != 16 {
		t.Errorf("the truth: %d found", got)
	}
}

// TestLimbs builds parts with a ghost of a quarter: the cosine of limb and part is then
// 5/√(5·(5 + 17/16)) = 0.908, and of a half 0.735.
func TestLimbs(t *testing.T) {
	set, err := generate.Swimmer{}.Generate(context.Background(), nil)
	made(t, set, err)
	ghost := func(g float64) []float64 {
		w := append([]float64(nil), set.Truth.Parts[:16*1024]...)
		for i := range w {
			w[i] += g * set.Truth.Parts[16*1024+i%1024]
		}
		return w
	}
	for _, tt := range []struct {
		w            []float64
		found, clean int
		torso, ratio float64
	}{
		{set.Truth.Parts, 16, 16, 1, 0},
		{ghost(0.25), 16, 16, 17.0 / 4 / math.Sqrt(17*(5+17.0/16)), 0.25},
		{ghost(0.5), 16, 0, 17.0 / 2 / math.Sqrt(17*(5+17.0/4)), 0.5},
		{set.Truth.Parts[16*1024:], 0, 0, 1, 0},
		{ghost(1e6), 0, 0, 1, 0},
	} {
		l := measure.LimbsOf(set.Truth.Parts, tt.w, 1024)
		if l.Found != tt.found || l.Clean != tt.clean || math.Abs(l.Torso-tt.torso) > 1e-9 || math.Abs(l.Ghost-tt.ratio) > 1e-12 {
			t.Errorf("got %+v, want %v %v %v %v", l, tt.found, tt.clean, tt.torso, tt.ratio)
		}
		learned := measure.NewLearned(measure.Learned{W: tt.w, Visible: 1024, Hidden: len(tt.w) / 1024, Truth: set.Truth})
		for name, want := range map[string]bool{"ghost_ratio": tt.found > 0, "torso_cosine": true, "bars_found": false} {
			m, _ := measure.Named(name)
			if x, ok := m.Of(learned); ok != want {
				t.Errorf("%s is %v, %v", name, x, ok)
			}
		}
	}
}

func TestResponseAccuracy(t *testing.T) {
	truth := []float64{1, 1, 0, 0, 0, 0, 1, 1}
	w := []float64{0, 0, 5, 5, 1, 1, 0, 0, 1, 0, 0, 1} // the second part, the first, and another
	rec := measure.Recover(truth, w, 4)
	for _, tt := range []struct {
		name     string
		codes, h []float64
		want     float64
		ok       bool
	}{
		{"right", []float64{1, 0, 0, 1}, []float64{0, 1, 0, 1, 0, 0}, 1, true},
		{"strength decides, not the rate alone", []float64{0, 1}, []float64{1, 4, 0}, 1, true},
		{"wrong", []float64{0, 1}, []float64{1, 6, 0}, 0, true},
		{"one of two", []float64{1, 1}, []float64{1, 0.1, 3}, 0.5, true},
		{"silent", []float64{1, 1}, []float64{0, 0, 0}, 0, true},
		{"a code below a tenth of the largest is absent", []float64{1, 0.09}, []float64{0, 1, 0}, 1, true},
		{"nothing present", []float64{0, 0}, []float64{1, 1, 1}, 0, false},
	} {
		got, ok := measure.ResponseAccuracy(tt.codes, measure.RatesOf(tt.h, 3), w, rec)
		if ok != tt.ok || got != tt.want {
			t.Errorf("%s: %v, %v; want %v, %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func TestStability(t *testing.T) {
	a, b := []float64{1, 0, 0, 1}, []float64{0, 1, 1, 0} // the same parts in another order
	c := []float64{1, 1, 0, 1}
	stability := func(runs ...[]float64) float64 {
		got, ok, err := measure.Stability(context.Background(), runs, 2)
		if err != nil || ok != (len(runs) > 1) {
			t.Fatal(ok, err)
		}
		return got
	}
	if got := stability(a, b); got != 1 {
		t.Errorf("the same parts: %v", got)
	}
	// With c one cosine is 1/√2 and one is 1, in two of the three pairs.
	if got, want := stability(a, b, c), (1+2*(1+math.Sqrt(0.5))/2)/3; math.Abs(got-want) > 1e-15 {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := stability(a); got != 0 {
		t.Errorf("one run: %v", got)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, ok, err := measure.Stability(ended, [][]float64{a, b}, 2); err == nil || ok {
		t.Error("a context that has ended does not end it")
	}
}

// TestCensus has six neurons before four true parts: one right, its double, one that
// merged two, two that share one out, and one that never fires.
func TestCensus(t *testing.T) {
	truth := []float64{
		1, 1, 0, 0, 0, 0, 0, 0,
		0, 0, 1, 1, 0, 0, 0, 0,
		0, 0, 0, 0, 1, 1, 0, 0,
		0, 0, 0, 0, 0, 0, 1, 1,
	}
	w := []float64{
		2, 2, 0, 0, 0, 0, 0, 0,
		1, 1, 0, 0, 0, 0, 0, 0,
		0, 0, 1, 1, 1, 1, 0, 0,
		0, 0, 0, 0, 0, 0, 1, 0,
		0, 0, 0, 0, 0, 0, 0, 1,
		0, 0, 1, 1, 0, 0, 0, 0,
	}
	h := []float64{
		1, 1, 1, 1, 1, 0,
		1, 1, 1, 1, 1, 1e-4,
	}
	want := measure.Census{Live: 5, Dead: 1, Duplicate: 1, Split: 1, Merged: 1, Zero: 48 - 12}
	if got := measure.CensusOf(w, measure.Overlap(w, 6), measure.RatesOf(h, 6), truth); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	want.Split, want.Merged = -1, -1
	if got := measure.CensusOf(w, measure.Overlap(w, 6), measure.RatesOf(h, 6), nil); got != want {
		t.Errorf("without a truth: got %+v, want %+v", got, want)
	}
	if got := measure.CensusOf(make([]float64, 8), make([]float64, 4), measure.RatesOf(make([]float64, 2), 2), nil); got.Live != 0 || got.Dead != 2 {
		t.Errorf("a silent network: %+v", got)
	}
}

// TestRepresented holds that bars on a background are counted by their own criterion though
// no cosine is above 0.9, and that parts of a kind without a criterion are not counted.
func TestRepresented(t *testing.T) {
	set := bars8(t)
	w := append([]float64(nil), set.Truth.Parts...)
	for i := range w {
		w[i] += 0.3
	}
	got := measure.RepresentedOf(set.Truth, w, 64)
	if got == nil || *got != (measure.Represented{Kind: "bars", Found: 16, True: 16}) {
		t.Errorf("bars on a background: %v", got)
	}
	if rec := measure.Recover(set.Truth.Parts, w, 64); rec.Recovered != 0 {
		t.Errorf("%d of these bars have a cosine above 0.9", rec.Recovered)
	}
	other := *set.Truth
	other.Kind = "faces"
	if got := measure.RepresentedOf(&other, w, 64); got != nil {
		t.Errorf("faces: %v", got)
	}
}
