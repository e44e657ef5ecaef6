package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// portable is a page of a PDF. Its texts are texts, with the letters that are used of the
// font in the file; the canvas of gonum would know those of one code page only.
type portable struct {
	plane
	doc    *fpdf.Fpdf
	height vg.Length
	font   bool // whether the document has it
	pen    pen
	pens   []pen
	err    error
}

// pen is how lines are drawn.
type pen struct {
	colour color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
}

// typeface is the name of the font in the document.
const typeface = "LiberationSans"

func newPortable(width, height vg.Length) *portable {
	pdfDates()
	c := &portable{doc: fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: float64(width), Ht: float64(height)}}), height: height}
	c.doc.SetMargins(0, 0, 0)
	c.doc.SetAutoPageBreak(false, 0)
	c.doc.AddPage()
	vg.Initialize(c)
	return c
}

// WriteTo ends the document and writes it.
func (c *portable) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if c.err == nil {
		c.err = c.doc.Output(&b)
	}
	if c.err != nil {
		return 0, c.err
	}
	return b.WriteTo(w)
}

// on returns where a point is on the page, from its upper left corner.
func (c *portable) on(at vg.Point) (x, y float64) {
	p := c.onPage(at)
	return float64(p.X), float64(c.height - p.Y)
}

func (c *portable) Push()                 { c.push(); c.pens = append(c.pens, c.pen) }
func (c *portable) Translate(by vg.Point) { c.translate(by) }
func (c *portable) Rotate(by float64)     { c.rotate(by) }
func (c *portable) Scale(x, y float64)    { c.scale(x, y) }

func (c *portable) Pop() {
	c.pop()
	c.pen, c.pens = c.pens[len(c.pens)-1], c.pens[:len(c.pens)-1]
	c.use()
}

func (c *portable) SetLineWidth(w vg.Length) { c.pen.width = w; c.use() }
func (c *portable) SetColor(to color.Color)  { c.pen.colour = to; c.use() }
func (c *portable) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.pen.dashes, c.pen.offset = dashes, offset
	c.use()
}

// use hands the pen to the document.
func (c *portable) use() {
	c.doc.SetLineWidth(float64(c.pen.width))
	var dashes []float64
	for _, d := range c.pen.dashes {
		dashes = append(dashes, float64(d))
	}
	c.doc.SetDashPattern(dashes, float64(c.pen.offset))
	if c.pen.colour != nil {
		r, g, b, _ := c.pen.colour.RGBA()
		for _, set := range []func(r, g, b int){c.doc.SetDrawColor, c.doc.SetFillColor, c.doc.SetTextColor} {
			set(int(r>>8), int(g>>8), int(b>>8))
		}
	}
}

func (c *portable) Stroke(p vg.Path) {
	if c.pen.width > 0 {
		c.path(p, "D")
	}
}

func (c *portable) Fill(p vg.Path) { c.path(p, "F") }

// path draws a path.
func (c *portable) path(p vg.Path, how string) {
	if len(p) == 0 {
		return
	}
	var at vg.Point
	for _, part := range p {
		switch part.Type {
		case vg.MoveComp:
			c.doc.MoveTo(c.on(part.Pos))
		case vg.LineComp:
			c.doc.LineTo(c.on(part.Pos))
		case vg.CurveComp:
			x, y := c.on(part.Pos)
			first, second := part.Control[0], part.Control[len(part.Control)-1]
			if len(part.Control) == 1 { // of second degree
				first, second = twoThirds(at, first), twoThirds(part.Pos, first)
			}
			x1, y1 := c.on(first)
			x2, y2 := c.on(second)
			c.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case vg.ArcComp:
			at = c.arc(part)
			continue
		case vg.CloseComp:
			c.doc.ClosePath()
			continue
		}
		at = part.Pos
	}
	c.doc.DrawPath(how)
}

// twoThirds returns the point two thirds of the way from a to b.
func twoThirds(a, b vg.Point) vg.Point {
	return vg.Point{X: a.X + (b.X-a.X)*2/3, Y: a.Y + (b.Y-a.Y)*2/3}
}

// arc draws an arc as curves of at most a quarter of a circle, and returns its end.
func (c *portable) arc(part vg.PathComp) vg.Point {
	pieces := max(1, int(math.Ceil(math.Abs(part.Angle)/(math.Pi/2)-1e-9)))
	step := part.Angle / float64(pieces)
	reach := 4.0 / 3 * math.Tan(step/4)
	point := func(angle, along float64) vg.Point {
		sin, cos := math.Sincos(angle)
		return vg.Point{X: part.Pos.X + part.Radius*vg.Length(cos-along*sin), Y: part.Pos.Y + part.Radius*vg.Length(sin+along*cos)}
	}
	c.doc.LineTo(c.on(point(part.Start, 0)))
	for k := range pieces {
		from, to := part.Start+float64(k)*step, part.Start+float64(k+1)*step
		x1, y1 := c.on(point(from, reach))
		x2, y2 := c.on(point(to, -reach))
		x, y := c.on(point(to, 0))
		c.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
	}
	return point(part.Start+part.Angle, 0)
}

// FillString writes the text with its base line beginning at the point.
func (c *portable) FillString(f font.Face, at vg.Point, text string) {
	if !c.font {
		var source bytes.Buffer
		if _, err := f.Face.WriteSourceTo(nil, &source); err != nil {
			c.err = err
			return
		}
		c.doc.AddUTF8FontFromBytes(typeface, "", source.Bytes())
		c.font = true
	}
	c.doc.SetFont(typeface, "", float64(f.Font.Size))
	x, y := c.on(at)
	if angle := math.Atan2(c.now.b, 1+c.now.a); angle != 0 {
		c.doc.TransformBegin()
		c.doc.TransformRotate(angle*180/math.Pi, x, y)
		defer c.doc.TransformEnd()
	}
	c.doc.Text(x, y, text)
}

// DrawImage draws the image into the box.
func (c *portable) DrawImage(box vg.Rectangle, img image.Image) {
	var b bytes.Buffer
	if err := png.Encode(&b, indexed(img.(*image.RGBA))); err != nil {
		c.err = err
		return
	}
	options := fpdf.ImageOptions{ImageType: "png"}
	c.doc.RegisterImageOptionsReader("tiles", options, &b)
	x, y := c.on(vg.Point{X: box.Min.X, Y: box.Max.Y})
	c.doc.ImageOptions("tiles", x, y, float64(box.Size().X), float64(box.Size().Y), false, options, 0, "")
}
