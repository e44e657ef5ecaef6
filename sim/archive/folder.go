package archive

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// walkFolder visits files below the root.
func walkFolder(ctx context.Context, files fs.FS, b *budget, visit visitor) error {
	var names []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || d.IsDir() {
			return err
		}
		want, err := b.wants(name)
		if want {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		if err := visit(name, func() (io.ReadCloser, error) { return openRegular(files, name) }); err != nil {
			return err
		}
	}
	return nil
}

// openRegular opens a file, or what a link leads to. Anything else is refused: reading a pipe
// would wait, and a device has no end.
func openRegular(files fs.FS, name string) (io.ReadCloser, error) {
	info, err := fs.Stat(files, name)
	if err == nil && !info.Mode().IsRegular() {
		err = notRegular(name, info.Mode())
	}
	if err != nil {
		return nil, err
	}
	return files.Open(name)
}

func notRegular(name string, mode fs.FileMode) error {
	return fmt.Errorf("%s is not a regular file (%v) and is refused", name, mode.Type())
}
