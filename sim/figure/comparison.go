package figure

// Factorisation is what one network made of the stimuli: parts w (r×n), and hidden
// rates h (r) and prediction (n) of the stimulus that is shown. Values may have signs.
type Factorisation struct {
	Title            string
	W, H, Prediction []float64
}

// Comparison draws one stimulus as several networks take it apart, as Fig. 1 of Lee &
// Seung (1999): a row each with the parts, the hidden rates as a grid in the same
// order, and the prediction; the stimulus beside the first. Positive values are
// black, negative red; each part has a scale of its own.
func Comparison(networks []Factorisation, stimulus []float64, height, width int) *Figure {
	const pixels = 470
	var panels [][]panelOf
	var titles []string
	for k, f := range networks {
		row := decomposed(f.W, f.H, f.Prediction, stimulus, height, width, pixels)
		if k > 0 {
			row[2].sign, row[3] = "", panelOf{}
		}
		panels, titles = append(panels, row), append(titles, f.Title)
	}
	return rows(panels, titles)
}
