package experiment

// RequestError is the error of a request that cannot be met: a config, arguments or data
// that are wrong, or too large. Other errors are failures of the run.
type RequestError struct{ Err error }

// Error returns the text of the error within.
func (e *RequestError) Error() string { return e.Err.Error() }

// Unwrap returns the error within.
func (e *RequestError) Unwrap() error { return e.Err }
