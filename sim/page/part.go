package page

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image/png"
	"math"
	"slices"
	"strings"

	"partsnet/sim/draw"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// partView is a hidden neuron as the page shows it without a script.
type partView struct {
	Number  int
	State   string // "live", "dead", "duplicate of 3"
	Share   string // of all activity
	Sparse  string // Hoyer's sparseness, "" where it is not defined
	Main    string // names of the visible neurons with the strongest synapses
	Picture template.URL
	Bars    []bar
	Words   []word
	Rates   *curve
	Truth   *truthView
}

// truthView is the true part that is matched to a hidden neuron.
type truthView struct {
	Name, Cosine string
	Found        bool
	Picture      template.URL
	Bars         []bar
}

// bar is a synapse onto a visible neuron.
type bar struct {
	Name   string
	Weight string
	Width  float64 // in per cent of the largest
	Below  bool    // whether it is negative
}

// word is a word of a feature, with the size of its letters.
type word struct {
	Text, Weight string
	Size         float64 // in em
}

// Numbers of what a part shows. A true part is beside the part that is matched to it where their cosine
// is at least leastCosine: the match of those that are left over says nothing.
const (
	leastCosine = 0.5
	mostBars    = 64
	mostWords   = 12
	largestTile = 256 // pixels a side of a picture of a part; larger ones are left to the figures
)

// picture returns values as a PNG of one pixel a value.
func (r *run) picture(look figure.Look, values []float64) template.URL {
	var b bytes.Buffer
	if err := png.Encode(&b, figure.Tile(look, values, r.Stimuli.Width)); err != nil {
		panic(err) // a buffer takes all
	}
	return pngURL(b.Bytes())
}

// pngURL returns a picture as an address that holds it.
func pngURL(content []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(content))
}

// parts returns the hidden neurons in their order.
func (r *run) parts() (all []partView) {
	w, n, s := r.Synapses(), r.Stimuli.Size, &r.Stimuli
	look := draw.Look(r.Outcome)
	var features *outcome.Features
	if s.Texts {
		features = r.Features()
	}
	names := map[int]*truthView{}
	if r.truth != nil {
		for k, a := range r.truth.Neuron {
			if a < 0 || r.truth.Cosine[k] < leastCosine {
				continue
			}
			part := s.Truth.Parts[k*n : (k+1)*n]
			t := &truthView{Cosine: fmt.Sprintf("%.3f", r.truth.Cosine[k]), Found: r.truth.Cosine[k] > measure.RecoveredAbove, Name: fmt.Sprintf("true part %d", k)}
			if s.Truth.Names != nil {
				t.Name = s.Truth.Names[k]
			}
			r.paint(look, part, &t.Picture, &t.Bars)
			names[a] = t
		}
	}
	rates := make([]float64, r.Rates.Stimuli)
	for a, f := range r.fates {
		part := w[a*n : (a+1)*n]
		p := partView{Number: a, State: state(f), Share: percent(f.Share), Truth: names[a]}
		if h, ok := measure.Hoyer(part); ok {
			p.Sparse = fmt.Sprintf("%.2f", h)
		}
		if features != nil {
			p.Words = words(features, a)
		} else {
			p.Main = strings.Join(s.Main(part), ", ")
			r.paint(look, part, &p.Picture, &p.Bars)
		}
		if !s.Texts && s.Height == 0 {
			r.Rates.Neuron(a, rates)
			if c, ok := r.rateCurve(fmt.Sprintf("rate-%d", a), func(i int) float64 { return rates[i] }); ok {
				p.Rates = &c
			}
		}
		all = append(all, p)
	}
	return all
}

// paint draws a part as a picture or as bars.
func (r *run) paint(look figure.Look, part []float64, picture *template.URL, bars *[]bar) {
	s := &r.Stimuli
	switch {
	case s.Height > 0 && max(s.Height, s.Width) <= largestTile:
		*picture = r.picture(look, part)
	case s.Height == 0 && s.Size <= mostBars:
		top := 0.0
		for _, x := range part {
			top = max(top, math.Abs(x))
		}
		for j, x := range part {
			b := bar{Name: fmt.Sprint(j), Weight: digits(x), Below: x < 0}
			if s.Neurons != nil {
				b.Name = s.Neurons[j]
			}
			if top > 0 {
				b.Width = math.Round(1000*math.Abs(x)/top) / 10
			}
			*bars = append(*bars, b)
		}
	}
}

// words returns the strongest words of a feature.
func words(f *outcome.Features, a int) (all []word) {
	strongest := f.Strongest(a, mostWords)
	for _, w := range strongest {
		size := 1.0
		if top := strongest[0].Strength; top > 0 {
			size = 0.8 + float64(0.6*math.Sqrt(w.Strength/top))
		}
		all = append(all, word{w.Text, digits(w.Strength), math.Round(100*size) / 100})
	}
	return all
}

// state says what has become of a neuron.
func state(f measure.Fate) string {
	switch {
	case f.Dead:
		return "dead"
	case f.Repeats >= 0:
		return fmt.Sprintf("duplicate of %d", f.Repeats)
	}
	return "live"
}

// unmatched lists true parts to which no hidden neuron is matched, or whose cosine is too small.
func (r *run) unmatched() (names []string) {
	if r.truth == nil {
		return nil
	}
	for k, c := range r.truth.Cosine {
		if c <= measure.RecoveredAbove {
			name := fmt.Sprintf("true part %d", k)
			if t := r.Stimuli.Truth.Names; t != nil {
				name = t[k]
			}
			if c >= leastCosine {
				name = fmt.Sprintf("%s (%.3f)", name, c)
			}
			names = append(names, name)
		}
	}
	return slices.Clip(names)
}
