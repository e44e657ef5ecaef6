package draw

import "partsnet/sim/outcome"

// kind is what stimuli are to the eye.
type kind int

const (
	vectors kind = iota
	images
	documents
)

// kindOf returns the kind of the stimuli of an outcome.
func kindOf(o *outcome.Outcome) kind {
	switch {
	case o.Stimuli.Texts:
		return documents
	case o.Stimuli.Height > 0:
		return images
	}
	return vectors
}

// of returns what reports whether the stimuli of an outcome are of a kind.
func of(k kind) func(o *outcome.Outcome) bool {
	return func(o *outcome.Outcome) bool { return kindOf(o) == k }
}

// shaped reports whether stimuli are images, or documents with a shape of their own.
func shaped(o *outcome.Outcome) bool { return o.Stimuli.Height > 0 }
