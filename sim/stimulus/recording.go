package stimulus

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
