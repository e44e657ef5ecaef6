package learning

// Plateau decides when learning has stopped paying. A step of a multiplicative
// rule lowers the objective by very little at first as well as at last: from a
// random start the first ten steps change D by 2·10⁻⁴ a step while the network
// sits near the best answer that a single neuron could give. A rule that looks
// at the relative change alone stops there. Plateau therefore compares what the
// last epochs brought with all that learning has brought since the first:
//
//	stop when epoch ≥ MinEpochs and
//	D(s) − D(t) ≤ Tolerance · (t − s) · ( D(first) − D(t) )
//
// where t is this record, s the record before it and D the objective. Tolerance is
// the share of the whole gain that one epoch has to bring.
type Plateau struct {
	Tolerance float64 // share of the total gain per epoch; 0 never stops
	MinEpochs int     // epochs that always run

	seen        bool
	first, last float64
	lastEpoch   int
}

// Reached takes the objective after an epoch and reports whether to stop.
// Epochs are given in rising order.
func (p *Plateau) Reached(epoch int, objective float64) bool {
	if !p.seen {
		p.seen, p.first, p.last, p.lastEpoch = true, objective, objective, epoch
		return false
	}
	gain, total := p.last-objective, p.first-objective
	epochs := epoch - p.lastEpoch
	p.last, p.lastEpoch = objective, epoch
	if p.Tolerance <= 0 || epoch < p.MinEpochs {
		return false
	}
	return gain <= p.Tolerance*float64(epochs)*total
}
