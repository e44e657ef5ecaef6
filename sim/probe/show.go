package probe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/inputs"
)

// Show is a stimulus that is shown from one step to another. Shows of one scene that overlap are
// added; while there is none the scene is blank.
type Show struct {
	Stimulus    string // by number or name
	From, Until int    // steps; Until 0 for the end
	Weight, To  float64
	Scene       string // "" for the only one
}

// same is To of a weight that does not change.
const same = -1

// mostShows is the largest number of shows.
const mostShows = 1000

func shows(p *[]Show) config.Field {
	usual := func() Show { return Show{Weight: 1, To: same} }
	return config.Tables("show", p, mostShows, usual, func(s *Show) []config.Field {
		return []config.Field{
			config.TextOrNumber("stimulus", &s.Stimulus, "stimulus by name or number; \"\" for look.stimulus of the run"),
			config.Integer("from", &s.From, 0, 100_000_000, "number of recognition steps after which it appears"),
			config.Integer("until", &s.Until, 0, 100_000_000, "number of recognition steps after which it disappears; 0 for the end"),
			config.Number("weight", &s.Weight, 0, 1e6, "by which its rates are multiplied"),
			config.Number("to", &s.To, same, 1e6, "weight in the last of these steps, to which it rises or falls along a line; -1 for the same"),
			config.Text("scene", &s.Scene, "name of the scene; scenes are presented apart, side by side"),
		}
	}, "stimuli that appear and disappear while rates carry over; those of a scene that are shown at the same time are added, and between them it is blank")
}

// end returns the step after which a show ends, of that many.
func (s *Show) end(steps int) int {
	if s.Until == 0 {
		return steps
	}
	return min(s.Until, steps)
}

// at returns the weight in a step, counted from 0; 0 where it is not shown.
func (s *Show) at(step, steps int) float64 {
	end := s.end(steps)
	if step < s.From || step >= end {
		return 0
	}
	if s.To == same || end-s.From < 2 {
		return s.Weight
	}
	share := float64(step-s.From) / float64(end-1-s.From)
	return float64(s.Weight*(1-share)) + float64(s.To*share)
}

// changes reports whether the weight is another one from step to step.
func (s *Show) changes() bool { return s.To != same && s.To != s.Weight }

// label names what is shown.
func (s *Show) label(in *inputs.Inputs, number int) string {
	if in.Set.Names != nil {
		return in.Set.Names[number]
	}
	return "stimulus " + strconv.Itoa(number)
}

// scenes are what is shown, step by step, in rows that are presented side by side.
type scenes struct {
	in    *inputs.Inputs
	shows []Show
	of    []int // the stimulus of each show
	names []string
	steps int
}

// newScenes returns the scenes of shows that fit a number of steps.
func newScenes(in *inputs.Inputs, all []Show, steps, looked int) (*scenes, error) {
	s := &scenes{in: in, shows: all, steps: steps}
	for k := range all {
		x := &all[k]
		number := looked
		if x.Stimulus != "" {
			var err error
			if number, err = in.Find(x.Stimulus); err != nil {
				return nil, fmt.Errorf("show[%d].stimulus: %w", k+1, err)
			}
		}
		s.of = append(s.of, number)
		switch {
		case x.From >= steps:
			return nil, fmt.Errorf("show[%d].from = %d; there are %d steps: allowed is 0 to %d", k+1, x.From, steps, steps-1)
		case x.Until != 0 && x.Until <= x.From:
			return nil, fmt.Errorf("show[%d].until = %d; allowed is 0, the end, or a number above from = %d", k+1, x.Until, x.From)
		case x.To < 0 && x.To != same:
			return nil, fmt.Errorf("show[%d].to = %v; allowed is a weight from 0 on, or %d for the same", k+1, x.To, same)
		case x.Weight == 0 && x.To <= 0:
			return nil, fmt.Errorf("show[%d].weight = 0: nothing would be shown; allowed is a weight, or to, above 0", k+1)
		}
		if !slices.Contains(s.names, x.Scene) {
			s.names = append(s.names, x.Scene)
		}
	}
	return s, nil
}

// sums returns what is added in each scene in a step.
func (s *scenes) sums(step int) [][]inputs.Weighted {
	sums := make([][]inputs.Weighted, len(s.names))
	for k := range s.shows {
		if weight := s.shows[k].at(step, s.steps); weight > 0 {
			row := slices.Index(s.names, s.shows[k].Scene)
			sums[row] = append(sums[row], inputs.Weighted{Stimulus: s.of[k], Weight: weight})
		}
	}
	return sums
}

// at returns the stimuli of all scenes in a step.
func (s *scenes) at(step int) (*inputs.Inputs, error) { return s.in.Mixed(s.sums(step), s.labels()) }

// changed reports whether something else is shown in a step than in the one before.
func (s *scenes) changed(step int) bool {
	return slices.ContainsFunc(s.shows, func(x Show) bool { return x.at(step, s.steps) != x.at(step-1, s.steps) })
}

// labels names the scenes.
func (s *scenes) labels() []string {
	names := slices.Clone(s.names)
	for row, name := range names {
		if name != "" {
			continue
		}
		var shown []string
		for k := range s.shows {
			if label := s.shows[k].label(s.in, s.of[k]); s.shows[k].Scene == "" && !slices.Contains(shown, label) {
				shown = append(shown, label)
			}
		}
		names[row] = strings.Join(shown, ", ")
	}
	return names
}

// says describes a show in a few words.
func (s *scenes) says(k int) string {
	x := &s.shows[k]
	text := s.shows[k].label(s.in, s.of[k])
	if x.changes() {
		text += fmt.Sprintf(" with a weight from %.4g to %.4g", x.Weight, x.To)
	} else if x.Weight != 1 {
		text += fmt.Sprintf(" with a weight of %.4g", x.Weight)
	}
	until := "to the end"
	if x.Until > 0 {
		until = fmt.Sprintf("until step %d", x.Until)
	}
	text += fmt.Sprintf(" after step %d %s", x.From, until)
	if x.Scene != "" {
		text += " in scene " + x.Scene
	}
	return text
}
