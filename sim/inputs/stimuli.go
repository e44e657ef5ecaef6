package inputs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"partsnet/sim/experiment"
	"partsnet/sim/generate"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
	"partsnet/sim/text"
)

// Stimuli loads or generates the stimuli of an experiment and scales them. An
// error is one of the request: what the experiment names cannot be shown.
func Stimuli(ctx context.Context, x *experiment.Experiment) (*stimulus.Set, error) {
	return ready(ctx, x, nil)
}

// ready is [Stimuli], for a network that has learned already unless l is nil.
func ready(ctx context.Context, x *experiment.Experiment, l *Learned) (*stimulus.Set, error) {
	set, err := shaped(ctx, x, l)
	if err == nil && l == nil && len(x.Groups.By) > 0 {
		set, err = grouped(set, x)
	}
	if err == nil {
		err = scaled(ctx, x, set, l)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	return set, nil
}

// shaped returns the stimuli in the shape that the experiment gives them, with their names.
func shaped(ctx context.Context, x *experiment.Experiment, l *Learned) (*stimulus.Set, error) {
	read := unscaled
	if l != nil {
		read = l.unscaled
	}
	set, err := read(ctx, x)
	if err == nil {
		err = ctx.Err() // each step from here on passes over all rates
	}
	if err == nil && l != nil {
		l.orient(x, set)
	}
	if err == nil && x.Stimulus.Transpose && !x.Several() { // of several files each was transposed
		if set.Height > 0 && set.Names != nil {
			return nil, fmt.Errorf("%s: each image is a stimulus; allowed is stimulus.transpose = false", set.Source)
		}
		set.Read = append(set.Read, "transposed: each column is a stimulus")
		set.Transpose()
	}
	if err == nil {
		err = set.Shape(x.Stimulus.Height, x.Stimulus.Width, x.Stimulus.Pixels == experiment.Columns)
	}
	if err == nil {
		err = name(set, x)
	}
	if err == nil && x.Groups.Cycle > 0 {
		err = set.Cut(x.Groups.Cycle)
	}
	if err == nil && l != nil {
		err = l.match(set)
	}
	return set, err
}

// scaled rectifies and scales named stimuli.
func scaled(ctx context.Context, x *experiment.Experiment, set *stimulus.Set, l *Learned) (err error) {
	err = known(set, x, l)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	if x.Stimulus.Path != "" {
		say(set)
	}
	by := scaling(x, set)
	if l != nil {
		by = l.scaling(x, set)
	}
	err = scale(set, x, by)
	if err == nil && l == nil && x.Groups.Learn == experiment.Shared {
		err = equalise(set, x)
	}
	return err
}

// known masks what is missing of stimuli, and rectifies them.
func known(set *stimulus.Set, x *experiment.Experiment, l *Learned) (err error) {
	if x.Stimulus.Table.Missing == stimulus.Masked {
		err = set.Lack()
	}
	if err == nil && x.Stimulus.Rectify && (set.Counts == nil || l == nil || l.Given("stimulus.rectify")) {
		err = set.Rectify()
	}
	return err
}

// scale brings the stimuli to a common range. What is negative is judged afterwards: some
// scalings leave nothing negative.
func scale(set *stimulus.Set, x *experiment.Experiment, by stimulus.Scaling) error {
	if err := set.Scale(by); err != nil {
		return err
	}
	err := set.Validate()
	if by.Name != "none" && x.Stimulus.Path != "" {
		if phrase := fmt.Sprintf("scaled by %q", by.Name); !slices.ContainsFunc(set.Read, func(s string) bool { return strings.HasPrefix(s, phrase) }) {
			set.Read = append(set.Read, phrase)
		}
		if err != nil {
			err = fmt.Errorf("after stimulus.scaling = %q: %w", by.Name, err)
		}
	}
	return err
}

// scaling returns the scaling of the stimuli: that of the paper for images from a file
// where the experiment leaves it open, because photographs need it, and none for all
// else, because generated faces are ink on paper and counts are counts.
func scaling(x *experiment.Experiment, set *stimulus.Set) stimulus.Scaling {
	by := stimulus.Scaling{Name: x.Stimulus.Scaling, Population: x.Stimulus.SD == "population", Offset: x.Stimulus.Offset, Levels: x.Stimulus.Levels}
	if by.Name == experiment.AutoScaling {
		by.Name = "none"
		if x.Stimulus.Path != "" && set.Height > 0 {
			by.Name = stimulus.PaperScaling.Name
		}
	}
	return by
}

// unscaled returns the stimuli as they are stored or drawn.
func unscaled(ctx context.Context, x *experiment.Experiment) (*stimulus.Set, error) {
	switch {
	case x.Stimulus.Path != "" && x.Several():
		set, err := stimulus.LoadSeveral(ctx, x.Stimulus.Path, x.Files(), stimulus.Options{Table: x.Stimulus.Table})
		if errors.Is(err, fs.ErrNotExist) && absent(x.Stimulus.Path) {
			err = fmt.Errorf("%w; name a folder or an archive with --set stimulus.path=PATH", err)
		}
		return set, err
	case x.Stimulus.Path != "" && text.Holds(ctx, x.Stimulus.Path):
		return texts(ctx, x)
	case x.Stimulus.Path != "":
		set, err := stimulus.LoadRaw(ctx, x.Stimulus.Path, stimulus.Options{Table: x.Stimulus.Table})
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w; name a file or folder with --set stimulus.path=PATH", err)
		}
		if errors.Is(err, stimulus.ErrFormat) {
			err = fmt.Errorf("%w; %s", err, stimulus.Allowed(text.Formats()))
		}
		return set, err
	}
	g, ok := x.Generator()
	if !ok {
		return nil, fmt.Errorf("stimulus.generator = %q; allowed are %q", x.Stimulus.Generator, generate.Names())
	}
	return g.Generate(ctx, stream.New(x.Seed, "stimulus"))
}

// absent reports whether nothing is at a path.
func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// texts counts the words of texts.
func texts(ctx context.Context, x *experiment.Experiment) (*stimulus.Set, error) {
	o := text.Options{
		Alphabet: x.Text.Alphabet, MinLength: x.Text.MinLength, MinDocuments: x.Text.MinDocuments,
		Skip: x.Text.Skip, Keep: x.Text.Keep,
	}
	var err error
	if x.Text.Stop != "" {
		if o.Stop, err = text.ReadList(x.Text.Stop); err != nil {
			return nil, fmt.Errorf("text.stop: %w", err)
		}
	}
	if x.Stimulus.Words != "" {
		if o.Vocabulary, err = text.ReadNames("stimulus.words", x.Stimulus.Words); err != nil {
			return nil, err
		}
	}
	return text.Load(ctx, x.Stimulus.Path, o)
}

// name names neurons and stimuli as the experiment says.
func name(set *stimulus.Set, x *experiment.Experiment) error {
	if x.Stimulus.Words != "" && x.Stimulus.Neurons != "" {
		return errors.New("stimulus.words and stimulus.neurons both name the visible neurons; allowed is one of them")
	}
	for _, l := range []struct {
		key, path string
		names     *[]string
		want      int
		what      string
	}{
		{"stimulus.words", x.Stimulus.Words, &set.Neurons, set.Size, "visible neurons"},
		{"stimulus.neurons", x.Stimulus.Neurons, &set.Neurons, set.Size, "visible neurons"},
		{"stimulus.titles", x.Stimulus.Titles, &set.Names, set.Count, "stimuli"},
	} {
		if l.path == "" {
			continue
		}
		names, err := text.ReadNames(l.key, l.path)
		if err == nil && len(names) != l.want {
			err = fmt.Errorf("%s: %s has %d names; %s has %d %s", l.key, l.path, len(names), set.Source, l.want, l.what)
			if len(names) == l.want+1 {
				err = fmt.Errorf("%w; if the first line, %q, names the column, choose the column by that name, FILE:NAME", err, names[0])
			}
		}
		if err != nil {
			return err
		}
		*l.names = names
		set.Read = append(set.Read, fmt.Sprintf("%s from %s", map[bool]string{true: "names of stimuli", false: "names of visible neurons"}[l.names == &set.Names], l.path))
		set.Texts = set.Texts || l.key == "stimulus.words"
	}
	set.Read = append(set.Read, twice("visible neurons", set.Neurons)...)
	set.Read = append(set.Read, twice("stimuli", set.Names)...)
	return nil
}

// twice warns of names that several have; nothing if all are different.
func twice(what string, names []string) []string {
	first, again, told := map[string]int{}, 0, ""
	for i, name := range names {
		at, known := first[name]
		switch {
		case !known:
			first[name] = i
		case again == 0:
			told = fmt.Sprintf("%q of %d and %d (counted from 0)", name, at, i)
			fallthrough
		default:
			again++
		}
	}
	if again == 0 {
		return nil
	}
	if again == 1 {
		return []string{fmt.Sprintf("two %s have one name: %s", what, told)}
	}
	return []string{fmt.Sprintf("%d %s have a name that one before has, the first %s", again, what, told)}
}
