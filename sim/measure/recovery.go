package measure

// recoveries are the measures that follow from [Recover].
var recoveries = []Measure{
	{
		Name: "parts_recovered", Doc: "true parts learned, matched one to one, with a cosine above 0.9",
		Formula: "#{ k : cos(part, match) > 0.9 }", High: inf, Kind: AnyTruth, Among: allParts,
		of: func(l *Learned) (float64, bool) { return float64(l.recovery().Recovered), true },
	},
	{
		Name: "mean_cosine", Doc: "mean cosine of true parts and the parts matched to them",
		Formula: "Σ_k cos(part, match) / parts", High: 1, Kind: AnyTruth,
		of: func(l *Learned) (float64, bool) { return l.recovery().MeanCosine, true },
	},
}

// allParts says that a count is at most the number of true parts.
func allParts(t Counted) (int, bool) { return t.Parts, true }

// RecoveredAbove is the cosine above which a part counts as recovered.
const RecoveredAbove = 0.9

// Recovery says which true parts were learned, and how well.
type Recovery struct {
	Neuron     []int     // for each true part the hidden neuron matched to it, or −1
	Cosine     []float64 // for each true part its cosine with that neuron's part, else 0
	MeanCosine float64   // over all true parts, 0 to 1
	Recovered  int       // number with a cosine above RecoveredAbove
}

// Recover matches true parts (rows of truth) one to one to learned parts (rows
// of w), both with size entries a row, such that the sum of the cosines
//
//	x·y / ( ‖x‖₂ ‖y‖₂ )        0 if one of them is all zero
//
// is largest. There may be more of the one than of the other.
func Recover(truth, w []float64, size int) Recovery {
	k, r := len(truth)/size, len(w)/size
	cosines := make([]float64, k*r)
	for a := range k {
		for b := range r {
			cosines[a*r+b] = Cosine(truth[a*size:(a+1)*size], w[b*size:(b+1)*size])
		}
	}
	rec := Recovery{Neuron: assign(cosines, k, r), Cosine: make([]float64, k)}
	for a, b := range rec.Neuron {
		if b < 0 {
			continue
		}
		rec.Cosine[a] = cosines[a*r+b]
		rec.MeanCosine += rec.Cosine[a] / float64(k)
		if rec.Cosine[a] > RecoveredAbove {
			rec.Recovered++
		}
	}
	return rec
}
