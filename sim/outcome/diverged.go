package outcome

// Diverged is the error of a run whose objective is no longer a finite number: its data, rates
// of learning and precision do not go together. It is the same for any number of workers.
type Diverged struct {
	Reason string // which objective, when, and why
}

// Error returns the reason.
func (e *Diverged) Error() string { return e.Reason }
