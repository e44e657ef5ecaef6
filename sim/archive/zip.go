package archive

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// walkZip visits files of a .zip of size bytes. Entries may claim any size, and may overlap:
// what they claim is held to the budget and to the size of the archive before one is read, and
// package zip holds each to what it claims.
func walkZip(ctx context.Context, file string, size int64, b *budget, visit visitor) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer z.Close()
	type named struct {
		name string
		*zip.File
	}
	var wanted []named
	content := int64(0)
	for _, f := range z.File {
		path := strings.ReplaceAll(f.Name, `\`, "/") // as programs for Windows separate folders
		name, err := entry(path)
		if err != nil || path != f.Name && strings.Contains(path, ":") { // a drive
			return leadsOut(f.Name)
		}
		if strings.HasSuffix(path, "/") { // a folder
			continue
		}
		want, err := b.wants(name)
		switch {
		case err != nil:
			return err
		case !want:
			continue
		case f.Mode()&fs.ModeSymlink != 0:
			return isLink(f.Name)
		case !f.Mode().IsRegular():
			return notRegular(f.Name, f.Mode())
		case f.Flags&1 != 0:
			return fmt.Errorf("entry %q is encrypted; unpack the archive first", f.Name)
		}
		if content += int64(min(f.UncompressedSize64, uint64(b.files.Bytes)+1)); content > b.files.Bytes {
			return b.exceeded()
		}
		wanted = append(wanted, named{name, f})
	}
	if outOfProportion(size, content) {
		return fmt.Errorf("the %s of an archive of %d bytes unpack to %d; allowed is a ratio of %d, which data do not exceed", b.files.What, size, content, ratio)
	}
	slices.SortFunc(wanted, func(x, y named) int { return Compare(x.name, y.name) })
	names := make([]string, len(wanted))
	for i, f := range wanted {
		names[i] = f.name
	}
	b.files.Report.Sorted(names)
	for _, f := range wanted {
		err := visit(f.name, func() (io.ReadCloser, error) {
			r, err := f.Open()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.name, err)
			}
			return r, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func isLink(name string) error {
	return fmt.Errorf("entry %q is a link and is refused", name)
}
