package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"partsnet/internal/suite"
)

// lettered is a page that keeps the places of texts, and nothing else.
type lettered struct {
	plane
	texts []printed
}

// printed is a text on a page.
type printed struct {
	text string
	box  vg.Rectangle
	size vg.Length
}

func (*lettered) SetLineWidth(vg.Length)              {}
func (*lettered) SetLineDash([]vg.Length, vg.Length)  {}
func (*lettered) SetColor(color.Color)                {}
func (*lettered) Stroke(vg.Path)                      {}
func (*lettered) Fill(vg.Path)                        {}
func (*lettered) DrawImage(vg.Rectangle, image.Image) {}
func (c *lettered) Push()                             { c.push() }
func (c *lettered) Pop()                              { c.pop() }
func (c *lettered) Rotate(by float64)                 { c.rotate(by) }
func (c *lettered) Translate(by vg.Point)             { c.translate(by) }
func (c *lettered) Scale(x, y float64)                { c.scale(x, y) }

// FillString keeps the box of a text, from below its descenders to above its capitals.
func (c *lettered) FillString(f font.Face, at vg.Point, text string) {
	const descent, ascent = 0.21, 0.73 // of Liberation Sans, in its size
	if strings.TrimSpace(text) == "" {
		return
	}
	size := f.Font.Size
	box := vg.Rectangle{Min: vg.Point{X: 1e9, Y: 1e9}, Max: vg.Point{X: -1e9, Y: -1e9}}
	for _, x := range []vg.Length{0, f.Width(text)} {
		for _, y := range []vg.Length{-descent * size, ascent * size} {
			p := c.onPage(vg.Point{X: at.X + x, Y: at.Y + y})
			box.Min.X, box.Min.Y = min(box.Min.X, p.X), min(box.Min.Y, p.Y)
			box.Max.X, box.Max.Y = max(box.Max.X, p.X), max(box.Max.Y, p.Y)
		}
	}
	stretch := math.Hypot(1+c.now.a, c.now.b)
	c.texts = append(c.texts, printed{text, box, size * vg.Length(stretch)})
}

// illegible says which texts of a figure cannot be read: those that overlap another, that
// leave the page, and whose letters are smaller than 6 points.
func illegible(f *Figure) (faults []string) {
	const least, touch = 6, 0.3 // points; letters may come as close as that
	page := &lettered{}
	f.draw(draw.Canvas{Canvas: page, Rectangle: vg.Rectangle{Max: vg.Point{X: f.width, Y: f.height}}})
	for i, a := range page.texts {
		if a.size < least {
			faults = append(faults, fmt.Sprintf("%q has letters of %.2g points", a.text, float64(a.size)))
		}
		if b := a.box; b.Min.X < -touch || b.Min.Y < -touch || b.Max.X > f.width+touch || b.Max.Y > f.height+touch {
			faults = append(faults, fmt.Sprintf("%q is cut: %v on a page of %v×%v", a.text, b, f.width, f.height))
		}
		for _, b := range page.texts[:i] {
			if min(a.box.Max.X, b.box.Max.X)-max(a.box.Min.X, b.box.Min.X) > touch && min(a.box.Max.Y, b.box.Max.Y)-max(a.box.Min.Y, b.box.Min.Y) > touch {
				faults = append(faults, fmt.Sprintf("%q %v is on %q %v", a.text, a.box, b.text, b.box))
			}
		}
	}
	if len(page.texts) == 0 && len(faults) == 0 {
		faults = append(faults, "there is no text")
	}
	return faults
}

// TestIllegibleIsFound gives figures with each of the faults, and one with none.
func TestIllegibleIsFound(t *testing.T) {
	at := func(size float64, places ...vg.Point) *Figure {
		return &Figure{width: 100, height: 50, draw: func(c draw.Canvas) {
			for _, p := range places {
				c.FillText(lettering(size, ink), p, "abcde")
			}
		}}
	}
	turned := &Figure{width: 100, height: 20, draw: func(c draw.Canvas) {
		style := lettering(9, ink)
		style.Rotation = math.Pi / 2
		c.FillText(style, vg.Point{X: 50, Y: 10}, "longer than the page is high")
	}}
	for _, c := range []struct {
		name  string
		f     *Figure
		fault string
	}{
		{"apart", at(9, vg.Point{X: 20, Y: 20}, vg.Point{X: 70, Y: 20}), ""},
		{"near", at(9, vg.Point{X: 20, Y: 20}, vg.Point{X: 30, Y: 20}), "is on"},
		{"cut", at(9, vg.Point{X: 95, Y: 20}), "is cut"},
		{"small", at(5, vg.Point{X: 50, Y: 20}), "letters of 5 points"},
		{"turned", turned, "is cut"},
		{"with a caption", at(9, vg.Point{X: 20, Y: 20}).Captioned("one line that is so long that it is two"), ""},
	} {
		got := strings.Join(illegible(c.f), "; ")
		if (got == "") != (c.fault == "") || !strings.Contains(got, c.fault) {
			t.Errorf("%s: %q; want %q", c.name, got, c.fault)
		}
	}
}

// names returns names of things, some of them long.
func names(what string, count int) (all []string) {
	for i := range count {
		name := fmt.Sprintf("%s %d", what, i)
		if i%7 == 3 {
			name = "extensor carpi radialis longus of the " + name
		}
		all = append(all, name)
	}
	return all
}

// times returns names of things that are numbers.
func times(count int) (all []string) {
	for i := range count {
		all = append(all, fmt.Sprintf("%.3f", float64(i)*0.005))
	}
	return all
}

// ramp returns values that are all different, the largest in the middle.
func ramp(count int) []float64 {
	values := make([]float64, count)
	for i := range values {
		values[i] = 0.3 + math.Sin(float64(i)*0.7)*0.2 + float64(i%5)*1e-3
	}
	return values
}

// kinds makes every kind of figure of r hidden neurons, n visible ones and m stimuli that are
// no images.
func kinds(look Look, r, n, m int) map[string]func() *Figure {
	w, h, v := ramp(r*n), ramp(r), ramp(n)
	explained := ramp(n)
	explained[0], explained[n-1] = math.NaN(), -3
	neurons := Counted{Label: "hidden neuron", Count: r}
	all := map[string]func() *Figure{}
	for name, named := range map[string][2][]string{"": {nil, nil}, " with names": {names("muscle", n), names("reach", m)}, " over time": {names("cell", n), times(m)}} {
		per := (m + 499) / 500
		visible := Counted{Label: "visible neuron", Count: n, Names: named[0]}
		stimuli := Counted{Label: "stimulus", Count: m, Per: per, Names: named[1]}
		all["parts and rates"+name] = func() *Figure {
			return PartsAndRates(look, Factors{W: w, H: ramp(r * stimuli.columns()), Used: h, Visible: visible, Stimuli: stimuli})
		}
		for _, conditions := range [][]string{{""}, {"walking", "running"}, names("walking on a treadmill at a speed that is slow", 8)} {
			points := min(m, 200)
			course := Counted{Label: "% of a recording", Count: points, Names: times(points)}
			var courses []Averaged
			for k, condition := range conditions {
				a := Averaged{Name: condition, Recordings: 10 * k, Mean: ramp(r * points), SD: ramp(r * points)}
				if k == 2 {
					a.SD = nil
				}
				courses = append(courses, a)
			}
			all[fmt.Sprintf("averages of %d%s", len(conditions), name)] = func() *Figure {
				return PartsAndRates(look, Factors{W: w, Courses: courses, Used: h, Visible: visible, Stimuli: course})
			}
		}
		all["profile"+name] = func() *Figure {
			return Profile(look, Seen{H: h, Prediction: v, Stimulus: v, Explained: explained, Visible: visible})
		}
		for _, count := range []int{2, 40} {
			groups := Factors{W: w, Used: h, Visible: visible, Stimuli: Counted{Label: "% of a recording", Count: 10}, Over: "groups", Notes: []string{"Each part has a length of 1."}}
			for g := range count {
				d := Dots{W: slices.Clone(w), Colour: g%3 - 1}
				d.W[0] = math.NaN()
				groups.Dots = append(groups.Dots, d)
			}
			for a := range r {
				groups.Titles = append(groups.Titles, fmt.Sprintf("part %d, in %d of %d groups", a, count-1, count))
			}
			for k, condition := range []string{"walking", "running on a treadmill"} {
				a := Averaged{Name: condition, Recordings: count, Mean: ramp(r * 10), SD: ramp(r * 10)}
				for p := range 10 * k { // the first neuron has no course
					a.Mean[p] = math.NaN()
				}
				groups.Courses = append(groups.Courses, a)
			}
			all[fmt.Sprintf("%d groups%s", count, name)] = func() *Figure { return PartsAndRates(look, groups) }
		}
		all["similarity"+name] = func() *Figure {
			axis := Counted{Label: "group", Count: r, Names: names("subject", r)}
			return Matrix(look, ramp(r*r), Axes{Rows: axis, Columns: axis, Shade: "mean cosine of matched parts", White: 0.2, Written: true})
		}
		all["raster"+name] = func() *Figure {
			return Matrix(look, ramp(r*stimuli.columns()), Axes{Rows: neurons, Columns: stimuli, Shade: "hidden rate"})
		}
		all["synapses"+name] = func() *Figure {
			return Matrix(look, w, Axes{Rows: neurons, Columns: visible, Shade: "synapse"})
		}
		all["transposed"+name] = func() *Figure {
			return Matrix(look, w, Axes{Rows: visible, Columns: neurons, Shade: "synapse"})
		}
	}
	return all
}

// tiled makes every kind of figure of r hidden neurons, height×width visible ones that are
// the pixels of images, and of a run.
func tiled(look Look, r, height, width int) map[string]func() *Figure {
	n := height * width
	w, h, v := ramp(r*n), ramp(r), ramp(n)
	shown := ramp(n)
	course := Course{Rates: ramp(r * 51), Hidden: r, Step: 1, Axis: "recognition step", Unit: "step", Stimulus: shown, Height: height, Width: width}
	predicted := course
	predicted.Prediction = func(int) []float64 { return ramp(n) }
	spiking := predicted
	spiking.Spikes, spiking.Visible, spiking.Step, spiking.Unit, spiking.Axis = []int{0, -1, n - 1}, n, 0.1, "ms", "time (ms)"
	epochs, fall := []int{1, 2, 5, 10, 100, 12_000}, []float64{123_456, 100_000, 1000, 10, 9, 8.7654}
	truth, none := ramp(5*n), []int{0, -1, r - 1, 0, 0}
	networks := []Factorisation{{"non-negative rates and synapses (NMF)", w, h, v}, {"orthonormal synapses, signed rates and synapses (PCA)", negated(w), h, v}}
	frames := []Frame{{0, 0, w}, {1, 123_456, w}, {10, 10, w}, {12_000, 8.7654, w}}
	return map[string]func() *Figure{
		"parts":         func() *Figure { return Parts(look, w, height, width) },
		"decomposition": func() *Figure { return Decomposition(look, w, h, v, shown, height, width) },
		"no prediction": func() *Figure { return Decomposition(look, w, h, nil, shown, height, width) },
		"comparison":    func() *Figure { return Comparison(look, networks, shown, height, width) },
		"recovery":      func() *Figure { return Recovery(look, truth, w, none, ramp(5), 0.4, height, width) },
		"time course":   func() *Figure { return TimeCourse(look, predicted) },
		"spikes":        func() *Figure { return TimeCourse(look, spiking) },
		"without tiles": func() *Figure {
			return TimeCourse(look, Course{Rates: course.Rates, Hidden: r, Step: 1, Axis: "recognition step", Unit: "step"})
		},
		"only a stimulus": func() *Figure { return TimeCourse(look, course) },
		"objective":       func() *Figure { return Objective(look, epochs, fall, "D") },
		"a few epochs":    func() *Figure { return Objective(look, epochs[:3], []float64{3, 2, 1}, "D = Σ p − v + v log v/p") },
		"film":            func() *Figure { return Film(look, frames, epochs, fall, "D", height, width) },
	}
}

// scores makes figures of a score card of some rules and sizes.
func scores(rules, tasks int) map[string]func() *Figure {
	var panels []Panel
	var curves []Curve
	for k := range tasks {
		p := Panel{Title: fmt.Sprintf("Task %d, whose title is as long as one that says what is in it", k), Axis: "share of runs solved"}
		for i := range rules {
			label := fmt.Sprintf("divisive-modulation-%d, r = 128", i)
			p.Points = append(p.Points, Interval{Label: label, Mean: 1e5 * float64(i+1), Low: 1e5, High: 1e6, Group: i})
			c := Curve{Of: fmt.Sprintf("share of true parts whose cosine with the part of the neuron that is matched to them is high, %d", k), Label: label}
			for _, at := range []float64{0.02, 0.04, 0.06, 0.08, 0.9}[:1+4*(k+i)%5] {
				c.Points = append(c.Points, Interval{At: at, Mean: 0.5 + at, Low: 0.4, High: 0.9})
			}
			curves = append(curves, c)
		}
		panels = append(panels, p)
	}
	var ways []Descent
	for k := range 2 {
		for i := range rules {
			way := Descent{Of: fmt.Sprintf("squared error above the lowest, E/%d − 1", 2000*(k+1)), Label: fmt.Sprintf("gaussian-%d, relaxation 1.875", i), Peer: i == 0}
			for at := range tasks + 1 {
				way.Seconds, way.Values = append(way.Seconds, 0.02*math.Pow(7, float64(at))), append(way.Values, 1e4/math.Pow(9, float64(at+i)))
			}
			ways = append(ways, way)
		}
	}
	return map[string]func() *Figure{
		"descents": func() *Figure { return Descents(ways) },
		"score":    func() *Figure { return Score(panels) },
		"series":   func() *Figure { return Series("learning rate of the rule", curves) },
	}
}

// TestScoresAreLegible draws score cards of one task and rule, and of many.
func TestScoresAreLegible(t *testing.T) {
	for _, rules := range []int{1, 2, 9} {
		for _, tasks := range []int{1, 2, 5} {
			legible(t, Look{}, scores(rules, tasks))
		}
	}
}

// TestMarks demands values that are round, few, and two at least on an axis from 0.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		hi   float64
		most int
		want string
	}{
		{0.45, 2, "0 0.2 0.4"}, {1.04, 5, "0 0.5 1"}, {2.4, 2, "0 2"}, {1, 5, "0 0.2 0.4 0.6 0.8 1"}, {12_345, 3, "0 5000 10,000"}, {0, 3, "0"},
	} {
		var got []string
		for _, m := range marks(0, c.hi, c.most) {
			got = append(got, m.Label)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("to %v with %d: %q, want %q", c.hi, c.most, got, c.want)
		}
	}
	for _, hi := range []float64{math.NaN(), math.Inf(1), math.MaxFloat64, math.SmallestNonzeroFloat64} {
		marks(0, hi, 3) // ends
	}
}

// TestSpread demands that places are kept where they have room, share what they move where
// they have none, and stay within limits.
func TestSpread(t *testing.T) {
	for _, c := range []struct{ places, want []vg.Length }{
		{[]vg.Length{90, 50, 20}, []vg.Length{90, 50, 20}},
		{[]vg.Length{51, 49}, []vg.Length{55, 45}},
		{[]vg.Length{99, 99, 99}, []vg.Length{100, 90, 80}},
		{[]vg.Length{1, 0, 0}, []vg.Length{20, 10, 0}},
		{[]vg.Length{60, 50.5, 20}, []vg.Length{60.25, 50.25, 20}},
	} {
		got := spread(c.places, 10, 0, 100)
		for k := range got {
			if math.Abs(float64(got[k]-c.want[k])) > 1e-9 {
				t.Errorf("%v: %v, want %v", c.places, got, c.want)
				break
			}
		}
	}
}

// ownWidths makes the figures that have a width of their own.
func ownWidths(r, height, width int) map[string]func() *Figure {
	n := height * width
	w, v := ramp(r*n), ramp(n)
	var states []Settling
	for _, step := range []int{0, 1, 2, 5, 10, 1000} {
		states = append(states, Settling{step, ramp(r), v})
	}
	all := map[string]func() *Figure{}
	for name, f := range map[string]Feedback{"divisive": Divisive, "subtractive": Subtractive, "competing": Competition} {
		all[name] = func() *Figure { return Network(Look{}, w, v, states, nil, f, height, width) }
		all[name+", chosen"] = func() *Figure {
			return Network(Look{}, w, v, states, []int{0, r / 3, r / 2, r - 1}[:min(r, 4)], f, height, width)
		}
	}
	words := []Word{{"internationalisation", 3}, {"lead", 2}, {"a", 1}, {"counterrevolutionaries", 1}, {"bank", 1}, {"metal", 1}, {"vote", 1}, {"x", 0}}
	features := []Feature{{0, words, 12}, {r - 1, words, 0}}
	all["features"] = func() *Figure {
		return Features(features, Document{"a title that is longer than a line has room for, and goes on and on", words}, Meaning{"lead", features, []float64{0.7, 0.3}})
	}
	return all
}

// negated returns values with the sign of some changed.
func negated(values []float64) []float64 {
	out := slices.Clone(values)
	for i := 0; i < len(out); i += 3 {
		out[i] = -out[i]
	}
	return out
}

// TestTextIsLegible draws every kind of figure of few and many hidden neurons, visible
// neurons and stimuli on one column and on two, and demands that no text is on another, cut
// or too small. The campaign takes all sizes, the suite some.
func TestTextIsLegible(t *testing.T) {
	if suite.Brief() {
		t.Skip("-short: draws many figures")
	}
	hidden, visible := []int{1, 49}, [][2]int{{1, 5}, {7, 7}}
	stimuli := []int{10, 1003}
	looks, drawn := []Look{{}, {Width: OneColumn, Light: true}, {Width: TwoColumns}}, 0
	if suite.Asked() {
		hidden, visible = []int{1, 3, 5, 12, 49, 300}, [][2]int{{1, 5}, {13, 1}, {5, 8}, {7, 7}, {5, 15}, {10, 20}, {18, 37}}
		stimuli = []int{5, 24, 200, 1003, 100_000}
	}
	for _, r := range hidden {
		for k, shape := range visible {
			looks := looks
			if !suite.Asked() { // one in turn
				looks = looks[drawn%len(looks):][:1]
				drawn++
			}
			t.Run(fmt.Sprintf("r=%d n=%d", r, shape[0]*shape[1]), func(t *testing.T) {
				t.Parallel()
				for _, look := range looks {
					legible(t, look, tiled(look, r, shape[0], shape[1]))
					if look.Width == 0 {
						legible(t, look, ownWidths(r, shape[0], shape[1]))
					}
					for i, m := range stimuli {
						if suite.Full() || i == k%len(stimuli) {
							legible(t, look, kinds(look, r, shape[0]*shape[1], m))
						}
					}
				}
			})
		}
	}
}

// legible demands that the texts of figures can be read, and that they are as wide as was asked for.
func legible(t *testing.T, look Look, figures map[string]func() *Figure) {
	t.Helper()
	for name, figure := range figures {
		plain := figure()
		excused := strings.Contains(strings.Join(plain.notes, " "), "the figure is wider")
		f := plain.Captioned("a run, seed 1999. Stimulus 12: a stimulus with a name that is so long that a line has no room for it.")
		if faults := illegible(f); faults != nil {
			t.Errorf("%s, %d mm: %d faults: %s", name, look.Width, len(faults), strings.Join(faults[:min(3, len(faults))], "; "))
		}
		if asked := vg.Length(look.Width) * vg.Millimeter; look.Width > 0 && math.Abs(float64(f.width-asked)) > 1 != excused {
			t.Errorf("%s is %v wide; %v was asked for", name, f.width, asked)
		}
	}
}
