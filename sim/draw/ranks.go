package draw

import (
	"fmt"
	"slices"

	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// ranks shows how much is explained with each number of hidden neurons that was tried.
var ranks = Figure{
	Name: "ranks", Doc: "how much of the stimuli is explained with each number of hidden neurons, and the one that was chosen",
	When: func(o *outcome.Outcome) bool { return o.Choice != nil },
	of:   func(o *outcome.Outcome) string { return o.Choice.String() + "." },
	draw: func(o *outcome.Outcome) *figure.Figure {
		c := o.Choice
		first := measure.ExplainedDeviation
		if c.Criterion == measure.Threshold {
			first = c.Explained
		}
		curves := []figure.RankCurve{rankCurve(c, first)}
		for _, name := range measure.ExplainedShares {
			if name != first {
				curves = append(curves, rankCurve(c, name))
			}
		}
		for _, other := range []struct {
			curve     *figure.RankCurve
			criterion string
		}{{stabilityCurve(c), measure.Stable}, {heldOutCurve(c), measure.HeldOut}} {
			switch {
			case other.curve == nil:
			case c.Criterion == other.criterion:
				curves = slices.Insert(curves, 0, *other.curve)
			default:
				curves = append(curves, *other.curve)
			}
		}
		return figure.Ranks(Look(o), curves, rankLine(c), c.Tried[c.Kept].Hidden)
	},
}

// rankCurve returns an explained share of the best start of each number, with the interval over starts.
func rankCurve(c *outcome.Choice, name string) figure.RankCurve {
	curve := figure.RankCurve{Label: name}
	for _, t := range c.Tried {
		e := t.Over(name)
		curve.Points = append(curve.Points, figure.Rank{Hidden: t.Hidden, Share: t.Share(name), Low: e.Low, High: e.High})
	}
	return curve
}

// stabilityCurve returns the stability of the starts of each number, nil for single starts.
func stabilityCurve(c *outcome.Choice) *figure.RankCurve {
	if len(c.Tried[0].Starts) < 2 {
		return nil
	}
	curve := &figure.RankCurve{Label: measure.OfStarts}
	for _, t := range c.Tried {
		curve.Points = append(curve.Points, figure.Rank{Hidden: t.Hidden, Share: t.Stability.Mean, Low: t.Stability.Low, High: t.Stability.High})
	}
	return curve
}

// heldOutCurve returns how well hidden entries are predicted with each number, nil where none were
// hidden.
func heldOutCurve(c *outcome.Choice) *figure.RankCurve {
	if c.Tried[0].HeldOut.Runs == 0 {
		return nil
	}
	curve := &figure.RankCurve{Label: "held_out", OverFolds: true}
	for _, t := range c.Tried {
		curve.Points = append(curve.Points, figure.Rank{Hidden: t.Hidden, Share: t.HeldOut.Mean, Low: t.HeldOut.Low, High: t.HeldOut.High})
	}
	return curve
}

// rankLine returns the line by which the criterion chooses, nil where it fits none.
func rankLine(c *outcome.Choice) *figure.RankLine {
	hidden := c.Hidden()
	first, last := hidden[0], hidden[len(hidden)-1]
	switch {
	case c.Criterion == measure.HeldOut:
		return nil
	case c.Criterion == measure.Stable:
		return &figure.RankLine{Label: fmt.Sprintf("the stability %v", measure.RecoveredAbove), From: figure.RankPoint{Hidden: first, Share: measure.RecoveredAbove}, To: figure.RankPoint{Hidden: last, Share: measure.RecoveredAbove}}
	case c.Criterion == measure.Threshold:
		return &figure.RankLine{Label: fmt.Sprintf("the threshold %v of %s", c.Threshold, c.Explained), From: figure.RankPoint{Hidden: first, Share: c.Threshold}, To: figure.RankPoint{Hidden: last, Share: c.Threshold}}
	case !c.Fulfilled:
		return nil
	case c.Criterion == measure.Knee:
		return &figure.RankLine{Label: "the chord from the first number to the last", From: figure.RankPoint{Hidden: first, Share: c.Tried[0].Deviation}, To: figure.RankPoint{Hidden: last, Share: c.Tried[len(hidden)-1].Deviation}}
	}
	var y []float64
	for _, t := range c.Tried[c.Kept:] {
		y = append(y, t.Deviation)
	}
	a, b := measure.Line(hidden[c.Kept:], y)
	at := func(r int) figure.RankPoint { return figure.RankPoint{Hidden: r, Share: a + float64(b*float64(r))} }
	return &figure.RankLine{Label: "the line through the numbers from the chosen one on", From: at(hidden[c.Kept]), To: at(last)}
}
