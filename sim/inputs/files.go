package inputs

import (
	"context"
	"fmt"
	"os"
	"slices"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// fileSums returns the SHA-256 of every file that an experiment names, by its path as it is
// written there, and of the files of a folder that were read together. Folders have none, and a file that is mapped, which may be larger than
// memory, is what the checksum of the stimuli says.
func fileSums(ctx context.Context, x *experiment.Experiment, together []string) (map[string]string, error) {
	sums := map[string]string{}
	for _, path := range slices.Concat(Named(x), together) {
		if path == "" || path == x.Stimulus.Path && x.Stimulus.Map {
			continue
		}
		sum, err := FileSum(ctx, path)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: err}
		}
		if sum != "" {
			sums[path] = sum
		}
	}
	return sums, nil
}

// FileSum returns the SHA-256 of a file, "" for a folder. The path may name an array in
// the file behind a colon. The context ends it with its error.
func FileSum(ctx context.Context, path string) (string, error) {
	path = FileOf(path)
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return "", err
	}
	return record.FileSumContext(ctx, path)
}

// FileOf returns the file of a path that may name an array in it, or a column of names.
func FileOf(path string) string {
	file, _ := stimulus.SplitPath(path)
	file, _ = text.SplitColumn(file)
	return file
}

// Named returns the paths that an experiment names, "" where it names none.
func Named(x *experiment.Experiment) []string {
	return []string{x.Stimulus.Path, x.Stimulus.Neurons, x.Stimulus.Words, x.Stimulus.Titles, x.Groups.Table, x.Mask.Path, x.Text.Stop, x.Start.Synapses, x.Start.Rates}
}

// ordinary returns an error for the first path of an experiment that is there and is
// neither a file nor a folder: a pipe or a device may never end, and cannot be read again to prove what it was.
func ordinary(x *experiment.Experiment) error {
	for _, path := range Named(x) {
		info, err := os.Stat(FileOf(path))
		if path != "" && err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			return &experiment.RequestError{Err: fmt.Errorf("%s is a pipe or a device, which cannot be read again to prove what it was; allowed are files and folders: write it to a file first", path)}
		}
	}
	return nil
}
