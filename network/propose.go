package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
)

// proposalJobs is the number of jobs in which accumulators are added up and weights
// proposed.
const proposalJobs = 8

// sumSlice adds one slice of the accumulators of all groups into the first,
// in the tree that the package text describes.
func (l *Learner[T]) sumSlice(_, slice int) {
	for stride := 1; stride < len(l.groups); stride *= 2 {
		for g := 0; g+stride < len(l.groups); g += 2 * stride {
			from := l.groups[g+stride].Fields()
			for i, to := range l.groups[g].Fields() {
				lo, hi := slice*len(to)/proposalJobs, (slice+1)*len(to)/proposalJobs
				kernel.Add(to[lo:hi], from[i][lo:hi])
			}
		}
	}
}

// proposals returns the number of jobs in which weights are proposed.
func (l *Learner[T]) proposals() int {
	if learning.Has[learning.AllRows](l.rule) {
		return 1
	}
	return proposalJobs
}

// proposeSlice lets the rule propose the weights of some hidden neurons.
func (l *Learner[T]) proposeSlice(_, slice int) {
	c, jobs := &l.changes[slice], l.proposals()
	c.From, c.To, c.Left, c.Right = 0, l.net.Hidden.Size, 0, l.net.Visible.Size
	if learning.Has[learning.VisibleWise](l.rule) {
		c.Left, c.Right = share(c.Right, visibleUnit, slice, jobs)
	} else {
		c.From, c.To = share(c.To, 1, slice, jobs)
	}
	if c.From == c.To || c.Left == c.Right {
		return
	}
	c.Epoch, c.Own, c.Sum, c.Memory, c.Columns = l.epoch, l.proposed[l.net.own:], l.total, l.memory, l.columns
	for k, p := range l.net.projections[:l.net.own] {
		c.Held, c.Cut = l.holding(k)
		l.proposeFor(c, p.Projection, l.proposed[k])
		l.keep(k, c)
	}
}

// visibleUnit is the number of neighbouring visible neurons that stay together where their synapses
// are proposed: a cache line of weights in float32.
const visibleUnit = 16

// share returns the items [from, to) that job k of several jobs does of some items, in whole units.
func share(items, unit, k, jobs int) (from, to int) {
	units := (items + unit - 1) / unit
	return min(items, k*units/jobs*unit), min(items, (k+1)*units/jobs*unit)
}

func (l *Learner[T]) proposeFor(c *learning.Change[T], p *synapse.Projection[T], next []T) {
	n, from, to, w := l.net.Visible.Size, c.From, c.To, p.Weights()
	c.Next, c.Now = next, w
	l.rule.Propose(c)
	if c.Right-c.Left < n {
		for a := from; a < to; a++ {
			kernel.Flush(next[a*n+c.Left:a*n+c.Right], l.net.Floor)
		}
		return
	}
	if l.accelerator.propose(next[from*n:to*n], w[from*n:to*n]) {
		synapse.Rescale(learning.Kept(l.rule), next[from*n:to*n], n)
	}
	kernel.Flush(next[from*n:to*n], l.net.Floor)
}

// commit lets the projections take what was proposed for them, all or none.
func (l *Learner[T]) commit() error {
	if err := synapse.CommitAll(l.pending); err != nil {
		return fmt.Errorf("network: epoch %d, rule %q: %w", l.epoch+1, l.rule.Name(), err)
	}
	l.pass.committed()
	if err := l.net.refresh(); err != nil {
		return fmt.Errorf("network: epoch %d: %w", l.epoch+1, err)
	}
	return nil
}
