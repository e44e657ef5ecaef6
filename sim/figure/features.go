package figure

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Word is a word and how strong it is, in any unit.
type Word struct {
	Text     string
	Strength float64
}

// Feature is what a hidden neuron stands for: its strongest words, the strongest
// first, and its rate to the document that is shown.
type Feature struct {
	Neuron int
	Words  []Word
	Rate   float64
}

// Document is a title and its most frequent words with their counts.
type Document struct {
	Title string
	Words []Word
}

// Meaning is a word and the features that share it.
type Meaning struct {
	Word     string
	Features []Feature
	Share    []float64 // of the word's occurrences that each accounts for
}

// Features draws semantic features as Fig. 4 of Lee & Seung (1999): on the left the
// features, a word the darker the stronger its synapse is; next to each a square, the
// darker the higher the rate of its neuron to the document; on the right the document,
// with the counts of its most frequent words; below a word with its meanings, which
// are features that share it.
func Features(features []Feature, document Document, meaning Meaning) *Figure {
	const (
		edge   = vg.Length(12)
		line   = vg.Length(12.5)
		width  = vg.Length(540)
		column = vg.Length(72)
		square = vg.Length(26)
	)
	perRow := 4
	block := 2*line + 16
	squares := edge + vg.Length(perRow)*column + 34
	right := squares + square + 52
	title := lines(strings.ReplaceAll(document.Title, "_", " "), width-edge-right, 3)
	top := max(vg.Length(len(features))*block, vg.Length(len(document.Words)+len(title)+1)*line) + 30
	text := width - 2*edge
	var wrapped [][]placed
	below := vg.Length(0)
	for _, f := range meaning.Features {
		words := wrap(f.Words, text-16)
		wrapped = append(wrapped, words)
		below += vg.Length(words[len(words)-1].row+2)*line + 6
	}
	if len(meaning.Features) > 0 {
		below += 26
	}
	height := top + below + 2*edge
	return &Figure{width: width, height: height, notes: []string{"A word is the darker the stronger its synapse, a square the darker the higher the rate; the first features have the highest rates here, the others are much used elsewhere."}, draw: func(c draw.Canvas) {
		c.SetColor(paper)
		c.Fill(c.Rectangle.Path())
		left := func(size float64, shade color.Color) draw.TextStyle {
			s := lettering(size, shade)
			s.XAlign = draw.XLeft
			return s
		}
		y := height - edge - 10
		c.FillText(left(9, ink), vg.Point{X: edge, Y: y}, "semantic features")
		head := lettering(9, ink)
		c.FillText(head, vg.Point{X: squares + square/2, Y: y}, "hidden rates")
		for i, part := range title {
			c.FillText(left(9, ink), vg.Point{X: right, Y: y - vg.Length(i)*line}, part)
		}
		y -= 22
		highest := 0.0
		for _, f := range features {
			highest = max(highest, f.Rate)
		}
		for k, f := range features {
			at := y - vg.Length(k)*block
			number := lettering(7, frame)
			number.XAlign = draw.XRight
			c.FillText(number, vg.Point{X: squares - 10, Y: at - line/2}, fmt.Sprint(f.Neuron))
			for i, w := range f.Words {
				p := vg.Point{X: edge + vg.Length(i%perRow)*column, Y: at - vg.Length(i/perRow)*line}
				c.FillText(left(9, fade(w.Strength, strongestOf(f.Words))), p, fitted(w.Text, column-6))
			}
			box := vg.Rectangle{Min: vg.Point{X: squares, Y: at - line/2 - square/2}, Max: vg.Point{X: squares + square, Y: at - line/2 + square/2}}
			c.SetColor(shade(f.Rate, highest))
			c.Fill(box.Path())
			c.SetLineStyle(draw.LineStyle{Color: ink, Width: hairline})
			c.Stroke(box.Path())
		}
		c.FillText(lettering(15, ink), vg.Point{X: squares + square + 26, Y: y - vg.Length(len(features)-1)*block/2 - line/2}, "≈")
		most := strongestOf(document.Words)
		for i, w := range document.Words {
			p := vg.Point{X: right, Y: y - vg.Length(i+len(title)-1)*line}
			shade := fade(w.Strength, most)
			count := lettering(9, shade)
			count.XAlign = draw.XRight
			c.FillText(count, vg.Point{X: width - edge, Y: p.Y}, number(w.Strength))
			c.FillText(left(9, shade), p, fitted(w.Text, width-edge-right-count.Width(number(w.Strength))-6))
		}
		if len(meaning.Features) == 0 {
			return
		}
		y = height - edge - top
		c.StrokeLine2(draw.LineStyle{Color: pale, Width: hairline}, edge, y, width-edge, y)
		y -= 16
		c.FillText(left(9, ink), vg.Point{X: edge, Y: y}, fmt.Sprintf("meanings of “%s”", meaning.Word))
		y -= line + 4
		for k, f := range meaning.Features {
			share := fmt.Sprintf("neuron %d, %.0f %% of its occurrences", f.Neuron, 100*meaning.Share[k])
			c.FillText(left(7, ink), vg.Point{X: edge, Y: y}, share)
			y -= line
			for _, w := range wrapped[k] {
				shade := color.Color(fade(w.Strength, strongestOf(f.Words)))
				if w.Text == meaning.Word {
					shade = vermilion
				}
				c.FillText(left(9, shade), vg.Point{X: edge + 8 + w.x, Y: y - vg.Length(w.row)*line}, w.Text)
			}
			y -= vg.Length(wrapped[k][len(wrapped[k])-1].row+1)*line + 6
		}
	}}
}

// placed is a word with its place in a paragraph.
type placed struct {
	Word
	x   vg.Length
	row int
}

// wrap breaks words into lines of that width.
func wrap(words []Word, width vg.Length) []placed {
	const space = 7
	style := lettering(9, ink)
	var out []placed
	x, row := vg.Length(0), 0
	for _, w := range words {
		wide := style.Width(w.Text)
		if x > 0 && x+wide > width {
			x, row = 0, row+1
		}
		out = append(out, placed{w, x, row})
		x += wide + space
	}
	if out == nil {
		out = []placed{{}}
	}
	return out
}

// fade returns ink for a strength at top, paler below, and never too pale to read.
func fade(strength, top float64) color.Gray {
	const palest = 0xb4
	if top == 0 {
		return ink
	}
	share := min(1, max(0, strength/top))
	return color.Gray{Y: uint8(math.Round(palest - share*(palest-0x10)))}
}

// strongestOf returns the largest strength.
func strongestOf(words []Word) float64 {
	top := 0.0
	for _, w := range words {
		top = max(top, w.Strength)
	}
	return top
}

// fitted returns a text, cut where it would be wider.
func fitted(text string, width vg.Length) string {
	style := lettering(9, ink)
	if style.Width(text) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 1 && style.Width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// lines breaks a text between words into at most a number of lines of a width; the
// last is cut if it is wider. An empty text is one empty line.
func lines(text string, width vg.Length, most int) (out []string) {
	style := lettering(9, ink)
	words := strings.Fields(text)
	for len(words) > 0 && len(out) < most-1 {
		k := 1
		for k < len(words) && style.Width(strings.Join(words[:k+1], " ")) <= width {
			k++
		}
		out, words = append(out, fitted(strings.Join(words[:k], " "), width)), words[k:]
	}
	if len(words) > 0 || out == nil {
		out = append(out, fitted(strings.Join(words, " "), width))
	}
	return out
}
