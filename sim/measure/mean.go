package measure

// vectorMeasure is a measure of one vector: a part, or the rates of one stimulus or neuron. ok
// is false if it is not defined for x.
type vectorMeasure func(x []float64) (value float64, ok bool)

// ofParts is the mean of a vector measure over the parts, the rows of W.
func ofParts(of vectorMeasure) func(l *Learned) (float64, bool) {
	return func(l *Learned) (float64, bool) {
		return mean(of, l.Hidden, l.Visible, func(a int, to []float64) { copy(to, l.W[a*l.Visible:]) })
	}
}

// ofStimuli is its mean over stimuli, of the rates of all neurons to each.
func ofStimuli(of vectorMeasure) func(l *Learned) (float64, bool) {
	return func(l *Learned) (float64, bool) { return mean(of, l.H.Stimuli, l.H.Hidden, l.H.Stimulus) }
}

// ofNeurons is its mean over hidden neurons, of the rates of each to all stimuli.
func ofNeurons(of vectorMeasure) func(l *Learned) (float64, bool) {
	return func(l *Learned) (float64, bool) { return mean(of, l.H.Hidden, l.H.Stimuli, l.H.Neuron) }
}

// mean returns the mean of a vector measure over count vectors of a size, which write writes
// one at a time. Vectors for which it is not defined are left out; without any other the mean
// is not defined.
func mean(of vectorMeasure, count, size int, write func(i int, to []float64)) (value float64, ok bool) {
	sum, n := 0.0, 0
	x := make([]float64, size)
	for i := range count {
		write(i, x)
		if s, ok := of(x); ok {
			sum += s
			n++
		}
	}
	return sum / float64(n), n > 0
}
