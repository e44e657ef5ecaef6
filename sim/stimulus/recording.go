package stimulus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Recording is stimuli of a set that follow each other and belong together: a file, or one
// repetition of a movement or of a stimulus. Subject, condition and trial say to what groups
// it belongs; each is "" where it is not known.
type Recording struct {
	Name                      string // such as that of its file
	Subject, Condition, Trial string
	From, To                  int // its stimuli are those from From up to, but not with, To
}

// Count is the number of its stimuli.
func (r Recording) Count() int { return r.To - r.From }

// Cut cuts each recording, or all stimuli where there are none, into repetitions of n stimuli, whose
// number from 1 is their trial or is added to it. It returns an error for a recording that is not a
// number of whole repetitions.
func (s *Set) Cut(n int) error {
	whole, all := s.Recordings, []Recording(nil)
	if whole == nil {
		whole = []Recording{{To: s.Count}}
	}
	for _, r := range whole {
		of := r.Name
		if of == "" {
			of = s.Source
		}
		if rest := r.Count() % n; rest != 0 {
			return fmt.Errorf("groups.cycle = %d: %s has %s, which are %s and %s more; allowed is a number of which all recordings are multiples, or 0 for whole recordings", n, of, number(r.Count(), "stimulus", "stimuli"), number(r.Count()/n, "repetition", "repetitions"), number(rest, "stimulus", "stimuli"))
		}
		for k := range r.Count() / n {
			cycle := "cycle " + strconv.Itoa(k+1)
			one := Recording{Name: cycle, Subject: r.Subject, Condition: r.Condition, Trial: strconv.Itoa(k + 1), From: r.From + k*n, To: r.From + (k+1)*n}
			if r.Name != "" {
				one.Name = r.Name + ", " + cycle
			}
			if r.Trial != "" {
				one.Trial = r.Trial + ", " + cycle
			}
			all = append(all, one)
		}
	}
	s.Recordings = all
	s.Read = append(s.Read, fmt.Sprintf("cut into %s of %d stimuli", number(len(all), "repetition", "repetitions"), n))
	return nil
}

// Summary says what recordings there are: how many, of how many stimuli each, and their subjects,
// conditions and trials, of many the first.
func Summary(recordings []Recording) string {
	least, most := recordings[0].Count(), recordings[0].Count()
	for _, r := range recordings {
		least, most = min(least, r.Count()), max(most, r.Count())
	}
	each := number(least, "stimulus", "stimuli")
	if most > least {
		each = fmt.Sprintf("%d to %d stimuli", least, most)
	}
	said := []string{number(len(recordings), "recording", "recordings") + " of " + each}
	for _, field := range recordingFields {
		var values []string
		for _, r := range recordings {
			if value := r.field(field); value != "" && !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		if values != nil {
			said = append(said, fmt.Sprintf("%s: %s", number(len(values), field, field+"s"), firstFew(values)))
		}
	}
	return strings.Join(said, "; ")
}

// firstFew lists things, of many the first.
func firstFew(things []string) string {
	const most = 5
	if len(things) > most {
		return strings.Join(things[:most], ", ") + ", ..."
	}
	return strings.Join(things, ", ")
}
