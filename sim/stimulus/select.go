package stimulus

import "partsnet/neuron"

// Select returns a set of the stimuli of a group alone, with a copy of their rates, in their order.
// Its recordings are those of the group, numbered anew.
func (s *Set) Select(g Group) (*Set, error) {
	t, err := s.Drawn(g.Stimuli())
	if err != nil {
		return nil, err
	}
	t.Source = s.Source + ", group " + g.Name
	from := 0
	for _, r := range g.Recordings {
		count := r.Count()
		r.From, r.To = from, from+count
		from = r.To
		t.Recordings = append(t.Recordings, r)
	}
	return t, nil
}

// Drawn returns a set of the stimuli of these numbers, in that order, with a copy of their rates.
// A stimulus may come more than once. The set has no recordings.
func (s *Set) Drawn(numbers []int) (*Set, error) {
	t := *s
	t.Empty = nil
	t.Count, t.Read = len(numbers), append([]string(nil), s.Read...)
	t.Recordings, t.Names, t.Axis = nil, nil, nil
	if s.Names != nil {
		t.Names = rowsOf(s.Names, 1, numbers)
	}
	if s.Axis != nil {
		t.Axis = rowsOf(s.Axis, 1, numbers)
	}
	if s.Seen != nil {
		t.Seen = s.Seen.Of(numbers)
	}
	if s.Truth != nil {
		truth := *s.Truth
		truth.Codes = rowsOf(truth.Codes, len(truth.Codes)/s.Count, numbers)
		t.Truth = &truth
	}
	if s.Counts == nil {
		t.Rates = rowsOf(s.Rates, s.Size, numbers)
		return &t, nil
	}
	start, at, rates := []int{0}, []int32(nil), []float64(nil)
	for _, i := range numbers {
		s.Counts.Each(i, func(j int, x float64) {
			at, rates = append(at, int32(j)), append(rates, x)
		})
		start = append(start, len(at))
	}
	var err error
	t.Counts, err = neuron.CountsOf(s.Size, start, at, rates)
	return &t, err
}

// rowsOf returns some rows of a matrix.
func rowsOf[T any](x []T, cols int, numbers []int) []T {
	rows := make([]T, 0, len(numbers)*cols)
	for _, i := range numbers {
		rows = append(rows, x[i*cols:(i+1)*cols]...)
	}
	return rows
}
