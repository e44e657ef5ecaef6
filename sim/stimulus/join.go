package stimulus

import (
	"fmt"
	"slices"
	"strconv"

	"partsnet/neuron"
)

// join returns the stimuli of several files as one set, one file after the other, each a recording.
func join(files []chosen, sets []*Set) (*Set, error) {
	first := sets[0]
	out := &Set{Size: first.Size, Height: first.Height, Width: first.Width, Neurons: first.Neurons, Texts: first.Texts, AxisName: first.AxisName}
	ordered := 0 // files whose neurons were put in the order of those of the first
	named, axis := false, true
	for k, s := range sets {
		moved, err := alike(files[0].file, first, files[k].file, s)
		if err != nil {
			return nil, err
		}
		if moved {
			ordered++
		}
		named = named || s.Names != nil
		axis = axis && s.Axis != nil && s.AxisName == first.AxisName
		out.Texts = out.Texts && s.Texts
		r := files[k].Recording
		r.From, r.To = out.Count, out.Count+s.Count
		recordings, err := r.within(s.Recordings, r.From)
		if err != nil {
			return nil, err
		}
		out.Count = r.To
		out.Recordings = append(out.Recordings, recordings...)
	}
	out.Read = together(files, sets)
	if ordered > 0 {
		out.Read = append(out.Read, fmt.Sprintf("the visible neurons of %s were put in the order of %s, by their names", number(ordered, "file", "files"), files[0].file))
	}
	if !axis {
		if slices.ContainsFunc(sets, func(s *Set) bool { return s.Axis != nil }) {
			out.Read = append(out.Read, "the axis was dropped, which not all files have by the same name")
		}
		out.AxisName = ""
	}
	for k, s := range sets {
		if axis {
			out.Axis = append(out.Axis, s.Axis...)
		}
		for i := 0; named && i < s.Count; i++ {
			name := strconv.Itoa(i)
			if s.Names != nil {
				name = s.Names[i]
			}
			out.Names = append(out.Names, files[k].Name+", "+name)
		}
	}
	if first.Counts != nil {
		return out, out.joinCounts(sets)
	}
	out.Rates = make([]float64, 0, out.Count*out.Size)
	for _, s := range sets {
		out.Rates = append(out.Rates, s.Rates...)
		s.Rates = nil
	}
	return out, nil
}

// joinCounts joins counts.
func (s *Set) joinCounts(sets []*Set) (err error) {
	if s.Count > MaxStimuli {
		return fmt.Errorf("%d stimuli of counts in all files; allowed are %d", s.Count, MaxStimuli)
	}
	start, index, rate := []int{0}, []int32{}, []float64{}
	for _, part := range sets {
		for i := range part.Count {
			part.Counts.Each(i, func(j int, x float64) { index, rate = append(index, int32(j)), append(rate, x) })
			start = append(start, len(index))
		}
	}
	s.Counts, err = neuron.CountsOf(s.Size, start, index, rate)
	return err
}

// alike brings the visible neurons of a set into the order of those of the first one, and reports
// whether they were in another. The error says what is not as in the first.
func alike(firstFile string, first *Set, file string, s *Set) (moved bool, err error) {
	switch {
	case (first.Counts != nil) != (s.Counts != nil):
		return false, fmt.Errorf("%s: counts and rates of all visible neurons cannot be one set, and %s holds the other; allowed are files of one kind", file, firstFile)
	case first.Neurons != nil && s.Neurons != nil:
		m, err := Match(s.Neurons, file, first.Neurons, firstFile)
		if err != nil {
			return false, err
		}
		if difference := m.Difference(); difference != "" {
			return false, fmt.Errorf("%s does not have the visible neurons of %s: %s; allowed are the same %d names in any order", file, firstFile, difference, first.Size)
		}
		if m.Same {
			return false, nil
		}
		err = s.Arrange(m.Place, first.Size)
		s.Neurons = first.Neurons
		return true, err
	case first.Neurons != nil:
		return false, fmt.Errorf("%s names no visible neurons, and %s does; allowed are names in all files or in none", file, firstFile)
	case s.Neurons != nil:
		return false, fmt.Errorf("%s names its visible neurons, and %s does not; allowed are names in all files or in none", file, firstFile)
	case s.Size != first.Size:
		return false, fmt.Errorf("%s has stimuli of %s, and %s of %d; allowed are the same visible neurons in all files", file, number(s.Size, "value", "values"), firstFile, first.Size)
	case s.Height != first.Height || s.Width != first.Width:
		return false, fmt.Errorf("%s has images of %d×%d, and %s of %d×%d; allowed are images of one size", file, s.Height, s.Width, firstFile, first.Height, first.Width)
	}
	return false, nil
}

// mostSaid is the number of phrases that are said of some of several files.
const mostSaid = 8

// together returns what was said of several files: what was said of all once, and other phrases with
// the files of which they were.
func together(files []chosen, sets []*Set) (said []string) {
	of := map[string][]int{}
	var phrases []string
	for k, s := range sets {
		for _, phrase := range s.Read {
			if of[phrase] == nil {
				phrases = append(phrases, phrase)
			}
			if all := of[phrase]; len(all) == 0 || all[len(all)-1] != k {
				of[phrase] = append(all, k)
			}
		}
	}
	some := 0
	for _, phrase := range phrases {
		all := of[phrase]
		if len(all) < len(sets) {
			if some++; some > mostSaid {
				continue
			}
			in := files[all[0]].file
			if more := len(all) - 1; more > 0 {
				in += fmt.Sprintf(" and %s", number(more, "other file", "other files"))
			}
			phrase = in + ": " + phrase
		}
		said = append(said, phrase)
	}
	if some > mostSaid {
		said = append(said, number(some-mostSaid, "further phrase of some files", "further phrases of some files")+" left out here")
	}
	return said
}
