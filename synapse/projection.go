package synapse

import (
	"fmt"

	"partsnet/neuron"
)

// Projection is the set of synapses from the neurons of one layer to those of
// another. Weights change only through [Projection.Set], [Projection.Commit],
// [CommitAll] and [Projection.Normalise], each of which keeps the declared sign.
type Projection[T neuron.Float] struct {
	name      string
	pre, post int
	sign      Sign
	w         []T // pre×post, row-major
	version   uint64
	audit     Audit
}

// New returns a projection of pre onto post neurons with all weights zero. The
// name stands in messages: "hidden→visible". It panics if a size is below 1 or
// the sign is neither [Excitatory] nor [Inhibitory].
func New[T neuron.Float](name string, pre, post int, sign Sign) *Projection[T] {
	if pre < 1 || post < 1 {
		panic("synapse: New: a projection joins at least one neuron to one other")
	}
	if sign != Excitatory && sign != Inhibitory {
		panic("synapse: New: a projection is excitatory or inhibitory")
	}
	return &Projection[T]{name: name, pre: pre, post: post, sign: sign, w: make([]T, pre*post)}
}

// Name returns the name given to [New].
func (p *Projection[T]) Name() string { return p.name }

// Sign returns the declared sign.
func (p *Projection[T]) Sign() Sign { return p.sign }

// Version returns a number that rises whenever the weights are changed.
func (p *Projection[T]) Version() uint64 { return p.version }

// Pre returns the number of presynaptic neurons.
func (p *Projection[T]) Pre() int { return p.pre }

// Post returns the number of postsynaptic neurons.
func (p *Projection[T]) Post() int { return p.post }

// Weights returns all weights, pre×post, row-major. The slice is a view for
// reading: weights are changed by [Projection.Set] and [Projection.Commit].
func (p *Projection[T]) Weights() []T { return p.w }

// Of returns the weights of one presynaptic neuron onto all postsynaptic ones,
// its part. Like [Projection.Weights] it is for reading.
func (p *Projection[T]) Of(pre int) []T {
	return p.w[pre*p.post : (pre+1)*p.post : (pre+1)*p.post]
}

// Set copies the weights w (pre×post) into the projection. If one of them is
// refused nothing changes and the error is a [*WeightError]. It panics if the
// length is wrong.
func (p *Projection[T]) Set(w []T) error {
	if err := p.check(w); err != nil {
		return err
	}
	copy(p.w, w)
	p.version++
	return nil
}

// Commit makes the weights that a plasticity rule proposes the weights of the
// projection, and returns the old ones as memory for the next proposal. If one
// of the proposed weights is refused nothing changes, the error is a
// [*WeightError], and proposed itself is returned. It panics if the length is
// wrong.
func (p *Projection[T]) Commit(proposed []T) (spare []T, err error) {
	if err := p.check(proposed); err != nil {
		return proposed, err
	}
	spare, p.w = p.w, proposed
	p.version++
	return spare, nil
}

// Pending is weights that are proposed for a projection.
type Pending[T neuron.Float] struct {
	Projection *Projection[T]
	Weights    *[]T
}

// CommitAll commits the weights that are proposed for several projections, and leaves the
// old ones in their place as memory for the next proposals. If one of the proposed
// weights is refused nothing changes in any of them, and the error is a [*WeightError].
func CommitAll[T neuron.Float](pending []Pending[T]) error {
	for _, p := range pending {
		if err := p.Projection.check(*p.Weights); err != nil {
			return err
		}
	}
	for _, p := range pending {
		p.Projection.w, *p.Weights = *p.Weights, p.Projection.w
		p.Projection.version++
	}
	return nil
}

// RestoreAudit sets the counts of earlier checks: a run that is resumed adds to them.
func (p *Projection[T]) RestoreAudit(audit Audit) { p.audit = audit }

// Audit returns how many weights were checked and refused so far.
func (p *Projection[T]) Audit() Audit { return p.audit }

func (p *Projection[T]) check(w []T) error {
	if len(w) != len(p.w) {
		panic("synapse: number of weights is not pre*post")
	}
	p.audit.Checked += int64(len(w))
	var refused *WeightError
	least, most := allowed[T](p.sign)
	for i, x := range w {
		if !(x >= least && x <= most) {
			p.audit.Refused++
			if refused == nil {
				refused = &WeightError{Projection: p.name, Sign: p.sign, Pre: i / p.post, Post: i % p.post, Value: float64(x)}
			}
		}
	}
	if refused != nil {
		return refused
	}
	return nil
}

// Audit counts the looks at the sign of weights.
type Audit struct {
	Checked int64 // weights looked at
	Refused int64 // weights that had the wrong sign or were no number
}

// WeightError tells which weight a projection refused.
type WeightError struct {
	Projection string
	Sign       Sign
	Pre, Post  int // neurons, from 0
	Value      float64
}

// Error names the synapse and what is allowed.
func (e *WeightError) Error() string {
	allowed := "finite and ≥ 0"
	if e.Sign == Inhibitory {
		allowed = "finite and ≤ 0"
	}
	return fmt.Sprintf("synapse: projection %s: the weight of neuron %d onto neuron %d is %v; %s synapses are %s",
		e.Projection, e.Pre, e.Post, e.Value, e.Sign, allowed)
}
