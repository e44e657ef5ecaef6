package outcome

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"partsnet/sim/stimulus"
)

// Cycles are hidden rates over the course of a recording, such as a step, averaged over the
// recordings of each condition.
type Cycles struct {
	Points     int
	Label      string   // what lies along the course
	At         []string // where on it each point lies
	Note       string   // how recordings of different lengths were brought to one, and which conditions are left out; or ""
	Conditions []Cycle  // in the order in which they come first

	brought bool // whether recordings were brought to one length
}

// Cycle is the average of a condition.
type Cycle struct {
	Condition  string // "" where it is not known
	Recordings int
	Mean       []float64 // r×points
	SD         []float64 // r×points, with divisor recordings − 1; nil of one recording
}

// mostAveraged bounds the numbers that averages hold: of very many conditions the first are averaged.
const mostAveraged = 10_000_000

// Numbers of points of a course.
const (
	MostPoints = 500 // of recordings that all have as many stimuli
	Percent    = 101 // of all others, each of which is brought to as many by linear interpolation
)

// Cycles returns the average courses; nil where there are not at least two recordings, each of at
// least two stimuli, or where stimuli are images or documents.
func (o *Outcome) Cycles() *Cycles {
	s := &o.Stimuli
	if len(s.Recordings) < 2 || s.Texts || s.Height > 0 {
		return nil
	}
	least, longest := s.Recordings[0].Count(), s.Recordings[0].Count()
	for _, r := range s.Recordings {
		least, longest = min(least, r.Count()), max(longest, r.Count())
	}
	if least < 2 {
		return nil
	}
	c := &Cycles{Points: least}
	if least < longest || least > MostPoints {
		c.brought, c.Points, c.Label = true, Percent, "% of a recording"
		length := fmt.Sprint(least)
		if least < longest {
			length = fmt.Sprintf("%d to %d", least, longest)
		}
		c.Note = fmt.Sprintf("Recordings of %s stimuli were brought to %d points by linear interpolation.", length, Percent)
		for k := range c.Points {
			c.At = append(c.At, strconv.Itoa(k))
		}
	} else {
		c.axis(s)
	}
	most, of := max(1, mostAveraged/max(1, o.Rates.Hidden*c.Points)), map[string][]stimulus.Recording{}
	for _, r := range s.Recordings {
		if of[r.Condition] == nil && len(c.Conditions) < most {
			c.Conditions = append(c.Conditions, Cycle{Condition: r.Condition})
		}
		of[r.Condition] = append(of[r.Condition], r)
	}
	if len(c.Conditions) < len(of) {
		c.Note = strings.TrimSpace(fmt.Sprintf("%s The first %d of %d conditions were averaged.", c.Note, len(c.Conditions), len(of)))
	}
	for k := range c.Conditions {
		c.average(o, of[c.Conditions[k].Condition], &c.Conditions[k])
	}
	return c
}

// axis finds where the points of recordings of one length lie: on their own axis, such as time, if
// it is the same in all, or the same from the start of each; else they are counted.
func (c *Cycles) axis(s *Stimuli) {
	c.Label = "stimulus of a recording"
	first := s.Recordings[0].From
	same, sinceStart := s.Axis != nil, s.Axis != nil
	for _, r := range s.Recordings {
		for k := 0; s.Axis != nil && k < c.Points; k++ {
			x, y := s.Axis[first+k], s.Axis[r.From+k]
			same = same && x == y
			moved := (y - s.Axis[r.From]) - (x - s.Axis[first])
			sinceStart = sinceStart && math.Abs(moved) <= 1e-6*math.Abs(s.Axis[first+c.Points-1]-s.Axis[first])
		}
	}
	for k := range c.Points {
		at := float64(k)
		switch {
		case same:
			c.Label, at = s.AxisName, s.Axis[first+k]
		case sinceStart:
			c.Label, at = s.AxisName+" since the start of a recording", s.Axis[first+k]-s.Axis[first]
		}
		c.At = append(c.At, strconv.FormatFloat(at, 'g', 6, 64))
	}
}

// average works out the mean and the standard deviation of a condition over its recordings.
func (c *Cycles) average(o *Outcome, recordings []stimulus.Recording, x *Cycle) {
	hidden := o.Rates.Hidden
	each := func(add func(place int, rate float64)) {
		from, to := make([]float64, hidden), make([]float64, hidden)
		for _, r := range recordings {
			for k := range c.Points {
				at := float64(k)
				if c.brought {
					at *= float64(r.Count()-1) / float64(c.Points-1)
				}
				before := min(int(at), r.Count()-1)
				after := min(before+1, r.Count()-1)
				share := at - float64(before)
				o.Rates.Stimulus(r.From+before, from)
				o.Rates.Stimulus(r.From+after, to)
				for a := range hidden {
					add(a*c.Points+k, float64((1-share)*from[a])+float64(share*to[a]))
				}
			}
		}
	}
	x.Recordings = len(recordings)
	x.Mean = make([]float64, hidden*c.Points)
	each(func(place int, rate float64) { x.Mean[place] += rate / float64(x.Recordings) })
	if x.Recordings < 2 {
		return
	}
	x.SD = make([]float64, hidden*c.Points)
	each(func(place int, rate float64) { x.SD[place] += float64((rate - x.Mean[place]) * (rate - x.Mean[place])) })
	for k := range x.SD {
		x.SD[k] = math.Sqrt(x.SD[k] / float64(x.Recordings-1))
	}
}
