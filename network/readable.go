package network

import (
	"strings"

	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// String returns the name of the role.
func (r Role) String() string {
	return [...]string{"generative", "recognition", "lateral", "interneuron", "modulatory"}[r]
}

// Readable is an array of a network in either precision that can be read between two steps or
// epochs: the weights of a projection, or variables of the circuit.
type Readable struct {
	Name string // of the projection or the variables; [SynapsesArray] for the generative projection
	Role string // of the projection; "" for variables
	// Rows and Columns say whose numbers they are, such as "hidden" neurons; "" for the single row of
	// variables.
	Rows, Columns string
	Shape         [2]int
	Row           func(k int) []float64 // for reading, until the network changes
}

// readables returns all projections, and the variables of the circuit.
func (n *Network[T]) readables() (all []Readable) {
	for k, p := range n.projections {
		name := p.Name()
		from, to, _ := strings.Cut(name, "→")
		to, _, _ = strings.Cut(to, ",")
		if p.Role == Recognition { // it is held in the shape of the generative one
			from, to = to, from
		}
		if k == 0 {
			name = SynapsesArray
		}
		all = append(all, Readable{name, p.Role.String(), from, to, [2]int{p.Pre(), p.Post()}, func(a int) []float64 { return kernel.Wide(p.Of(a)) }})
	}
	for _, v := range n.variables {
		columns := len(v.Numbers) / v.Rows
		all = append(all, Readable{v.Name, "", "", n.Hidden.Name, [2]int{v.Rows, columns}, func(k int) []float64 {
			return kernel.Wide(v.Numbers[k*columns : (k+1)*columns])
		}})
	}
	return all
}

// Readables returns what can be read of a network with a circuit of that name and these parameters:
// names, roles and whose numbers they are.
func Readables(circuit Choice, untied bool) ([]Readable, error) {
	t, err := newTrained(Spec{
		Visible: neuron.Layer{Name: "visible", Size: 1}, Hidden: neuron.Layer{Name: "hidden", Size: 1}, Circuit: circuit,
		Plan: Plan{Untied: untied}, Workers: 1, Seed: func(string) uint64 { return 0 },
	}, func(name string, r, n int) *synapse.Projection[float64] {
		return synapse.New[float64](name, r, n, synapse.Excitatory)
	})
	if err != nil {
		return nil, err
	}
	return t.net.readables(), nil
}
