package archive

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// walkFolder visits files below a folder. Links to folders are followed, each folder once: one
// that is met already, or that holds the link, is left out, so that no circle is walked.
func walkFolder(ctx context.Context, folder string, b *budget, visit visitor) error {
	root, err := realPath(folder)
	if err != nil {
		return err
	}
	f := &follower{files: os.DirFS(folder), budget: b, met: map[string]bool{}}
	if err := f.walk(ctx, ".", root); err != nil {
		return err
	}
	for len(f.links) > 0 {
		name := f.links[0]
		f.links = f.links[1:]
		real, err := realPath(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if f.met[real] || within(root, real) {
			b.files.Report.leaveLink(name)
			continue
		}
		if err := f.walk(ctx, name, real); err != nil {
			return err
		}
	}
	SortNaturally(f.names)
	b.files.Report.Sorted(f.names)
	for _, name := range f.names {
		if err := visit(name, func() (io.ReadCloser, error) { return openRegular(f.files, name) }); err != nil {
			return err
		}
	}
	return nil
}

// follower gathers the names of files of a folder and of those that links lead to.
type follower struct {
	files  fs.FS
	budget *budget
	met    map[string]bool // folders, by their real paths
	links  []string        // to folders, which are still to be followed
	names  []string        // of files that are asked for
}

// walk gathers the files of a folder, which is real where no link is left in its path.
func (f *follower) walk(ctx context.Context, folder, real string) error {
	return fs.WalkDir(f.files, folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if d.IsDir() || name == folder {
			below := name
			if folder != "." {
				below = "." + name[len(folder):]
			}
			at := filepath.Join(real, filepath.FromSlash(below))
			if f.met[at] {
				return fs.SkipDir
			}
			f.met[at] = true
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 && !IsDotfile(name) {
			if info, err := fs.Stat(f.files, name); err == nil && info.IsDir() {
				f.links = append(f.links, name)
				return nil
			}
		}
		want, err := f.budget.wants(name)
		if want {
			f.names = append(f.names, name)
		}
		return err
	})
}

// realPath returns the absolute path of a folder, without links.
func realPath(folder string) (string, error) {
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// within reports whether a folder is another one or lies in it.
func within(folder, other string) bool {
	relative, err := filepath.Rel(other, folder)
	return err == nil && relative != ".." && !strings.HasPrefix(filepath.ToSlash(relative), "../")
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
