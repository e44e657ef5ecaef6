package inputs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// Stored is a table of parts that someone has stored of a group.
type Stored struct {
	Group int // its number among the groups
	Name  string
	Names []string  // of the parts
	Parts []float64 // a row for each, with the visible neurons of the stimuli
}

// storedParts reads the tables that groups.parts names, a visible neuron a line and a part a column, and
// brings their visible neurons into the order of the stimuli. What it did is said in the set of the stimuli.
// Files are those that it read from a folder.
func storedParts(ctx context.Context, x *experiment.Experiment, set *stimulus.Set, groups []stimulus.Group) (all []Stored, files []string, err error) {
	const key = "groups.parts"
	how := experiment.Default().Stimulus.Table // the tables need not be like those of the stimuli
	how.Decimal, how.Thousands = x.Stimulus.Table.Decimal, x.Stimulus.Table.Thousands
	parts, err := stimulus.LoadSeveral(ctx, x.Stimulus.Path, stimulus.Files{Pattern: x.Groups.Parts, Key: key, Transpose: true}, stimulus.Options{Table: how})
	if err != nil {
		return nil, nil, err
	}
	if parts.Counts != nil {
		return nil, nil, fmt.Errorf("%s = %q: parts are tables of weights, and these are counts", key, x.Groups.Parts)
	}
	if set.Neurons == nil || parts.Neurons == nil {
		if parts.Size != set.Size {
			return nil, nil, fmt.Errorf("%s = %q: parts of %d visible neurons; the stimuli have %d", key, x.Groups.Parts, parts.Size, set.Size)
		}
	} else {
		m, err := stimulus.Match(parts.Neurons, x.Groups.Parts, set.Neurons, "the stimuli")
		if err != nil {
			return nil, nil, err
		}
		if difference := m.Difference(); difference != "" {
			return nil, nil, fmt.Errorf("%s = %q: the stored parts have other visible neurons than the stimuli: %s", key, x.Groups.Parts, difference)
		}
		if !m.Same {
			if err := parts.Arrange(m.Place, set.Size); err != nil {
				return nil, nil, err
			}
		}
	}
	of, err := stimulus.Groups(parts.Recordings, x.Groups.By)
	if err != nil {
		return nil, nil, fmt.Errorf("%s = %q: %w; the pattern has to say of which group a table is", key, x.Groups.Parts, err)
	}
	further, without := []string(nil), []string(nil)
	has := map[int]bool{}
	for _, g := range of {
		k := slices.IndexFunc(groups, func(h stimulus.Group) bool { return slices.Equal(g.Values, h.Values) })
		if k < 0 {
			further = append(further, g.Name)
			continue
		}
		has[k] = true
		for _, r := range g.Recordings {
			s := Stored{Group: k, Name: r.Name, Parts: parts.Rates[r.From*parts.Size : r.To*parts.Size]}
			for i := r.From; i < r.To; i++ {
				name := fmt.Sprint(i - r.From)
				if parts.Names != nil {
					name = strings.TrimPrefix(stimulus.OneLine(parts.Names[i]), r.Name+", ")
				}
				s.Names = append(s.Names, name)
			}
			all = append(all, s)
		}
	}
	for k, g := range groups {
		if !has[k] {
			without = append(without, g.Name)
		}
	}
	if all == nil {
		return nil, nil, fmt.Errorf("%s = %q: no table is of a group of the stimuli; they are of %s", key, x.Groups.Parts, first(further))
	}
	count := 0
	for _, s := range all {
		count += len(s.Names)
	}
	set.Read = append(set.Read, fmt.Sprintf("stored parts by %s = %q: %d", key, x.Groups.Parts, count))
	if without != nil {
		set.Read = append(set.Read, "no stored parts of "+first(without))
	}
	if further != nil {
		set.Read = append(set.Read, "stored parts of no group left out: "+first(further))
	}
	return all, parts.Files, nil
}
