package stimulus

import (
	"fmt"
	"slices"
)

// Repeated returns the groups of recordings that repeat each other: those of the same subject and
// condition, as far as these are known of all.
func Repeated(recordings []Recording) []Group {
	var by []string
	for _, field := range []string{BySubject, ByCondition} {
		if !slices.ContainsFunc(recordings, func(r Recording) bool { return r.field(field) == "" }) {
			by = append(by, field)
		}
	}
	groups, err := Groups(recordings, by)
	if err != nil {
		panic("stimulus: " + err.Error()) // all have the fields
	}
	return groups
}

// Averaged returns a set of the means of recordings that repeat each other, point by point:
// stimulus t of a group is the mean of the stimuli t of its recordings, which have the same length.
// Each group becomes a recording. Where single recordings have noise σ, the means of n have σ/√n.
func (s *Set) Averaged() (*Set, error) {
	switch {
	case s.Recordings == nil:
		return nil, fmt.Errorf("%s is not made of recordings, which could be averaged", s.Source)
	case s.Seen != nil:
		return nil, fmt.Errorf("%s: rates are missing; allowed are recordings without missing values, which are averaged point by point", s.Source)
	case s.Counts != nil:
		return nil, fmt.Errorf("%s: counts are not averaged", s.Source)
	}
	groups := Repeated(s.Recordings)
	a := *s
	a.Empty = nil
	a.Rates, a.Names, a.Axis, a.AxisName, a.Recordings, a.Count = nil, nil, nil, "", nil, 0
	var codes []float64
	for _, g := range groups {
		length := g.Recordings[0].Count()
		r := Recording{Name: g.Name, Subject: g.Subject, Condition: g.Condition, Trial: g.Trial, From: a.Count, To: a.Count + length}
		var from []int
		for _, one := range g.Recordings {
			if one.Count() != length {
				return nil, fmt.Errorf("%s: the recordings %q and %q have %d and %d stimuli; allowed are recordings of one length, which are averaged point by point",
					s.Source, g.Recordings[0].Name, one.Name, length, one.Count())
			}
			from = append(from, one.From)
		}
		a.Rates = append(a.Rates, meanOf(s.Rates, s.Size, length, from)...)
		if s.Truth != nil {
			codes = append(codes, meanOf(s.Truth.Codes, len(s.Truth.Codes)/s.Count, length, from)...)
		}
		before := ""
		if g.Name != "" {
			before = g.Name + ", "
		}
		for t := range length {
			a.Names = append(a.Names, fmt.Sprintf("%smean of point %d", before, t))
		}
		a.Recordings, a.Count = append(a.Recordings, r), r.To
	}
	if s.Truth != nil {
		truth := *s.Truth
		truth.Codes, a.Truth = codes, &truth
	}
	a.Read = append(slices.Clone(s.Read), fmt.Sprintf("%s averaged to %s", number(len(s.Recordings), "recording was", "recordings were"), number(len(groups), "mean", "means")))
	return &a, nil
}

// meanOf returns the mean of blocks of rows of a matrix, each of that length, which begin at the
// rows from.
func meanOf(x []float64, cols, length int, from []int) []float64 {
	mean := make([]float64, length*cols)
	for _, i := range from {
		for k, y := range x[i*cols : (i+length)*cols] {
			mean[k] += y
		}
	}
	for k := range mean {
		mean[k] /= float64(len(from))
	}
	return mean
}
