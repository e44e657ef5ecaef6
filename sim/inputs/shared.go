package inputs

import (
	"fmt"
	"math"

	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// equalise divides the stimuli of each group by the root mean square of their rates,
//
//	v ← v / √( Σ v² / (m n) )        over the m stimuli of the group and n visible neurons,
//
// so that a stimulus weighs the same in every group on average. The ratios between the visible
// neurons of a group stay, so that parts mean the same in all; to divide each visible neuron by a
// constant of its own, as by the peak of a muscle, is another decision (Besomi et al. 2020), and is
// made before. It is said in the set, which keeps what it divided by.
func equalise(set *stimulus.Set, x *experiment.Experiment) error {
	if set.Counts != nil {
		return fmt.Errorf("groups.learn = %q: %s holds counts, which are not divided; allowed is groups.learn = %q", experiment.Shared, set.Source, experiment.Concatenated)
	}
	groups, err := stimulus.Groups(set.Recordings, x.Groups.By)
	if err != nil {
		return err
	}
	set.Divided = map[string]float64{}
	var said []string
	for _, g := range groups {
		squares := 0.0
		for _, i := range g.Stimuli() {
			for _, v := range set.Row(i) {
				squares += float64(v * v)
			}
		}
		by := math.Sqrt(squares / float64(g.Count()*set.Size))
		if !(by > 0) || math.IsInf(by, 1) {
			return fmt.Errorf("groups.learn = %q: the root mean square of the group %q is %v, by which it cannot be divided; allowed is groups.learn = %q", experiment.Shared, g.Name, by, experiment.Concatenated)
		}
		for _, i := range g.Stimuli() {
			row := set.Row(i)
			for j := range row {
				row[j] /= by
			}
		}
		set.Divided[g.Name] = by
		said = append(said, fmt.Sprintf("%s %.4g", g.Name, by))
	}
	set.Read = append(set.Read, "each group divided by the root mean square of its rates: "+first(said))
	return set.Validate()
}
