package figure

import "fmt"

// Recovery draws true parts (rows of truth) and, in the same places, the learned
// part that matches each best: neuron[k] is the row of w assigned to true part
// k, or −1 for none. A part whose cosine with the truth is not above threshold
// has a vermilion frame.
func Recovery(look Look, truth, w []float64, neuron []int, cosine []float64, threshold float64, height, width int) *Figure {
	f := look.fitted(900, func(pixels int) *Figure {
		return recovered(look, truth, w, neuron, cosine, threshold, height, width, pixels)
	})
	f.notes = append(f.notes, look.ownScales(), fmt.Sprintf("Learned parts whose cosine with the true part is not above %v are framed.", threshold))
	return f
}

// recovered draws the recovery with panels of a number of device pixels.
func recovered(look Look, truth, w []float64, neuron []int, cosine []float64, threshold float64, height, width, pixels int) *Figure {
	size := height * width
	t := newTiling(len(neuron), height, width, pixels)
	theirs, ours := t.canvas(), t.canvas()
	found := 0
	for k, a := range neuron {
		part := truth[k*size : (k+1)*size]
		t.draw(theirs, k, part, largest(part), look.images())
		learned := make([]float64, size)
		if a >= 0 {
			learned = w[a*size : (a+1)*size]
		}
		t.draw(ours, k, learned, largest(learned), look.images())
		if cosine[k] > threshold {
			found++
		} else {
			t.border(ours, k, vermilion)
		}
	}
	return row(look, []panelOf{
		{theirs, "true parts", "↔"},
		{ours, fmt.Sprintf("learned: %d of %d", found, len(neuron)), ""},
	})
}
