package inputs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"partsnet/network"
	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// groups finds the groups into which the experiment puts the recordings of a set.
func groups(set *stimulus.Set, x *experiment.Experiment) ([]stimulus.Group, error) {
	by := x.Groups.By
	if set.Recordings == nil {
		return nil, fmt.Errorf("groups.by = [%s]: %s is not made of recordings; allowed is groups.by = []", config.QuoteAll(by), set.Source)
	}
	all, err := stimulus.Groups(set.Recordings, by)
	if err != nil {
		return nil, fmt.Errorf("groups.by = [%s]: %s: %w", config.QuoteAll(by), set.Source, err)
	}
	return all, nil
}

// grouped says in a set which groups it has, and returns it or, where the network learns from one
// group alone, the stimuli of that.
func grouped(set *stimulus.Set, x *experiment.Experiment) (*stimulus.Set, error) {
	all, err := groups(set, x)
	if err != nil {
		return nil, err
	}
	if x.Groups.Only != "" {
		return only(set, all, x.Groups.Only)
	}
	set.Read = append(set.Read, saidGroups(all, x))
	return set, nil
}

// only returns the stimuli of one of the groups of a set.
func only(set *stimulus.Set, all []stimulus.Group, name string) (*stimulus.Set, error) {
	names := namesOf(all)
	k := slices.Index(names, name)
	if k < 0 {
		k = slices.Index(names, stimulus.Composed(name))
	}
	if k < 0 {
		return nil, fmt.Errorf("groups.only = %s; allowed is one of the groups of %s: %s", config.Quote(name), set.Source, first(names))
	}
	one, err := set.Select(all[k])
	if err != nil {
		return nil, err
	}
	one.Read = append(one.Read, fmt.Sprintf("group %s alone, %d of %d stimuli", name, one.Count, set.Count))
	return one, nil
}

// saidGroups says which groups there are.
func saidGroups(all []stimulus.Group, x *experiment.Experiment) string {
	what := fmt.Sprintf("%d groups", len(all))
	if len(all) == 1 {
		what = "1 group"
	}
	return fmt.Sprintf("%s by %s: %s", what, strings.Join(x.Groups.By, " and "), first(namesOf(all)))
}

// namesTold is the number of names that are listed.
const namesTold = 10

// first lists the first of many names.
func first(names []string) string {
	if more := len(names) - namesTold; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namesTold], "; "), more)
	}
	return strings.Join(names, "; ")
}

// namesOf returns the names of groups.
func namesOf(all []stimulus.Group) (names []string) {
	for _, g := range all {
		names = append(names, g.Name)
	}
	return names
}

// Apart are the stimuli of groups that learn alone, before they are scaled: each group is scaled by
// itself, as if there were no others.
type Apart struct {
	Set    *stimulus.Set // with the rates of all; not changed
	Groups []stimulus.Group
	Read   []string          // what is said of the set as a whole
	Files  map[string]string // SHA-256 of the files that the config names, by path
	Stored []Stored          // parts that someone has stored; nil where none are named
	Tables map[string]string // SHA-256 of the files of a folder that hold them, by path
}

// Divide reads or generates the stimuli of an experiment whose groups learn alone.
func Divide(ctx context.Context, x *experiment.Experiment) (*Apart, error) {
	var a *Apart
	err := Await(ctx, func() error {
		if err := ordinary(x); err != nil {
			return err
		}
		set, err := shaped(ctx, x, nil)
		if err != nil {
			return &experiment.RequestError{Err: err}
		}
		all, err := groups(set, x)
		if err != nil {
			return &experiment.RequestError{Err: err}
		}
		files, err := fileSums(ctx, x, set.Files)
		if err != nil {
			return err
		}
		d := &Apart{Set: set, Groups: all, Files: files, Tables: map[string]string{}}
		if x.Groups.Parts != "" {
			stored, tables, err := storedParts(ctx, x, set, all)
			if err != nil {
				return &experiment.RequestError{Err: err}
			}
			d.Stored = stored
			for _, path := range tables {
				if d.Tables[path], err = FileSum(ctx, path); err != nil {
					return err
				}
			}
		}
		if d.Read, err = saidOfAll(set, x); err != nil {
			return &experiment.RequestError{Err: err}
		}
		a = d
		return nil
	}, func(error) {})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// saidOfAll returns what is said of stimuli that are read, as of those of one network: how many there
// are, what was changed in them, and their range before each group is scaled.
func saidOfAll(set *stimulus.Set, x *experiment.Experiment) ([]string, error) {
	if x.Stimulus.Path == "" {
		return set.Read, nil
	}
	all := *set
	all.Rates, all.Read = slices.Clone(set.Rates), slices.Clone(set.Read)
	if err := known(&all, x, nil); err != nil {
		return nil, err
	}
	say(&all)
	return all.Read, nil
}

// Prepare returns the stimuli of the group that an experiment is of, as [Prepare] would have read
// them, with their checksums.
func (a *Apart) Prepare(ctx context.Context, x *experiment.Experiment) (*Inputs, error) {
	in, err := until(ctx, func() (*Inputs, error) {
		set, err := only(a.Set, a.Groups, x.Groups.Only)
		if err == nil {
			err = scaled(ctx, x, set, nil)
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		in := &Inputs{release: func() error { return nil }, Set: set}
		if in.Engine, err = network.In(x.Precision); err == nil {
			err = in.average(x)
		}
		if err == nil {
			err = in.hold()
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		return in, in.fit(x)
	})
	if err != nil {
		return nil, err
	}
	in.Files = a.Files
	err = in.Until(ctx, func() (err error) { in.Checksum, err = stimulus.ChecksumContext(ctx, in.Data); return err })
	if err != nil {
		return nil, errors.Join(err, in.Release())
	}
	return in, nil
}
