package figure

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// plane follows a canvas on which what is drawn is moved, turned and stretched. Its zero
// value is the page itself.
type plane struct {
	now    motion
	before []motion
}

// motion takes a point to x = (1+a)x + cy + e, y = bx + (1+d)y + f.
type motion struct{ a, b, c, d, e, f float64 }

func (p *plane) push() { p.before = append(p.before, p.now) }

func (p *plane) pop() {
	p.now = p.before[len(p.before)-1]
	p.before = p.before[:len(p.before)-1]
}

// onPage returns where a point that is drawn is on the page.
func (p *plane) onPage(at vg.Point) vg.Point {
	x, y, m := float64(at.X), float64(at.Y), p.now
	return vg.Point{X: vg.Length((1+m.a)*x + m.c*y + m.e), Y: vg.Length(m.b*x + (1+m.d)*y + m.f)}
}

func (p *plane) translate(by vg.Point) {
	to := p.onPage(by)
	p.now.e, p.now.f = float64(to.X), float64(to.Y)
}

func (p *plane) rotate(by float64) {
	sin, cos := math.Sincos(by)
	m := p.now
	p.now.a, p.now.c = (1+m.a)*cos+m.c*sin-1, m.c*cos-(1+m.a)*sin
	p.now.b, p.now.d = m.b*cos+(1+m.d)*sin, (1+m.d)*cos-m.b*sin-1
}

func (p *plane) scale(x, y float64) {
	m := p.now
	p.now.a, p.now.b = (1+m.a)*x-1, m.b*x
	p.now.c, p.now.d = m.c*y, (1+m.d)*y-1
}
