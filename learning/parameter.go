package learning

import "math"

// Parameter is a number of a circuit or a rule that an experiment can set. Its default
// is what Value, or Count, points to when the circuit or rule has just been made.
type Parameter struct {
	Name      string   // in an experiment, below its section: "rate"
	Doc       string   // what it means, with its unit
	Value     *float64 // of a parameter that is any number; or nil
	Count     *int     // of one that is an integer; or nil
	Low, High float64  // what is allowed, both included
}

// Get returns the present value.
func (p Parameter) Get() float64 {
	if p.Count != nil {
		return float64(*p.Count)
	}
	return *p.Value
}

// Takes reports whether a value is allowed.
func (p Parameter) Takes(x float64) bool {
	return x >= p.Low && x <= p.High && (p.Count == nil || x == math.Trunc(x))
}

// Set changes the value. It panics for a value that is not allowed to be stored: a fraction
// of an integer.
func (p Parameter) Set(x float64) {
	if p.Count == nil {
		*p.Value = x
		return
	}
	if x != math.Trunc(x) {
		panic("learning: parameter " + p.Name + " is an integer")
	}
	*p.Count = int(x)
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

// Assign gives a circuit or a rule the values of parameters by their names.
func Assign(to any, values map[string]float64) {
	for _, p := range Parameters(to) {
		if x, ok := values[p.Name]; ok {
			p.Set(x)
		}
	}
}
