package page

import (
	"encoding/json"
	"html/template"
	"math"
	"slices"
	"strconv"

	"partsnet/sim/draw"
	"partsnet/sim/measure"
)

// data is what the script of a page works with.
type data struct {
	Kind    string   `json:"kind"` // "images", "vectors" or "documents"
	Height  int      `json:"height"`
	Width   int      `json:"width"`
	Light   bool     `json:"light"` // whether images are drawn as light, black at 0
	Visible int      `json:"visible"`
	Hidden  int      `json:"hidden"`
	Neurons []string `json:"neurons"`
	Linear  bool     `json:"linear"` // whether a prediction is the sum of parts, each by a rate
	Circuit struct {
		Name  string  `json:"name"`
		Cost  float64 `json:"cost"`
		Steps int     `json:"steps"`
		Runs  bool    `json:"runs"` // whether the script knows its equations
	} `json:"circuit"`
	Networks []netData   `json:"networks"`
	Facts    []fact      `json:"facts"`
	Shown    *shownData  `json:"shown"`
	Frames   *framesData `json:"frames"`
	Curves   []*curve    `json:"curves"`
	Features [][]float64 `json:"features"` // of documents, for each hidden neuron words and weights in turn
	Meanings [][]float64 `json:"meanings"` // of documents, for each word hidden neurons and shares in turn
}

// netData is a network under a constraint.
type netData struct {
	Name   string  `json:"name"`
	Signed bool    `json:"signed"`
	Parts  *packed `json:"parts"`
	Rates  *packed `json:"rates"` // to the stimuli that are shown
}

// fact is what is known of a hidden neuron.
type fact struct {
	State  string   `json:"state"`
	Share  float64  `json:"share"`
	Sparse string   `json:"sparse"`
	Main   string   `json:"main"`
	Truth  string   `json:"truth"` // name and cosine of the true part; ""
	Cosine *float64 `json:"cosine"`
}

// shownData is the stimuli of the page.
type shownData struct {
	Numbers []int       `json:"numbers"`
	Names   []string    `json:"names"`
	Values  *packed     `json:"values"` // NaN where a value is missing
	Counts  [][]float64 `json:"counts"` // of documents, words and counts in turn
}

// framesData is the parts at some epochs.
type framesData struct {
	Epochs     []int     `json:"epochs"`
	Objectives []float64 `json:"objectives"`
	Parts      *packed   `json:"parts"` // of each frame all parts, one after the other
}

// known are the circuits whose equations the script has.
var known = map[string]bool{"divisive-error": true, "lateral-inhibition": true}

// Numbers of words in the data of documents.
const (
	wordsOfFeature  = 100
	wordsOfDocument = 40
	leastMeaning    = 0.02 // share of a word's occurrences
)

// data returns what the script works with, and what must be said of it.
func (r *run) data(parts []partView, curves []*curve) (*data, []string) {
	s, x := &r.Stimuli, r.Saved.Experiment
	d := &data{Kind: "vectors", Height: s.Height, Width: s.Width, Light: draw.Look(r.Outcome).Light, Visible: s.Size, Hidden: x.Hidden, Neurons: s.Neurons, Linear: r.linear, Curves: curves}
	switch {
	case s.Texts:
		d.Kind = "documents"
	case s.Height > 0:
		d.Kind = "images"
	}
	c := &d.Circuit
	c.Name, c.Cost, c.Steps = x.Recognition.Circuit, x.Recognition.Parameters["cost"], r.steps
	for _, p := range parts {
		f := fact{State: p.State, Share: short(r.fates[p.Number].Share), Sparse: p.Sparse, Main: p.Main}
		if p.Truth != nil {
			f.Truth = p.Truth.Name + ", cosine " + p.Truth.Cosine
			for k, a := range r.truth.Neuron {
				if a == p.Number {
					f.Cosine = finite(short(r.truth.Cosine[k]))
				}
			}
		}
		d.Facts = append(d.Facts, f)
	}
	var said []string
	networks := append([]network{{Name: x.Constraints[0], W: r.Synapses(), H: r.Rates}}, r.others...)
	room := partsBytes / len(networks)
	for _, net := range networks {
		n := netData{Name: net.Name, Signed: net.Signed, Rates: r.ratesOf(net.H, ratesBytes/len(networks))}
		if !s.Texts {
			n.Parts = pack(net.W, x.Hidden, room)
		}
		d.Networks = append(d.Networks, n)
	}
	if p := d.Networks[0].Parts; p != nil {
		said = append(said, "Synapses are in the page "+p.said()+"; arrays/W.npy has them in full.")
		c.Runs = known[c.Name] && !x.Separate && r.linear
	} else if !s.Texts {
		said = append(said, "The synapses are too many for a page, which shows pictures of them alone; arrays/W.npy has them.")
	}
	if f := r.film(); f != nil {
		d.Frames = f
		said = append(said, counted(len(f.Epochs))+" of "+counted(len(r.Frames))+" frames of the parts are in the page, "+f.Parts.said()+"; arrays/film.npy has them.")
	}
	if s.Texts {
		r.documents(d)
		said = append(said, "Of each feature the strongest "+strconv.Itoa(wordsOfFeature)+" words are in the page, of each document the most frequent "+strconv.Itoa(wordsOfDocument)+"; arrays/W.npy and words.txt have all.")
	}
	if r.row != nil {
		r.shownTo(d)
	}
	if len(r.shown) > 0 && len(r.shown) < s.Count {
		said = append(said, counted(len(r.shown))+" of "+counted(s.Count)+" stimuli are in the page, evenly spaced.")
	}
	return d, said
}

// film returns the frames of the parts, as many as there is room for: every one, every second, ….
func (r *run) film() *framesData {
	size := len(r.Synapses())
	if len(r.Frames) == 0 || r.Stimuli.Texts || size > filmBytes/2 {
		return nil
	}
	every := (len(r.Frames)*size + filmBytes - 1) / filmBytes
	f := &framesData{}
	var all []float64
	for k := len(r.Frames) - 1; k >= 0; k -= every {
		frame := r.Frames[k]
		f.Epochs, f.Objectives = append(f.Epochs, frame.Epoch), append(f.Objectives, short(frame.Objective))
		all = append(all, frame.W...)
	}
	slices.Reverse(f.Epochs)
	slices.Reverse(f.Objectives)
	frames := len(f.Epochs)
	for k := range frames / 2 {
		a, b := all[k*size:(k+1)*size], all[(frames-1-k)*size:(frames-k)*size]
		for i := range a {
			a[i], b[i] = b[i], a[i]
		}
	}
	f.Parts = pack(all, frames*r.Rates.Hidden, len(all))
	return f
}

// ratesOf returns the rates to the stimuli that are shown.
func (r *run) ratesOf(h measure.Rates, bytes int) *packed {
	if len(r.shown) == 0 {
		return nil
	}
	all := make([]float64, len(r.shown)*h.Hidden)
	for k, i := range r.shown {
		h.Stimulus(i, all[k*h.Hidden:(k+1)*h.Hidden])
	}
	return pack(all, len(r.shown), bytes)
}

// shownTo adds the stimuli that are shown.
func (r *run) shownTo(d *data) {
	s := &shownData{Numbers: r.shown}
	d.Shown = s
	var values []float64
	for _, i := range r.shown {
		if r.Stimuli.Names != nil {
			s.Names = append(s.Names, r.Stimuli.Names[i])
		}
		row := r.row(i)
		if r.Stimuli.Texts {
			var counts []float64
			for _, j := range measure.Strongest(row, min(wordsOfDocument, len(row))) {
				if row[j] > 0 {
					counts = append(counts, float64(j), short(row[j]))
				}
			}
			s.Counts = append(s.Counts, counts)
			continue
		}
		values = append(values, row...)
	}
	if values != nil {
		s.Values = pack(values, len(r.shown), 1<<30)
	}
}

// documents adds words of features, and features of words.
func (r *run) documents(d *data) {
	f, n := r.Features(), r.Stimuli.Size
	for a := range r.Rates.Hidden {
		var words []float64
		part := f.W[a*n : (a+1)*n]
		for _, j := range measure.Strongest(part, min(wordsOfFeature, n)) {
			if part[j] > 0 {
				words = append(words, float64(j), short(part[j]))
			}
		}
		d.Features = append(d.Features, words)
	}
	for j := range n {
		meanings := []float64{}
		for _, sense := range measure.Senses(f.W, f.Use, j) {
			if sense.Share >= leastMeaning {
				meanings = append(meanings, float64(sense.Neuron), math.Round(1000*sense.Share)/1000)
			}
		}
		d.Meanings = append(d.Meanings, meanings)
	}
}

// short returns a number to five digits.
func short(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 5, 64), 64) // of what was formatted
	return y
}

// script returns data as JSON for a page: encoding/json escapes <, > and &, so that no text of it
// ends the element.
func script(d any) (template.JS, error) {
	text, err := json.Marshal(d)
	return template.JS(text), err
}
