package network

import "fmt"

// Order is the order in which an epoch updates rates and synapses.
type Order int

// The orders.
const (
	// LearnRecognise updates the synapses from the old rates, then the rates
	// with the new synapses: the order in which Fig. 2 of Lee & Seung (1999)
	// lists the updates, and that of scikit-learn.
	LearnRecognise Order = iota
	// RecogniseLearn updates the rates with the old synapses, then the
	// synapses with the new rates: the order of Seung's script of 1999.
	RecogniseLearn
	// Simultaneous updates both from one state, the form that follows from
	// expectation maximisation. Only a rule that allows it can be paired with
	// it: see learning.Rule.
	Simultaneous
)

var orderNames = [...]string{"learn-recognise", "recognise-learn", "simultaneous"}

// String returns the name that experiments use.
func (o Order) String() string {
	if o < 0 || int(o) >= len(orderNames) {
		return "unknown"
	}
	return orderNames[o]
}

// Orders returns the names of all orders.
func Orders() []string { return orderNames[:] }

// OrderNamed returns the order of that name.
func OrderNamed(name string) (Order, error) {
	for o, s := range orderNames {
		if s == name {
			return Order(o), nil
		}
	}
	return 0, fmt.Errorf("network: there is no order %q; there are %q", name, orderNames)
}
