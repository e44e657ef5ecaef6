package measure

// Deviance returns the Poisson deviance of stimuli whose divergence from their
// prediction is d:
//
//	2 D = 2 Σ ( v log(v/p) − v + p )        ≥ 0, 0 a perfect prediction
//
// with 0 log 0 = 0. If stimuli are Poisson counts and the model is right it is about the
// number of counts that are left free.
//
// Source: Nelder & Wedderburn 1972, J. R. Stat. Soc. A 135:370–384.
func Deviance(d float64) float64 { return 2 * d }
