package measure

// divergences are the measures that follow from the Kullback–Leibler divergence D of stimuli
// V and prediction P = HW, with 0 log 0 = 0:
//
//	divergence   D = Σ ( v log(v/p) − v + p )      ≥ 0, 0 a perfect prediction
//	deviance     2 D                               see [Deviance]
//	likelihood   F = Σ ( v log p − p ) = Σ ( v log v − v ) − D
//
// Source: Lee & Seung 1999, Nature 401:788–791, equation 2, for F.
var divergences = []Measure{
	{
		Name: "divergence", Doc: "Kullback–Leibler divergence D of stimuli and prediction, in nats",
		Formula: "D = Σ ( v log(v/p) − v + p )", Unit: "nats", High: inf,
		Error: "poisson",
		of:    func(l *Learned) (float64, bool) { return l.divergence() },
	},
	{
		Name: "deviance", Doc: "Poisson deviance 2 D",
		Formula: "2 D", Source: "Nelder & Wedderburn 1972", Unit: "nats", High: inf,
		Error: "poisson",
		of: func(l *Learned) (float64, bool) {
			d, ok := l.divergence()
			return Deviance(d), ok
		},
	},
	{
		Name: "likelihood", Doc: "the paper's F, log-likelihood of Poisson rates up to a constant",
		Formula: "F = Σ ( v log p − p )", Source: "Lee & Seung 1999", Unit: "nats", Low: -inf, High: inf,
		Error: "poisson",
		of: func(l *Learned) (float64, bool) {
			d, ok := l.divergence()
			return l.Shown.Entropy - d, ok
		},
	},
}

// Deviance returns the Poisson deviance of stimuli whose divergence from their prediction is
// d, twice d. If stimuli are Poisson counts and the model is right it is about the number of
// counts that are left free.
//
// Source: Nelder & Wedderburn 1972, J. R. Stat. Soc. A 135:370–384.
func Deviance(d float64) float64 { return 2 * d }
