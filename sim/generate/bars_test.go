package generate_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

var plainBars = generate.Bars{Count: 4000, Positions: 8, Combine: "or", Orientations: "both", Width: 1}

func bars(t *testing.T, change func(*generate.Bars)) *stimulus.Set {
	t.Helper()
	b := plainBars
	if change != nil {
		change(&b)
	}
	return generated(t, &b, stream.New(3, "bars"))
}

// TestBars holds the standard problem to its recipe. Of 16 bars, each with probability
// 1/8, an image shows k with a probability C(16,k) (1/8)^k (7/8)^(16−k), and blank ones,
// 11.8 % of them, are drawn again. Over 4,000 images the share of one bar scatters by
// √(p(1−p)/4000) with p = (1/8)/(1 − (7/8)¹⁶); five of these are allowed.
func TestBars(t *testing.T) {
	or, add := bars(t, nil), bars(t, func(b *generate.Bars) { b.Combine = "add" })
	if or.Height != 8 || or.Width != 8 || len(or.Truth.Names) != 16 {
		t.Fatalf("%d×%d pixels, %d bars", or.Height, or.Width, len(or.Truth.Names))
	}
	p := 1.0 / 8 / (1 - math.Pow(7.0/8, 16))
	for k := range 16 {
		in := 0.0
		for i := range or.Count {
			in += or.Truth.Codes[i*16+k] / float64(or.Count)
		}
		if math.Abs(in-p) > 5*math.Sqrt(p*(1-p)/4000) {
			t.Errorf("bar %d is in %v of the images, want %v", k, in, p)
		}
		part := or.Truth.Parts[k*64 : (k+1)*64]
		for j, x := range part {
			inside := k < 8 && j/8 == k || k >= 8 && j%8 == k-8
			if (x == 1) != inside || !inside && x != 0 {
				t.Errorf("bar %d at pixel %d is %v", k, j, x)
			}
		}
	}
	for i := range add.Count {
		if slices.Max(or.Row(i)) == 0 {
			t.Fatalf("image %d is blank", i)
		}
		for j, x := range add.Row(i) {
			sum := 0.0
			for k := range 16 {
				sum += add.Truth.Codes[i*16+k] * add.Truth.Parts[k*64+j]
			}
			if x != sum || or.Row(i)[j] != min(sum, 1) {
				t.Fatalf("image %d, pixel %d: add %v, or %v; the truth adds up to %v", i, j, x, or.Row(i)[j], sum)
			}
		}
	}
}

func TestBarsVariants(t *testing.T) {
	for _, tt := range []struct {
		name          string
		change        func(*generate.Bars)
		height, width int
		bars          int
		pixels        []float64 // of a horizontal and a vertical bar
		dominance     float64
	}{
		{"fixed number", func(b *generate.Bars) { b.Number = 3 }, 8, 8, 16, []float64{8, 8}, 2},
		{"one orientation", func(b *generate.Bars) { b.Orientations = "one" }, 8, 8, 16, []float64{8, 8}, 2},
		{"diagonals", func(b *generate.Bars) { b.Orientations = "diagonal" }, 8, 8, 32, []float64{8, 8}, 2},
		{"double width", func(b *generate.Bars) { b.Width = 2 }, 16, 16, 16, []float64{32, 32}, 2},
		{"quadruple width", func(b *generate.Bars) { b.Width = 4 }, 32, 32, 16, []float64{128, 128}, 2},
		{"double overlap", func(b *generate.Bars) { b.Width, b.Step = 2, 1 }, 9, 9, 16, []float64{18, 18}, 1.5},
		{"unequal widths", func(b *generate.Bars) { b.VerticalWidth = 2 }, 8, 16, 16, []float64{16, 16}, 2},
	} {
		set := bars(t, tt.change)
		if set.Height != tt.height || set.Width != tt.width || len(set.Truth.Names) != tt.bars || set.Truth.Dominance != tt.dominance {
			t.Errorf("%s: %d×%d pixels, %d bars, dominance %v", tt.name, set.Height, set.Width, len(set.Truth.Names), set.Truth.Dominance)
		}
		for o, want := range tt.pixels {
			sum := 0.0
			for _, x := range set.Truth.Parts[o*8*set.Size : (o*8+1)*set.Size] {
				sum += x
			}
			if sum != want {
				t.Errorf("%s: bar %d has %v pixels, want %v", tt.name, o*8, sum, want)
			}
		}
		mean := 0.0
		for i := range set.Count {
			both := [2]bool{}
			n := 0.0
			for k, c := range set.Truth.Codes[i*tt.bars : (i+1)*tt.bars] {
				n += c
				both[k/8%2] = both[k/8%2] || c > 0
			}
			mean += n / float64(set.Count)
			if tt.name == "fixed number" && n != 3 || tt.name == "one orientation" && both[0] && both[1] || n == 0 {
				t.Fatalf("%s: image %d shows %v bars, %v", tt.name, i, n, both)
			}
		}
		// Two in the mean before blank images are drawn again, which for k bars of
		// probability 2/k are (1 − 2/k)^k of them.
		k := float64(tt.bars)
		if tt.name == "one orientation" {
			k = 8
		}
		want := 2 / (1 - math.Pow(1-2/k, k))
		if tt.name == "fixed number" {
			want = 3
		}
		if math.Abs(mean-want) > 5*math.Sqrt(2.0/4000) {
			t.Errorf("%s: %v bars an image, want %v", tt.name, mean, want)
		}
	}
}

// TestDiagonalsHaveOneLength also demands that every pixel is on one bar of each of
// the four orientations.
func TestDiagonalsHaveOneLength(t *testing.T) {
	set := bars(t, func(b *generate.Bars) { b.Orientations = "diagonal" })
	for o := range 4 {
		on := make([]float64, 64)
		for k := o * 8; k < o*8+8; k++ {
			sum := 0.0
			for j, x := range set.Truth.Parts[k*64 : (k+1)*64] {
				on[j] += x
				sum += x
			}
			if sum != 8 {
				t.Errorf("bar %d has %v pixels", k, sum)
			}
		}
		if slices.Min(on) != 1 || slices.Max(on) != 1 {
			t.Errorf("orientation %d does not cover every pixel once: %v", o, on)
		}
	}
}

// TestBarsNoise compares images with and without noise of one seed: below a bar noise
// is symmetric, on the ground its negative half becomes 0.
func TestBarsNoise(t *testing.T) {
	set := bars(t, func(b *generate.Bars) { b.Noise, b.Number = 0.1, 2 })
	var ground, zero, on, square float64
	for i := range set.Count {
		for j, x := range set.Row(i) {
			covered := 0.0
			for k := range 16 {
				covered = max(covered, set.Truth.Codes[i*16+k]*set.Truth.Parts[k*64+j])
			}
			if covered == 0 {
				ground++
				if x == 0 {
					zero++
				}
				continue
			}
			on++
			square += (x - 1) * (x - 1)
		}
	}
	if share := zero / ground; math.Abs(share-0.5) > 5*math.Sqrt(0.25/ground) {
		t.Errorf("%v of the ground is 0, want half", share)
	}
	// The variance of n squared normal deviates is 2σ⁴/n.
	if v := square / on; math.Abs(v-0.01) > 5*0.01*math.Sqrt(2/on) {
		t.Errorf("noise of variance %v, want 0.01", v)
	}
}

func TestBarsRefuse(t *testing.T) {
	for want, change := range map[string]func(*generate.Bars){
		"count": func(b *generate.Bars) { b.Count = 0 },
		"bars.positions = 1; allowed is an integer from 2 to 64": func(b *generate.Bars) { b.Positions = 1 },
		"bars.number = 9; allowed is 0 to 8":                     func(b *generate.Bars) { b.Orientations, b.Number = "one", 9 },
		"bars.orientations = \"diagonal\"":                       func(b *generate.Bars) { b.Orientations, b.Width = "diagonal", 2 },
		"probability":                                            func(b *generate.Bars) { b.Probability = 1e-9 },
	} {
		b := plainBars
		change(&b)
		if _, err := b.Generate(context.Background(), stream.New(1, "bars")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}
