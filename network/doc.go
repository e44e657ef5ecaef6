// Package network joins layers, a projection and a circuit into a network that
// recognises stimuli, generates them, and learns their parts.
//
// # The network
//
// Hidden neurons excite visible neurons through the generative projection W
// (r×n). With hidden rates h the visible layer is predicted as
//
//	p_j = Σ_a h_a w_aj          (Lee & Seung 1999, eq. 1 and Fig. 3)
//
// The paper writes stimuli as columns, V ≈ W H; here stimuli are rows, V ≈ H W
// with every matrix transposed, as users of NumPy and scikit-learn expect.
//
// # Recognition
//
// To recognise a stimulus is to find the rates that predict it. A [Circuit]
// says how stimulus and prediction meet: error units that the prediction
// divides ([DivisiveError]), or hidden neurons that inhibit each other
// ([LateralInhibition]). Synapses stand still. The problem is convex for both,
// so from any positive start the rates settle at the same answer.
//
// # Learning
//
// A [Learner] alternates recognition with a plasticity rule (package learning)
// over all stimuli. Their [Order] is a property of the experiment and has a
// name, because the trajectory depends on it. An epoch is a short sequence of
// phases, and rates, synapses and the proposed change can be looked at between
// any two of them: see [Learner.Step].
//
// # Rates and counts
//
// Stimuli are [neuron.Rates], every rate held, or [neuron.Counts], where most are
// zero and only the others are held. For counts the work grows with what fires:
// no prediction is made where there is no count, and the divergence takes the
// sum of all predictions from the sums of rates and synapses,
//
//	Σ_ij p_ij = Σ_a ( Σ_i h_ia ) ( Σ_j w_aj )
//
// # Same bits for any number of workers
//
// Stimuli are cut into tiles of 8, tiles into at most [MaxGroups] groups of
// neighbours, and groups into blocks of at most [BlockRows] stimuli, by the number
// of stimuli alone. Each group has an accumulator of its own, into which its blocks
// are added in order; the accumulators of groups 0, 1, 2, ... are then added
// pairwise,
//
//	((0+1)+(2+3)) + ((4+5)+(6+7)) + …
//
// Workers take groups as they come, but no sum depends on who took which. One
// worker, two, or more workers than groups: the bits are the same. For counts each
// visible neuron's coincidences are summed up by one worker, run of stimuli after
// run, and there is nothing to add. The bits do depend on the kernel level
// (package internal/kernel), since assembly rounds once where portable code rounds
// twice.
package network
