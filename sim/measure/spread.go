package measure

import "math"

// spreads is the mean of [Spread] over parts; it is not defined if stimuli are not images.
var spreads = []Measure{{
	Name: "spread", Doc: "how far a part reaches, 0 one pixel, 1 all pixels alike",
	Formula: "√( Σ p ‖x − x̄‖² / (((height²−1) + (width²−1)) / 12) ), p = |w| / Σ|w|", High: inf,
	of: func(l *Learned) (float64, bool) {
		if l.Height == 0 {
			return 0, false
		}
		return ofParts(func(w []float64) (float64, bool) { return Spread(w, l.Height, l.Width) })(l)
	},
}}

// Spread returns how far a part of height×width pixels reaches:
//
//	√( Σ_j p_j ‖x_j − x̄‖² / ( ((height²−1) + (width²−1)) / 12 ) )
//
// with p as in [EffectiveArea], x_j the place of pixel j and x̄ their mean under
// p: 0 for one pixel, 1 for all pixels alike, more for pixels at opposite edges.
// A part can be sparse and yet scattered; area and spread together tell it from
// a local one. ok is false for a part without synapses and for images of one
// pixel.
func Spread(w []float64, height, width int) (spread float64, ok bool) {
	uniform := float64(height*height-1+width*width-1) / 12
	var total, x1, y1, square float64
	for j, v := range w {
		p, x, y := math.Abs(v), float64(j%width), float64(j/width)
		total, x1, y1, square = total+p, x1+float64(p*x), y1+float64(p*y), square+float64(p*(float64(x*x)+float64(y*y)))
	}
	if total == 0 || uniform == 0 {
		return 0, false
	}
	x1, y1, square = x1/total, y1/total, square/total
	return math.Sqrt(max(0, square-float64(x1*x1)-float64(y1*y1)) / uniform), true
}
