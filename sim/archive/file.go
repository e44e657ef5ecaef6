package archive

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"
)

// File is a file that is open for reading, unpacked if it is a gzip.
type File struct {
	io.Reader
	Size int64 // in bytes; −1 for a gzip, whose content has no size that could be trusted
	file *os.File
}

// Open opens a file, which is a gzip if its name ends in "gz". Reading ends with the error of
// the context once that has ended.
func Open(ctx context.Context, path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	opened := &File{file: f}
	if err == nil {
		opened.Size = info.Size()
		opened.Reader = bufio.NewReaderSize(&interruptible{ctx, f}, 1<<16)
	}
	if err == nil && strings.HasSuffix(strings.ToLower(path), "gz") {
		opened.Size = -1
		opened.Reader, err = Gunzip(opened.Reader)
		opened.Reader = bufio.NewReaderSize(opened.Reader, 1<<16)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return opened, nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// interruptible is a reader that a context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read reads, unless the context has ended.
func (i *interruptible) Read(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(b)
}
