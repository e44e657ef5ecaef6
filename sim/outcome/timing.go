package outcome

import "time"

// Timing is how long a run took, over all the times that it was killed and continued.
type Timing struct {
	Started  time.Time `json:"started"`                 // by the clock of the machine, which may be wrong
	Seconds  float64   `json:"seconds"`                 // from reading the stimuli to the last figure
	Learning float64   `json:"learning_seconds"`        // of them
	Resumed  []int     `json:"resumed_after,omitempty"` // epochs from which a killed run was continued

	Compared map[string]float64 `json:"compared_seconds,omitempty"` // for each constraint
}

// Clock measures the time of a run. Its readings do not jump with the clock of the machine.
type Clock struct {
	start    time.Time // of this session
	learning time.Time // when it began to learn; zero before and after
	learned  float64   // seconds that it learned, where it has ended
	before   Timing    // of the sessions that were killed
}

// NewClock returns a clock that starts at a time, such as now.
func NewClock(start time.Time) *Clock { return &Clock{start: start} }

// Continue adds the time of the sessions before.
func (c *Clock) Continue(before Timing) { c.before = before }

// StartLearning notes that learning begins, and StopLearning that it has ended.
func (c *Clock) StartLearning() { c.learning = time.Now() }

// StopLearning notes how long learning took.
func (c *Clock) StopLearning() { c.learned, c.learning = time.Since(c.learning).Seconds(), time.Time{} }

// Elapsed returns the time of this session.
func (c *Clock) Elapsed() time.Duration { return time.Since(c.start) }

// Learning returns the seconds that learning has taken so far.
func (c *Clock) Learning() float64 {
	if c.learning.IsZero() {
		return c.before.Learning + c.learned
	}
	return c.before.Learning + time.Since(c.learning).Seconds()
}

// Timing returns the time that the run has taken so far.
func (c *Clock) Timing(compared []Compared) Timing {
	t := c.before
	if t.Started.IsZero() {
		t.Started = c.start.UTC().Truncate(time.Second)
	}
	t.Seconds += c.Elapsed().Seconds()
	t.Learning = c.Learning()
	for _, x := range compared {
		if t.Compared == nil {
			t.Compared = map[string]float64{}
		}
		t.Compared[x.Constraint] = x.Seconds
	}
	return t
}
