// Package synapse holds projections: the synapses from one layer of neurons
// to another, with one declared sign.
//
// # A synapse never changes its sign
//
// A neuron excites or inhibits the neurons it projects to; it does not do the
// one today and the other tomorrow (Dale's principle). A [Projection] is
// therefore declared [Excitatory] (every weight ≥ 0) or [Inhibitory]
// (every weight ≤ 0), and weights reach it only through [Projection.Set] and
// [Projection.Commit], which look at every one of them. A weight of the wrong
// sign, infinite or undefined is refused with a [*WeightError] that names the
// projection, the two neurons and the value, and the projection stays as it
// was. A synapse that is exactly zero is allowed under either sign.
//
// Every look is counted in an [Audit], so that a run can report not only that
// no synapse changed its sign but how often this was checked.
//
// # Shape
//
// The weights of a projection are a matrix with one presynaptic neuron a row:
//
//	W  r×n   w_aj is the synapse of presynaptic neuron a onto postsynaptic neuron j
//
// In the generative projection of a hidden layer onto the visible layer, row a
// is the part of hidden neuron a: its receptive field, its basis image.
package synapse
