package archive

import (
	"archive/tar"
	"context"
	"fmt"
	"io"
	"io/fs"
)

// WalkTar is [Walk] of a tar archive that r reads, which may stand in another archive.
func WalkTar(ctx context.Context, r io.Reader, files Files, visit func(name string, r io.Reader) error) error {
	b := &budget{files: files}
	err := walkTar(ctx, r, b, func(name string, open func() (io.ReadCloser, error)) error {
		r, err := open()
		if err != nil {
			return err
		}
		b.visited++
		return visit(name, &interruptible{ctx, b.limit(r)})
	})
	if err == fs.SkipAll {
		return nil
	}
	return err
}

func walkTarFile(ctx context.Context, file string, b *budget, visit visitor) error {
	f, err := Open(ctx, file)
	if err != nil {
		return err
	}
	defer f.Close()
	return walkTar(ctx, f, b, visit)
}

// walkTar visits files of a tar archive in their order.
func walkTar(ctx context.Context, r io.Reader, b *budget, visit visitor) error {
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		switch {
		case err == io.EOF:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("after %d %s: %w", b.visited, b.files.What, err)
		}
		name, err := entry(h.Name)
		if err != nil {
			return err
		}
		if h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		want, err := b.wants(name)
		switch {
		case err != nil:
			return err
		case !want:
			continue
		case h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink:
			return isLink(h.Name)
		case h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != "":
			return fmt.Errorf("entry %q is a sparse file, which can be endless, and is refused", h.Name)
		case h.Typeflag != tar.TypeReg:
			return notRegular(h.Name, h.FileInfo().Mode())
		}
		if err := visit(name, func() (io.ReadCloser, error) { return io.NopCloser(t), nil }); err != nil {
			return err
		}
	}
}
