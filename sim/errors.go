package sim

import (
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
)

// Interrupted is the error of a run that was ended by its context.
type Interrupted = outcome.Interrupted

// RequestError is the error of a request that cannot be met.
type RequestError = experiment.RequestError
