package outcome

// Completion is some stimuli of which entries are missing, and how the network fills them in.
type Completion struct {
	Stimuli []int       // their numbers, from 0
	Whole   [][]float64 // n each: all rates, NaN where none is known
	Shown   [][]bool    // n each: what the network was shown
	Filled  [][]float64 // n each: what was shown, and the prediction of the rest
}
