package stimulus

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"partsnet/sim/archive"
)

// readOnly reads the one file of a folder or an archive without images that has a format of
// one file; of several, none is chosen.
func readOnly(ctx context.Context, file string, how Options) (*Set, error) {
	var found, others []string
	err := archive.List(ctx, file, func(name string) error {
		if f, ok := formatOf(name); ok && !f.Folder && !archive.IsDotfile(name) {
			found = append(found, name)
		} else {
			others = append(others, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	archive.SortNaturally(found)
	archive.SortNaturally(others)
	switch {
	case len(found) == 0 && len(others) == 0:
		return nil, fmt.Errorf("%w, and no other file", errNoImages)
	case len(found) == 0:
		return nil, fmt.Errorf("%w, and no file of another format, but %s", errNoImages, archive.First(others))
	case len(found) > 1:
		return nil, fmt.Errorf("%w, but %d files of other formats: %s; allowed is one: name one of them, unpacked, as stimulus.path", errNoImages, len(found), archive.First(found))
	}
	only := found[0]
	set, err := readMember(ctx, file, only, how)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", only, err)
	}
	left := &archive.Report{}
	for _, name := range others {
		left.Leave(name)
	}
	said := []string{fmt.Sprintf("%s read, the one file of stimuli in %s", only, filepath.Base(file))}
	set.Read = slices.Concat(said, set.Read, left.Said("stimuli"))
	return set, nil
}

// readMember reads a file of a folder or an archive by its format. That of an archive is
// unpacked into a temporary file first.
func readMember(ctx context.Context, file, member string, how Options) (set *Set, err error) {
	format, _ := formatOf(member)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return format.read(ctx, filepath.Join(file, filepath.FromSlash(member)), "", how)
	}
	if format.Arrays {
		return nil, fmt.Errorf("a file of several arrays in an archive; unpack it first")
	}
	folder, err := os.MkdirTemp("", "partsnet-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	unpacked := filepath.Join(folder, path.Base(member))
	wanted := archive.Files{What: "files", Bytes: 9 * maxValues, Want: func(name string) bool { return name == member }}
	err = archive.Walk(ctx, file, wanted, func(_ string, r io.Reader) error {
		w, err := os.Create(unpacked)
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, r); err != nil {
			w.Close()
			return err
		}
		return w.Close()
	})
	if err != nil {
		return nil, err
	}
	return format.read(ctx, unpacked, "", how)
}
