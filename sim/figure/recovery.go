package figure

import "fmt"

// Recovery draws true parts (rows of truth) and, in the same places, the learned
// part that matches each best: neuron[k] is the row of w assigned to true part
// k, or −1 for none. A part whose cosine with the truth is not above threshold
// has a vermilion frame.
func Recovery(truth, w []float64, neuron []int, cosine []float64, threshold float64, height, width int) *Figure {
	const pixels = 900
	size := height * width
	t := newTiling(len(neuron), height, width, pixels)
	theirs, ours := t.canvas(), t.canvas()
	recovered := 0
	for k, a := range neuron {
		part := truth[k*size : (k+1)*size]
		t.draw(theirs, k, part, largest(part))
		learned := make([]float64, size)
		if a >= 0 {
			learned = w[a*size : (a+1)*size]
		}
		t.draw(ours, k, learned, largest(learned))
		if cosine[k] > threshold {
			recovered++
		} else {
			t.border(ours, k, vermilion)
		}
	}
	return row([]panelOf{
		{theirs, "true parts", "↔"},
		{ours, fmt.Sprintf("learned: %d of %d (cosine > %v), rest framed", recovered, len(neuron), threshold), ""},
	})
}
