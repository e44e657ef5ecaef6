package campaign

import "time"

// left estimates the time of the jobs that have not ended, from the mean of those like them or, where
// none has ended yet, of all. It takes the same time for any number of jobs.
type left struct {
	like    map[string]*likes
	all     likes
	known   float64 // Σ over likes of which some have ended: mean · number of the others, s
	unknown int     // jobs of the other likes
}

type likes struct {
	seconds float64
	ended   int
	open    int
}

// of is the estimate for the jobs that are open.
func (s *likes) of() float64 { return s.seconds / float64(s.ended) * float64(s.open) }

func newLeft(jobs []Job) *left {
	l := &left{like: map[string]*likes{}, unknown: len(jobs)}
	for _, j := range jobs {
		if l.like[j.Like] == nil {
			l.like[j.Like] = &likes{}
		}
		l.like[j.Like].open++
	}
	return l
}

// ended counts a job that has ended.
func (l *left) ended(like string, seconds float64) {
	s := l.like[like]
	if s.ended > 0 {
		l.known -= s.of()
	} else {
		l.unknown -= s.open
	}
	s.seconds, s.ended, s.open = s.seconds+seconds, s.ended+1, s.open-1
	l.known += s.of()
	l.all.seconds, l.all.ended = l.all.seconds+seconds, l.all.ended+1
}

// time returns the estimate for so many jobs at a time.
func (l *left) time(together int) time.Duration {
	seconds := max(0, l.known)
	if l.all.ended > 0 {
		seconds += l.all.seconds / float64(l.all.ended) * float64(l.unknown)
	}
	return time.Duration(seconds / float64(max(1, together)) * float64(time.Second))
}
