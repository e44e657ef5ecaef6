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
	r := l.net.Hidden.Size
	from, to := slice*r/l.proposals(), (slice+1)*r/l.proposals()
	if from == to {
		return
	}
	c := &l.changes[slice]
	*c = learning.Change[T]{From: from, To: to, Epoch: l.epoch, Own: l.proposed[l.net.own:], Sum: l.total, Memory: l.memory}
	for k, p := range l.net.projections[:l.net.own] {
		l.proposeFor(c, p.Projection, l.proposed[k])
		l.keep(k, from, to)
	}
}

func (l *Learner[T]) proposeFor(c *learning.Change[T], p *synapse.Projection[T], next []T) {
	n, from, to, w := l.net.Visible.Size, c.From, c.To, p.Weights()
	c.Next, c.Now = next, w
	l.rule.Propose(c)
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
