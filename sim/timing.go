package sim

import "time"

// timing is how long a run took, over all the times that it was killed and went on.
type timing struct {
	Started  time.Time `json:"started"`                 // by the clock of the machine, which may be wrong
	Seconds  float64   `json:"seconds"`                 // from reading the stimuli to the last figure
	Learning float64   `json:"learning_seconds"`        // of them
	Resumed  []int     `json:"resumed_after,omitempty"` // epochs after which a killed run went on

	Compared map[string]float64 `json:"compared_seconds,omitempty"` // for each constraint
}

// timing returns the time that the run has taken so far.
func (r *run[T]) timing() timing {
	t := r.before
	if t.Started.IsZero() {
		t.Started = r.start.UTC().Truncate(time.Second)
	}
	t.Seconds += time.Since(r.start).Seconds()
	t.Learning = r.learningSeconds()
	for _, c := range r.report.Compared {
		if t.Compared == nil {
			t.Compared = map[string]float64{}
		}
		t.Compared[c.Constraint] = c.Seconds
	}
	return t
}

// stopClock notes how long learning took, when it has ended.
func (r *run[T]) stopClock() { r.learned, r.learning = time.Since(r.learning).Seconds(), time.Time{} }

// learningSeconds returns the time that learning has taken so far.
func (r *run[T]) learningSeconds() float64 {
	if r.learning.IsZero() {
		return r.before.Learning + r.learned
	}
	return r.before.Learning + time.Since(r.learning).Seconds()
}

// memory returns the bytes of memory that the run was estimated to take and, where that is
// known, that this session has taken at the most.
func (r *run[T]) memory() map[string]float64 {
	m := map[string]float64{"estimated_bytes": r.need}
	if most, ok := peak(); ok {
		m["peak_bytes"] = most
	}
	return m
}
