package generate

import "math"

// Part is one part of a generated face.
type Part struct {
	Region string // where on the face; a face has at most one part a region
	Name   string // which variant
	draw   ink
}

// Where the eyes and brows are, and the usual half-thickness of a line, in
// units of half the image.
const (
	eyeX, eyeY, browY = 0.38, -0.15, -0.37
	line              = 0.045
)

var everywhere = math.Inf(1)

// Parts returns the 49 parts, region by region.
func Parts() []Part {
	parts := []Part{
		{"hair", "fringe", blob(0, -.95, .55, .17, 0)},
		{"hair", "left part", blob(-.45, -.82, .30, .14, -.5)},
		{"hair", "right part", blob(.45, -.82, .30, .14, .5)},
		{"hair", "crown", ring(0, -.1, .85, .82, .05, -everywhere, -.45)},
		{"hair", "sides", over(blob(-.90, -.25, .09, .35, 0), blob(.90, -.25, .09, .35, 0))},
		{"hair", "forelock", blob(0, -.68, .16, .14, 0)},
	}
	for _, s := range sides {
		x := s.sign * eyeX
		parts = append(parts,
			Part{s.name + " brow", "flat", arc(x, browY, .20, 0, line, 0)},
			Part{s.name + " brow", "arched", arc(x, browY+.05, .20, -.12, line, 0)},
			Part{s.name + " brow", "slanted", arc(x, browY, .20, 0, line, -.45*s.sign)},
			Part{s.name + " brow", "thick", arc(x, browY-.02, .22, -.04, .075, 0)},
		)
	}
	for _, s := range sides {
		x := s.sign * eyeX
		parts = append(parts,
			Part{s.name + " eye", "open", over(ring(x, eyeY, .17, .09, .035, -everywhere, everywhere), blob(x, eyeY, .05, .05, 0))},
			Part{s.name + " eye", "narrow", over(arc(x, eyeY+.02, .17, 0, .035, 0), blob(x, eyeY, .045, .045, 0))},
			Part{s.name + " eye", "wide", over(ring(x, eyeY, .15, .14, .035, -everywhere, everywhere), blob(x, eyeY, .05, .05, 0))},
			Part{s.name + " eye", "closed", arc(x, eyeY+.05, .17, -.10, .04, 0)},
		)
	}
	parts = append(parts,
		Part{"nose", "thin", over(seg(0, -.10, 0, .18, .035), blob(0, .24, .07, .04, 0))},
		Part{"nose", "nostrils", over(blob(-.10, .25, .05, .045, 0), blob(.10, .25, .05, .045, 0))},
		Part{"nose", "long", over(seg(-.06, -.2, -.06, .26, .035), arc(0, .28, .10, .05, .035, 0))},
		Part{"nose", "button", ring(0, .20, .10, .09, .035, -everywhere, everywhere)},
		Part{"nose", "hooked", over(seg(.07, -.15, .07, .2, .035), seg(.07, .2, -.04, .28, .04))},
		Part{"nose", "wide base", arc(0, .22, .18, .07, .04, 0)},
		Part{"mouth", "neutral", arc(0, .53, .28, 0, .04, 0)},
		Part{"mouth", "smile", arc(0, .46, .28, .14, .04, 0)},
		Part{"mouth", "frown", arc(0, .60, .28, -.14, .04, 0)},
		Part{"mouth", "open", ring(0, .55, .13, .12, .04, -everywhere, everywhere)},
		Part{"mouth", "small", arc(0, .53, .11, 0, .06, 0)},
		Part{"mouth", "full", over(arc(0, .53, .24, .08, .055, 0), arc(0, .49, .24, -.05, .04, 0))},
		Part{"mouth", "grin", ring(0, .54, .28, .09, .035, -everywhere, everywhere)},
		Part{"mouth", "lopsided", arc(0, .52, .26, .05, .04, .35)},
		Part{"jaw", "round", ring(0, 0, .80, .94, .045, .30, everywhere)},
		Part{"jaw", "square", over(seg(-.74, .30, -.70, .78, .045), seg(.74, .30, .70, .78, .045), seg(-.6, .92, .6, .92, .045))},
		Part{"jaw", "pointed", over(seg(-.80, .30, -.05, .95, .045), seg(.80, .30, .05, .95, .045))},
		Part{"jaw", "double chin", over(arc(0, .74, .36, .08, .04, 0), arc(0, .90, .42, .05, .04, 0))},
		Part{"jaw", "beard", blob(0, .82, .26, .10, 0)},
	)
	for _, s := range sides {
		m := s.sign
		parts = append(parts,
			Part{s.name + " cheek", "hollow", blob(.62*m, .18, .09, .17, 0)},
			Part{s.name + " cheek", "dimple", blob(.46*m, .44, .055, .055, 0)},
			Part{s.name + " cheek", "fold", seg(float64(.26*m), .24, float64(.42*m), .52, .035)},
			Part{s.name + " cheek", "cheekbone", arc(.52*m, .10, .18, .07, .04, 0)},
		)
	}
	return parts
}

var sides = []struct {
	name string
	sign float64
}{{"left", -1}, {"right", +1}}

// presence is the probability that a region shows a part.
var presence = map[string]float64{
	"hair": .9, "left brow": .75, "right brow": .75, "left eye": .9, "right eye": .9,
	"nose": .9, "mouth": .9, "jaw": .7, "left cheek": .5, "right cheek": .5,
}
