package measure

// zeroStimuli is the share of zeros in the stimuli, which is what additive parts can be told
// apart by.
var zeroStimuli = []Measure{{
	Name: "zero_stimuli", Doc: "share of the rates of the stimuli that are 0",
	Formula: "#{ v = 0 } / (m n)", High: 1,
	of: func(l *Learned) (float64, bool) { return l.Shown.Zeros, true },
}}
