package learning

import (
	"math/bits"
	"math/rand/v2"
)

// Turns is the order in which the hidden neurons of an asynchronous circuit or rule take their
// turns in one sweep over all of them.
type Turns struct {
	Drawn int    // 1: the order is drawn anew for every sweep; 0: neurons move in the order of their numbers
	seed  uint64 // of the orders that are drawn
}

// Parameter returns Drawn.
func (t *Turns) Parameter() Parameter {
	return Parameter{Name: "drawn-turns", Doc: "0 lets the hidden neurons take their turns in the order of their numbers, 1 in an order that is drawn anew for every sweep", Count: &t.Drawn, Low: 0, High: 1}
}

// Seed sets what drawn orders depend on.
func (t *Turns) Seed(seed uint64) { t.seed = seed }

// Order writes the order of a sweep into order, one entry a hidden neuron. It depends on the seed,
// the number of the epoch and that of the sweep alone, so that it is the same for all stimuli, for any
// number of workers, and in a run that is resumed.
func (t *Turns) Order(order []int32, epoch, sweep int) {
	for k := range order {
		order[k] = int32(k)
	}
	if t.Drawn == 0 {
		return
	}
	var chance rand.PCG
	chance.Seed(t.seed^uint64(epoch)*0x9e3779b97f4a7c15, uint64(sweep))
	for k := len(order) - 1; k > 0; k-- {
		other, _ := bits.Mul64(chance.Uint64(), uint64(k+1))
		order[k], order[other] = order[other], order[k]
	}
}
