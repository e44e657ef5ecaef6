// Package network joins layers, projections and a circuit into a network that
// recognises stimuli, generates them, and learns their parts. [Learn] does it in one call.
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
// Every network is at the same time a matrix factorisation: the rows of V are stimuli, the
// rows of H what the hidden layer answers to them, the rows of W the parts.
//
// # Words
//
//	visible layer    the neurons that show a stimulus; n of them
//	hidden layer     the neurons that explain it; r of them
//	rate             firing rate of a neuron, never negative, without a unit unless the
//	                 experiment gives one
//	stimulus         one pattern of visible rates: a row of V (m×n)
//	encoding         the hidden rates to one stimulus: a row of H (m×r)
//	synapses         the weights of a projection from one population to another, all of one
//	                 sign
//	part             the synapses of one hidden neuron onto the visible layer, its
//	                 receptive field: a row of W (r×n)
//	prediction       what the hidden layer sends back to the visible layer: a row of H W
//	error unit       a neuron beside each visible neuron that compares stimulus and
//	                 prediction
//	recognition      hidden rates settle while synapses stand still
//	learning         synapses change
//	circuit          how stimulus and prediction meet during recognition: by division, by
//	                 inhibition between hidden neurons, ... ([Circuit])
//	plasticity rule  how activity changes synapses (package learning)
//	objective        what recognition and learning lower; a circuit and a rule that go
//	                 together lower the same one
//	D                the Poisson objective, Σ ( v log(v/p) − v + p ): the Kullback-Leibler
//	                 divergence, in nats
//	E                the Gaussian objective, ½ Σ ( v − p )²: half the squared error
//	S                the similarity objective: how much the similarities of encodings
//	                 differ from those of stimuli
//	F                the log-likelihood of Lee & Seung (1999), Σ ( v log p − p ), eq. 2:
//	                 minus D plus a constant of the stimuli
//	presentation     one stimulus shown to the network
//	step             one step of recognition
//	epoch            every stimulus presented once
//	batch            the stimuli after which synapses change
//	tied, untied     whether feedforward weights (visible to hidden) are the generative ones
//	                 (hidden to visible), read in the other direction, or weights of their own
//
// # Populations and projections
//
// A network holds its populations and projections in lists, each with a role
// ([Network.Populations], [Network.Projections]): the generative projection, untied
// feedforward weights, inhibition within the hidden layer, an upper stage, interneurons. A
// circuit adds its own ([Extender]). All are checked, saved and restored by the same code.
// Whoever changes weights need not tell the network: a projection has a version.
//
// # Recognition
//
// To recognise a stimulus is to find the rates that predict it. A [Circuit]
// determines how stimulus and prediction meet: error units that the prediction
// divides ([DivisiveError]), or hidden neurons that inhibit each other
// ([LateralInhibition]). Synapses stand still. The problem is convex for both,
// so from any positive start the rates settle at the same answer.
//
// # Learning
//
// A [Learner] alternates recognition with a plasticity rule (package learning)
// over all stimuli. Their [Order] is a property of the experiment and has a
// name, because the trajectory depends on it. An epoch is a short sequence of
// phases, and rates, synapses and the proposed change can be read between
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
// # Missing entries
//
// Rates or counts may have a mask, [neuron.Partial]: M_ij = 1 where a rate is known, 0 where it
// is missing. A missing visible neuron sends nothing, its error unit is silent, and D and E are
// sums over what is known. Its rate is filled in by the prediction. Each sum over visible
// neurons, or over stimuli, then runs over what is known, the normalisers among them:
//
//	h_a ← h_a Σ_j w_aj M_ij v_ij/p_ij / Σ_j w_aj M_ij
//
// A mask that hides nothing changes no bit. [DivisiveError], and the circuits that lower E, take
// missing entries; others say why not ([learning.NeedsAll]).
//
// # Events
//
// A network can be disturbed while it learns ([Plan.Events]), from one epoch to another, and while
// it recognises ([Network.Present]), from one step to another: hidden neurons are silenced, clamped
// at rates or driven further; what they send varies by chance; synapses are cut or do not learn
// ([Event]). Events act on what every circuit has, what reaches the hidden neurons and their rates,
// in one place between the halves of a step:
//
//	what reaches them ← Drive( rates as sent ) + extra drive
//	rates ← Update( what reaches them ), then those that are fixed
//
// Where there are no events no bit changes.
//
// # Same bits for any number of workers
//
// Stimuli are cut into tiles of 8, tiles into at most 16 groups of
// neighbours, and groups into blocks of at most 64 stimuli, by the number
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
//
// # Circuits and rules of other modules
//
// A circuit or a rule is a type with the methods of [Circuit] or [learning.Rule], and can
// be written in another module. The products that they need are methods of
// [learning.Block]; weights are told by [learning.Weights].
package network
