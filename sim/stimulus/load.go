package stimulus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"

	"partsnet/sim/npy"
)

// Options say how stimuli are read, as far as a file leaves it open.
type Options struct {
	Table Table // of tables in text
}

// Load reads the stimuli at path, in the format of [Formats] that the name tells; a folder or an
// archive is one of images or, without any, holds one file of another format. FILE:NAME names an
// array of a file with several. The set is valid: shapes fit and every value is a rate. The
// context ends it with its error.
func Load(ctx context.Context, path string) (*Set, error) {
	set, err := LoadRaw(ctx, path, Options{})
	if err != nil {
		return nil, err
	}
	return set, set.Validate()
}

// LoadRaw is [Load] with options, and of values as they are stored: finite, but they are rates
// only once they were scaled, and what is negative is left to [Set.Validate].
func LoadRaw(ctx context.Context, path string, how Options) (*Set, error) {
	set, err := load(ctx, path, how)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	set.Source = path
	return set, set.validate(-math.MaxFloat64, how.Table.Missing == Masked)
}

// ErrFormat tells that the name of a file is that of no format.
var ErrFormat = errors.New("the name does not tell the format")

func load(ctx context.Context, path string, how Options) (*Set, error) {
	set, err := read(ctx, path, how)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // whatever a reader makes of a file that ends early
	}
	return set, err
}

func read(ctx context.Context, path string, how Options) (*Set, error) {
	file, array := SplitPath(path)
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read stimuli: %w", err)
	}
	f, ok := formatOf(file)
	switch {
	case info.IsDir():
		f = imagesFormat
	case !ok:
		return nil, fmt.Errorf("%w; allowed are %s", ErrFormat, Allowed(formats))
	}
	set, err := f.read(ctx, file, array, how)
	if errors.Is(err, errNoImages) {
		return readOnly(ctx, file, how)
	}
	return set, err
}

// ReadArray reads a matrix of any sign from a file in one of the formats of stimuli, such as
// synapses to start from.
func ReadArray(ctx context.Context, path string) (*npy.Array, error) {
	set, err := load(ctx, path, Options{})
	if err == nil && set.Counts != nil {
		err = errors.New("it holds counts; allowed is a dense array")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &npy.Array{Shape: []int{set.Count, set.Size}, Values: set.Rates}, nil
}

// SplitPath returns the file of a path, and the array in it that is named behind a colon, ""
// if none is.
func SplitPath(path string) (file, array string) {
	file = path
	lower := []byte(path) // of as many bytes
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	for _, f := range formats {
		if !f.Arrays {
			continue
		}
		for _, end := range f.Endings {
			if i := bytes.LastIndex(lower, []byte(end+":")); i >= 0 {
				file, array = path[:i+len(end)], path[i+len(end)+1:]
			}
		}
	}
	return file, array
}
