package stimulus

import (
	"fmt"
	"slices"
	"strings"
)

// The fields of a recording by which recordings are grouped.
const (
	BySubject   = "subject"
	ByCondition = "condition"
	ByTrial     = "trial"
	ByRecording = "recording" // each recording is a group
)

// GroupFields are all of them.
var GroupFields = []string{BySubject, ByCondition, ByTrial, ByRecording}

// Group is the recordings that have the same values of some fields.
type Group struct {
	Name                      string // these values, such as "P1, walking"; no other group of the same fields has it
	Values                    []string
	Subject, Condition, Trial string // of all its recordings; "" where they differ or do not say
	Recordings                []Recording
}

// Count is the number of its stimuli.
func (g Group) Count() (n int) {
	for _, r := range g.Recordings {
		n += r.Count()
	}
	return n
}

// Stimuli returns the numbers of its stimuli.
func (g Group) Stimuli() (numbers []int) {
	for _, r := range g.Recordings {
		for i := r.From; i < r.To; i++ {
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// Groups returns the groups of recordings that have the same values of the fields by, in the order
// of their first recordings. It returns an error for a field that a recording does not have, and for
// two groups whose values make the same name.
func Groups(recordings []Recording, by []string) (groups []Group, err error) {
	at := map[string]int{} // by name
	for _, r := range recordings {
		var values []string
		for _, field := range by {
			value := r.field(field)
			if value == "" {
				return nil, fmt.Errorf("%s is not known of the recording %q; %s", field, r.Name, known(recordings))
			}
			values = append(values, value)
		}
		name := strings.Join(values, ", ")
		k, there := at[name]
		if !there {
			k, at[name] = len(groups), len(groups)
			groups = append(groups, Group{Name: name, Values: values, Subject: r.Subject, Condition: r.Condition, Trial: r.Trial})
		}
		g := &groups[k]
		if !slices.Equal(g.Values, values) {
			return nil, fmt.Errorf("two groups by %s would both be called %q: %q (%s) and %q (%s); name one of them otherwise, without %q", strings.Join(by, " and "), name, g.Values, g.Recordings[0].Name, values, r.Name, ", ")
		}
		g.Recordings = append(g.Recordings, r)
		for _, of := range []struct {
			all *string
			one string
		}{{&g.Subject, r.Subject}, {&g.Condition, r.Condition}, {&g.Trial, r.Trial}} {
			if *of.all != of.one {
				*of.all = ""
			}
		}
	}
	return groups, nil
}

// field returns the value of a field, "" where it is not known.
func (r Recording) field(name string) string {
	switch name {
	case BySubject:
		return r.Subject
	case ByCondition:
		return r.Condition
	case ByTrial:
		return r.Trial
	}
	return r.Name
}

// known says which fields all recordings have.
func known(recordings []Recording) string {
	var have []string
	for _, field := range GroupFields {
		if !slices.ContainsFunc(recordings, func(r Recording) bool { return r.field(field) == "" }) {
			have = append(have, field)
		}
	}
	if have == nil {
		return "nothing is known of all recordings"
	}
	return "of all recordings are known: " + strings.Join(have, ", ")
}
