// Package learning holds plasticity rules: how the activity of a network
// changes its synapses.
//
// # What is lowered
//
// A hidden layer with rates H (m×r) predicts the stimuli V (m×n) through its
// generative synapses W (r×n) as the sum of its parts, P = H W. Each rule
// lowers one [Objective], a distance between V and P, or
// between the similarities of stimuli and those of the answers to them:
//
//	Poisson    D = Σ_ij ( v_ij log(v_ij/p_ij) − v_ij + p_ij )
//	Gaussian   E = ½ Σ_ij ( v_ij − p_ij )²
//
//	Similarity S = ‖V Vᵀ − H Hᵀ‖² / (4m²)
//
// 2D is the deviance of the model v_ij ~ Poisson(p_ij); Lee & Seung (1999)
// maximise F = Σ ( v log p − p ), which differs from −D by a number that
// depends on the stimuli alone. E belongs to noise with a normal distribution.
//
// # Two phases
//
// A [Rule] works in two phases. [Rule.Accumulate] adds the sums over a block of
// stimuli to an [Accumulator]; [Rule.Propose] computes new weights from them and
// leaves the present weights unchanged. The projection then commits the proposal
// or, where a weight has the wrong sign, refuses it (package synapse). Because
// the accumulators of blocks add up, the same rule serves one core, several
// cores and, in principle, several machines.
//
// # Missing entries
//
// With M_ij = 1 where the rate of visible neuron j to stimulus i is known and 0 where it is
// missing, both objectives are summed over the known entries alone,
//
//	D = Σ M ( v log(v/p) − v + p )        E = ½ Σ M ( v − p )²
//
// and each multiplicative step becomes the ratio of two such sums (Mao & Saul 2004; Zhang,
// Wang, Ford & Makedon 2006):
//
//	h_a ← h_a Σ_j w_aj M_ij v_ij/p_ij / Σ_j w_aj M_ij             h_a ← h_a Σ_j w_aj M_ij v_ij / Σ_j w_aj M_ij p_ij
//	w_aj ← w_aj Σ_i h_ia M_ij v_ij/p_ij / Σ_i h_ia M_ij           w_aj ← w_aj Σ_i h_ia M_ij v_ij / Σ_i h_ia M_ij p_ij
//
// Because a missing rate is held as 0, what reaches a neuron or a synapse, the numerators, is
// computed as ever; what they send, the denominators, needs the mask.
//
// # References
//
//   - D. D. Lee, H. S. Seung: Learning the parts of objects by non-negative
//     matrix factorization. Nature 401:788–791, 1999.
//   - D. D. Lee, H. S. Seung: Algorithms for non-negative matrix
//     factorization. NIPS 13:556–562, 2001.
//   - Y. Mao, L. K. Saul: Modeling distances in large-scale networks by matrix
//     factorization. Internet Measurement Conference, 278–287, 2004.
//   - S. Zhang, W. Wang, J. Ford, F. Makedon: Learning from incomplete ratings using
//     non-negative matrix factorization. SIAM Conference on Data Mining, 549–553, 2006.
package learning
