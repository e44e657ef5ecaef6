package inputs

import (
	"context"
	"errors"
	"fmt"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/memory"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
)

// Inputs are the stimuli of a run. Once made they are not changed.
type Inputs struct {
	network.Data                 // the stimuli in the precision of the run
	Engine       network.Engine  // that made them
	Set          *stimulus.Set   // what else is known of them; its rates are the data
	Constants    measure.Shown   // what measures need to know of them
	Hidden       *measure.Hidden // what is hidden of them; nil if nothing is

	// Known once [Inputs.Prove] was called: SHA-256 of the stimuli, and of the files that the
	// config names, by path.
	Checksum string
	Files    map[string]string

	single  *stimulus.Set // where the stimuli are means over recordings, those of the recordings; or nil
	largest float64       // rate
	mapped  bool          // whether a file is mapped into memory
	release func() error
}

// Prepare reads or generates the stimuli of an experiment, as far as memory holds them and
// what learning takes. The context ends it early; the error is an [*outcome.Interrupted] then.
func Prepare(ctx context.Context, x *experiment.Experiment) (*Inputs, error) {
	return until(ctx, func() (*Inputs, error) {
		if err := ordinary(x); err != nil {
			return nil, err
		}
		if e, ok := memory.Announced(x); ok {
			if err := memory.Affordable(x, e, memory.Of(x, e).Most()); err != nil {
				return nil, err
			}
		}
		in, err := show(ctx, x, nil)
		if err != nil {
			return nil, err
		}
		if err := in.learnable(x); err != nil {
			return nil, errors.Join(err, in.release())
		}
		if err := in.fit(x); err != nil {
			return nil, errors.Join(err, in.release())
		}
		return in, nil
	})
}

// fit asks whether memory holds what learning takes, and the precision the rates.
func (in *Inputs) fit(x *experiment.Experiment) error {
	e := in.Extent()
	if err := memory.Affordable(x, e, memory.Of(x, e).Further()); err != nil {
		return err
	}
	in.know()
	return in.withinPrecision(x)
}

// Show is [Prepare] of stimuli that are recognised by a network that has learned, which are made
// ready by what is known of those that it learned from. It does not ask whether memory holds what
// learning takes.
func Show(ctx context.Context, x *experiment.Experiment, l *Learned) (*Inputs, error) {
	return until(ctx, func() (*Inputs, error) {
		if err := ordinary(x); err != nil {
			return nil, err
		}
		in, err := show(ctx, x, l)
		if err == nil {
			in.know()
		}
		return in, err
	})
}

// Prove works out the checksums of the stimuli and of the files that the experiment names,
// which a run directory and a checkpoint hold. The context ends it early.
func (in *Inputs) Prove(ctx context.Context, x *experiment.Experiment) error {
	var files map[string]string
	var sum string
	err := in.Until(ctx, func() (err error) {
		if files, err = fileSums(ctx, x, in.Set.Files); err == nil {
			sum, err = stimulus.ChecksumContext(ctx, in.Data)
		}
		return err
	})
	if err == nil {
		in.Files, in.Checksum = files, sum
	}
	return err
}

// Until calls f, which reads the stimuli, as [Await] does. Where the context ends before f
// they are released when f has ended.
func (in *Inputs) Until(ctx context.Context, f func() error) error {
	release := in.release
	var ended error // of f, which may heed the context itself
	if err := Await(ctx, func() error { ended = f(); return nil }, func(error) { _ = release() }); err != nil {
		in.release = func() error { return nil } // f still reads them
		return err
	}
	if ended != nil && errors.Is(ended, ctx.Err()) {
		return &outcome.Interrupted{}
	}
	return ended
}

// until returns what get returns, unless the context ends before; stimuli that come too late
// are released.
func until(ctx context.Context, get func() (*Inputs, error)) (*Inputs, error) {
	var got *Inputs
	err := Await(ctx, func() (err error) { got, err = get(); return err }, func(err error) {
		if err == nil {
			_ = got.release() // nobody has used them
		}
	})
	if err != nil {
		return nil, err
	}
	return got, nil
}

// show returns the stimuli in the precision of the run: mapped from a file where the
// experiment says so.
func show(ctx context.Context, x *experiment.Experiment, l *Learned) (in *Inputs, err error) {
	in = &Inputs{release: func() error { return nil }}
	if in.Engine, err = network.In(x.Precision); err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	if x.Stimulus.Map {
		var numbers []byte
		in.Set, numbers, in.release, err = stimulus.Map(x.Stimulus.Path, in.Engine.Bytes())
		if err == nil {
			err = in.Set.Shape(x.Stimulus.Height, x.Stimulus.Width, false)
		}
		if err == nil {
			err = name(in.Set, x)
		}
		if err == nil && x.Groups.Cycle > 0 {
			err = in.Set.Cut(x.Groups.Cycle)
		}
		if err == nil && l != nil {
			err = l.match(in.Set)
		}
		if err != nil && in.Set != nil {
			err = errors.Join(err, in.release())
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		in.Set.Scaled.Name = "none"
		in.mapped = true
		in.Data, err = in.Engine.Mapped(in.Set.Count, in.Set.Size, numbers)
	} else {
		if in.Set, err = ready(ctx, x, l); err != nil {
			return nil, err
		}
		if l == nil {
			err = in.average(x)
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		if in.Hidden, err = hide(ctx, x, in.Set, l == nil); err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		if err := vary(x, in.Set); err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		err = in.hold()
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s: %w", in.Set.Source, err)}
	}
	return in, nil
}

// hold makes data of the rates of the set, in the precision of the run.
func (in *Inputs) hold() (err error) {
	if in.Set.Counts != nil {
		in.Data, err = in.Engine.Counts(in.Set.Counts)
	} else {
		in.Data, err = in.Engine.Dense(in.Set.Count, in.Set.Size, in.Set.Rates)
	}
	if err == nil && in.Set.Seen != nil {
		in.Data, err = in.Engine.Partial(in.Data, in.Set.Seen)
	}
	in.Set.Rates, in.Set.Counts, in.Set.Seen = nil, nil, nil // the data have them
	return err
}

// Release gives back a file that is mapped into memory. The stimuli are not used any more.
func (in *Inputs) Release() error { return in.release() }

// Extent returns what a run of the stimuli has to hold.
func (in *Inputs) Extent() network.Extent {
	return network.Extent{Stimuli: in.Stimuli(), Visible: in.Neurons(), Held: in.Held(), Dense: in.Dense(), Missing: in.Data.Seen() != nil}
}

// Blank reports whether no visible neuron fires to a stimulus.
func (in *Inputs) Blank(i int) bool {
	blank := true
	in.Each(i, func(_ int, x float64) { blank = blank && x == 0 })
	return blank
}

// Unknown reports whether nothing is known of a stimulus.
func (in *Inputs) Unknown(i int) bool {
	seen := in.Data.Seen()
	return seen != nil && seen.MissingOf(i) == in.Neurons()
}

// Shown says what the network was shown, for an outcome.
func (in *Inputs) Shown() outcome.Stimuli {
	hidden := 0
	if in.Hidden != nil {
		hidden = len(in.Hidden.At)
	}
	return outcome.Stimuli{
		Missing: in.Constants.Missing - hidden, Hidden: hidden,
		Source: in.Set.Source, Read: in.Set.Read, Count: in.Set.Count, Size: in.Set.Size, Height: in.Set.Height, Width: in.Set.Width,
		Names: in.Set.Names, Neurons: in.Set.Neurons, Texts: in.Set.Texts, Axis: in.Set.Axis, AxisName: in.Set.AxisName, Recordings: in.Set.Recordings, Truth: in.Set.Truth,
		Scaling: in.Set.Scaled.Name, Constants: in.Set.Scaled.Constants(), Checksum: in.Checksum, Files: in.Files,
	}
}
