package stimulus

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// IsData reports whether the path is that of a file in a format of one file that is not hidden
// and no text in words: a .txt is data by its beginning alone, as docword is.
func IsData(name string) bool {
	f, ok := formatOf(name)
	return ok && !f.Folder && !archive.IsDotfile(name) && (f.Prefix != "" || !isNote(name))
}

// isNote reports whether a file may be a text beside data.
func isNote(name string) bool { return strings.EqualFold(path.Ext(name), ".txt") }

// members lists the files of a folder or an archive that have a format of one file, and the
// others, images among them. Beside data, a .txt is a note.
func members(ctx context.Context, file string) (found, others []string, err error) {
	var notes []string
	err = archive.List(ctx, file, func(name string) error {
		switch f, ok := formatOf(name); {
		case IsData(name):
			found = append(found, name)
		case ok && !f.Folder && !archive.IsDotfile(name):
			notes = append(notes, name)
		default:
			others = append(others, name)
		}
		return nil
	})
	if len(found) > 0 {
		others = append(others, notes...)
	} else {
		found = notes
	}
	return found, others, err
}

// FormatHeld returns the format of the first file of stimuli in a folder or an archive, in the
// natural order of names; ok is false where there is none, or an image. The context ends the look
// into an archive.
func FormatHeld(ctx context.Context, file string) (f Format, ok bool) {
	found, others, err := members(ctx, file)
	if err != nil || len(found) == 0 || slices.ContainsFunc(others, IsImage) {
		return Format{}, false
	}
	archive.SortNaturally(found)
	return formatOf(found[0])
}

// readOnly reads the one file of a folder or an archive without images that has a format of
// one file; of several, none is chosen.
func readOnly(ctx context.Context, file string, how Options) (*Set, error) {
	found, others, err := members(ctx, file)
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
		return nil, fmt.Errorf("%w, but %d files of other formats: %s; allowed is one: name one of them as stimulus.path, unpacked, or set what makes several files one set: %s", errNoImages, len(found), archive.First(found), severalKeys(found))
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
		return unpack(unpacked, r)
	})
	if err != nil {
		return nil, err
	}
	return format.read(ctx, unpacked, "", how)
}
