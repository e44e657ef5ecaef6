package measure

import (
	"cmp"
	"slices"
)

// responseAccuracies is [ResponseAccuracy] of the truth.
var responseAccuracies = []Measure{{
	Name: "response_accuracy", Doc: "share of the parts present whose neurons are the most active",
	Formula: "#{ parts present : neuron among the K most active } / K, in the mean over stimuli", Source: "after Spratling 2006", High: 1, Kind: AnyTruth,
	of: func(l *Learned) (float64, bool) { return ResponseAccuracy(l.Truth.Codes, l.H, l.W, l.recovery()) },
}}

// presentAbove is the share of the largest code of a stimulus above which a part is
// present in it.
const presentAbove = 0.1

// ResponseAccuracy says whether the right neurons answer: of the parts that are
// present in a stimulus, K of them, the share whose neurons are among the K most active,
// in the mean over the stimuli. Neurons are matched to true parts by rec; their
// activity is what they add to the prediction,
//
//	h_ia Σ_j w_aj        H m×r, W r×n
//
// which does not depend on how strength is divided between rates and synapses. A part
// is present if its code is above a tenth of the largest of the stimulus (codes m×k).
// Range 0 to 1; stimuli without parts are left out, and ok is false without any other.
// A neuron that is silent answers nothing.
//
// Source: after the "response accuracy" by which networks are judged on the bars problem
// (Spratling 2006, J. Mach. Learn. Res. 7:793–815); this form is the program's own.
func ResponseAccuracy(codes []float64, rates Rates, w []float64, rec Recovery) (accuracy float64, ok bool) {
	hidden := rates.Hidden
	parts, size := len(rec.Neuron), len(w)/hidden
	strength := make([]float64, hidden)
	for i, x := range w {
		strength[i/size] += x
	}
	order := make([]int, hidden)
	activity := make([]float64, hidden)
	h, stimuli := make([]float64, hidden), 0
	for i := range rates.Stimuli {
		rates.Stimulus(i, h)
		codes := codes[i*parts:]
		top, present := slices.Max(codes[:parts]), 0
		if top == 0 {
			continue
		}
		for a := range hidden {
			order[a], activity[a] = a, h[a]*strength[a]
		}
		for _, c := range codes[:parts] {
			if c > presentAbove*top {
				present++
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(activity[b], activity[a]) })
		right := 0
		for k, c := range codes[:parts] {
			a := rec.Neuron[k]
			if c > presentAbove*top && a >= 0 && activity[a] > 0 && slices.Contains(order[:min(present, hidden)], a) {
				right++
			}
		}
		accuracy += float64(right) / float64(present)
		stimuli++
	}
	if stimuli == 0 {
		return 0, false
	}
	return accuracy / float64(stimuli), true
}
