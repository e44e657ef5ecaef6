package measure

import (
	"math"
	"slices"

	"partsnet/sim/stimulus"
)

// Measure is one number about what was learned.
type Measure struct {
	Name  string
	Doc   string  // what it is, in words
	Least float64 // the lowest value that is possible, −Inf where there is no lowest
	Most  float64 // the highest, +Inf where there is none; for counts of parts their number is the highest
	value func(l *Learned) float64
}

// Table returns all measures, in the order in which they are written.
func Table() []Measure { return table }

var inf = math.Inf(1)

var table = []Measure{
	{"divergence", "Kullback–Leibler divergence D of stimuli and prediction, in nats", 0, inf, func(l *Learned) float64 { return l.Divergence() }},
	{"deviance", "Poisson deviance 2 D", 0, inf, func(l *Learned) float64 { return Deviance(l.Divergence()) }},
	{"likelihood", "the paper's F, log-likelihood of Poisson rates up to a constant", -inf, inf, func(l *Learned) float64 { return l.Shown.Entropy - l.Divergence() }},
	{"squared_error", "half the squared error E of the prediction", 0, inf, func(l *Learned) float64 { return l.SquaredErrors() }},
	{"rmse", "root of the mean squared error of the prediction", 0, inf, func(l *Learned) float64 {
		return math.Sqrt(2 * l.SquaredErrors() / float64(l.Stimuli*l.Visible))
	}},
	{"explained_variance", "1 − squared error / squared deviation from the mean stimulus", -inf, 1, func(l *Learned) float64 { return 1 - 2*l.SquaredErrors()/l.Shown.Variation }},
	{"explained_energy", "1 − squared error / sum of squared stimuli", -inf, 1, func(l *Learned) float64 { return 1 - 2*l.SquaredErrors()/l.Shown.Energy }},
	{"hoyer_parts", "Hoyer sparseness of a part", 0, 1, func(l *Learned) float64 { return Mean(Hoyer, l.W, l.Visible) }},
	{"hoyer_rates", "Hoyer sparseness of the rates to a stimulus", 0, 1, func(l *Learned) float64 { return l.H.ofStimuli(Hoyer) }},
	{"hoyer_neurons", "Hoyer sparseness of the rates of a neuron over stimuli", 0, 1, func(l *Learned) float64 { return l.H.ofNeurons(Hoyer) }},
	{"treves_rolls_population", "Treves–Rolls sparseness of the rates to a stimulus, small is sparse", 0, 1, func(l *Learned) float64 { return l.H.ofStimuli(TrevesRolls) }},
	{"treves_rolls_lifetime", "the same of the rates of a neuron over stimuli", 0, 1, func(l *Learned) float64 { return l.H.ofNeurons(TrevesRolls) }},
	{"vinje_gallant_population", "Vinje–Gallant sparseness of the rates to a stimulus", 0, 1, func(l *Learned) float64 { return l.H.ofStimuli(VinjeGallant) }},
	{"vinje_gallant_lifetime", "the same of the rates of a neuron over stimuli", 0, 1, func(l *Learned) float64 { return l.H.ofNeurons(VinjeGallant) }},
	{"near_zero_parts", "share of a part's weights below a thousandth of its largest", 0, 1, func(l *Learned) float64 { return Mean(NearZero, l.W, l.Visible) }},
	{"near_zero_rates", "share of a neuron's rates below a thousandth of its largest", 0, 1, func(l *Learned) float64 { return l.H.ofNeurons(NearZero) }},
	{"effective_area", "share of the visible layer that a part covers", 0, 1, func(l *Learned) float64 { return Mean(EffectiveArea, l.W, l.Visible) }},
	{"spread", "how far a part reaches, 0 one pixel, 1 all pixels alike", 0, inf, func(l *Learned) float64 {
		if l.Height == 0 {
			return math.NaN()
		}
		return Mean(func(w []float64) (float64, bool) { return Spread(w, l.Height, l.Width) }, l.W, l.Visible)
	}},
	{"parts_recovered", "true parts learned, matched one to one, with a cosine above 0.9", 0, inf, func(l *Learned) float64 {
		if l.Truth == nil {
			return math.NaN()
		}
		return float64(l.recovery().Recovered)
	}},
	{"mean_cosine", "mean cosine of true parts and the parts matched to them", 0, 1, func(l *Learned) float64 {
		if l.Truth == nil {
			return math.NaN()
		}
		return l.recovery().MeanCosine
	}},
	{"bars_found", "bars represented by a neuron (Spratling's criterion)", 0, inf, func(l *Learned) float64 {
		if !l.isKind(stimulus.Bars) {
			return math.NaN()
		}
		return float64(Bars(l.Truth.Parts, l.W, l.Visible, l.Truth.Dominance))
	}},
	{"squares_found", "squares represented by a neuron (Spratling's criterion)", 0, inf, func(l *Learned) float64 {
		if !l.isKind(stimulus.Squares) {
			return math.NaN()
		}
		return float64(Squares(l.Truth.Parts, l.W, l.Visible, l.Truth.Dominance))
	}},
	{"limbs_found", "limb positions of the swimmer learned, the torso masked out", 0, inf, swimmer(func(l Limbs) float64 { return float64(l.Found) })},
	{"limbs_clean", "limb positions learned without the torso", 0, inf, swimmer(func(l Limbs) float64 { return float64(l.Clean) })},
	{"torso_cosine", "largest cosine of a part with the torso", 0, 1, swimmer(func(l Limbs) float64 { return l.Torso })},
	{"ghost_ratio", "how dark the torso is in the part of a limb, the limb being 1", 0, inf, swimmer(func(l Limbs) float64 { return l.Ghost })},
	{"meanings_learned", "words of several meanings that are strong in all their topics", 0, inf, func(l *Learned) float64 {
		if l.Truth == nil || !l.Documents {
			return math.NaN()
		}
		return float64(len(MeaningsOf(l.Truth.Parts, l.W, l.Visible, l.recovery()).Learned))
	}},
	{"response_accuracy", "share of the parts present whose neurons are the most active", 0, 1, func(l *Learned) float64 {
		if l.Truth == nil {
			return math.NaN()
		}
		a, ok := ResponseAccuracy(l.Truth.Codes, l.H, l.W, l.recovery())
		if !ok {
			return math.NaN()
		}
		return a
	}},
	{"stability", "mean cosine of the parts that several starts have learned", 0, 1, func(*Learned) float64 { return math.NaN() }}, // of one run: see [Stability]
	{"zero_stimuli", "share of the rates of the stimuli that are 0", 0, 1, func(l *Learned) float64 { return l.Shown.Zeros }},
}

func swimmer(of func(Limbs) float64) func(l *Learned) float64 {
	return func(l *Learned) float64 {
		if !l.isKind(stimulus.Swimmer) {
			return math.NaN()
		}
		return of(l.limbs())
	}
}

// Names returns the names of all measures.
func Names() (names []string) {
	for _, m := range table {
		names = append(names, m.Name)
	}
	return names
}

// Usual are the measures of a run that asks for no others.
var Usual = []string{"rmse", "explained_variance", "hoyer_parts", "hoyer_rates", "near_zero_parts", "near_zero_rates", "effective_area", "spread"}

// Of returns the measure of that name, NaN where it is not defined. It panics if there
// is none.
func (l *Learned) Of(name string) float64 {
	return table[slices.IndexFunc(table, func(m Measure) bool { return m.Name == name })].value(l)
}

// Value is a measure that was taken.
type Value struct {
	Name  string
	Value float64
}

// Values are measures in the order in which they were asked for.
type Values []Value

// Take takes the measures of these names.
func (l *Learned) Take(names []string) Values {
	v := make(Values, len(names))
	for i, name := range names {
		v[i] = Value{name, l.Of(name)}
	}
	return v
}

// Of returns the measure of that name, NaN if it was not taken.
func (v Values) Of(name string) float64 {
	for _, x := range v {
		if x.Name == name {
			return x.Value
		}
	}
	return math.NaN()
}

// Defined returns the measures that are defined, by name.
func (v Values) Defined() map[string]float64 {
	all := map[string]float64{}
	for _, x := range v {
		if !math.IsNaN(x.Value) && !math.IsInf(x.Value, 0) {
			all[x.Name] = x.Value
		}
	}
	return all
}
