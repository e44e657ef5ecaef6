package generate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Generator makes stimuli. It describes itself: the keys of experiments, the estimate of
// memory and the documents follow from its methods. A new one is a file that declares it and a
// line in [Generators].
type Generator interface {
	Describe() Description
	// Parameters returns what can be chosen of it, in the order in which it is written.
	Parameters() []Parameter
	// Validate returns an error for the first parameter that is out of range, or that does
	// not fit the others.
	Validate() error
	// Extent returns how much it makes.
	Extent() network.Extent
	// Generate draws the stimuli. The same stream gives the same stimuli; the context ends it
	// early, with its error.
	Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error)
}

// Description is what a generator says of itself.
type Description struct {
	Name    string // in experiments; also the kind of the truth, see [stimulus.Truth]
	Doc     string // what it makes
	Parts   string // what the true parts are
	Source  string // of the problem; "" for one of this program
	Example string // the name of an experiment that ships and uses it
}

// Parameter is a choice of a generator. Its default is what Value points to when the generator
// has just been made.
type Parameter struct {
	Key       string   // in an experiment: "bars.positions"; generators that share it share the value
	Doc       string   // what it means
	Value     any      // *int, *float64 or *string
	Low, High float64  // what is allowed of a number, both included
	Options   []string // what is allowed of a text
}

// Generators returns one of each generator, with its default parameters.
func Generators() []Generator {
	return []Generator{
		&Faces{Count: usualCount, Side: 32},
		&Topics{Count: usualCount},
		&Bars{Count: usualCount, Positions: 8, Combine: Combinations[0], Orientations: Orientations[0], Width: 1},
		&Squares{Count: usualCount, Probability: 0.1},
		&Swimmer{},
		&Synergies{Cycles: 10, Noise: 0.1},
	}
}

// usualCount is the number of faces of Lee & Seung (1999).
const usualCount = 2429

// count is the parameter of all generators that draw as many stimuli as are asked for.
func count(p *int) Parameter {
	return Parameter{Key: "stimulus.count", Doc: "number of generated stimuli", Value: p, Low: 1, High: 10_000_000}
}

// Named returns the generator of that name; ok is false if there is none.
func Named(all []Generator, name string) (g Generator, ok bool) {
	for _, g := range all {
		if g.Describe().Name == name {
			return g, true
		}
	}
	return nil, false
}

// Names returns the names of all generators.
func Names() (names []string) {
	for _, g := range Generators() {
		names = append(names, g.Describe().Name)
	}
	return names
}

// inRange returns an error for the first parameter that is out of range.
func inRange(g Generator) error {
	for _, p := range g.Parameters() {
		ok := true
		switch v := p.Value.(type) {
		case *int:
			ok = float64(*v) >= p.Low && float64(*v) <= p.High
		case *float64:
			ok = *v >= p.Low && *v <= p.High
		case *string:
			ok = slices.Contains(p.Options, *v)
		}
		if !ok {
			return fmt.Errorf("%s = %s; allowed is %s", p.Key, p.text(), p.Allowed())
		}
	}
	return nil
}

// Allowed says which values a parameter takes.
func (p Parameter) Allowed() string {
	switch p.Value.(type) {
	case *int:
		return fmt.Sprintf("an integer from %.0f to %.0f", p.Low, p.High)
	case *float64:
		return fmt.Sprintf("a number from %v to %v", p.Low, p.High)
	}
	return fmt.Sprintf("one of %q", p.Options)
}

// text returns the present value.
func (p Parameter) text() string {
	switch v := p.Value.(type) {
	case *int:
		return fmt.Sprint(*v)
	case *float64:
		return fmt.Sprint(*v)
	case *string:
		return fmt.Sprintf("%q", *v)
	}
	panic("generate: parameter " + p.Key + " is neither a number nor a text")
}

// ended returns the error of a context that has ended.
func ended(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}
