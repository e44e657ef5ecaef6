package learning

// Parameter is a number of a circuit or a rule that an experiment can set. Its default
// is what Value points to when the circuit or rule has just been made.
type Parameter struct {
	Name      string // in an experiment, below its section: "rate"
	Doc       string // what it means, with its unit
	Value     *float64
	Low, High float64 // what is allowed, both included
}

// Parametric is a circuit or a rule with parameters.
type Parametric interface{ Parameters() []Parameter }

// Parameters returns the parameters of a circuit or a rule, none if it has none.
func Parameters(x any) []Parameter {
	if p, ok := x.(Parametric); ok {
		return p.Parameters()
	}
	return nil
}
