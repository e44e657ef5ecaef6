package dataset

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Cache is where data sets are kept.
type Cache struct {
	Dir    string       // a folder a data set
	Client *http.Client // nil for the usual one

	// Progress is told of every file: how many of how many bytes are there (−1 where
	// the server does not say), or nil.
	Progress func(file string, have, size int64)
}

// User returns the cache of the user.
func User() (*Cache, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("there is no folder for data sets: %w", err)
	}
	return &Cache{Dir: filepath.Join(dir, "partsnet")}, nil
}

// Get returns the path to load stimuli from, after fetching what is not in the cache.
// Files are written as NAME.part and take their name when they are whole and have the
// published checksum; what was begun is continued where the server allows it. Off line
// the error says which file could not be fetched from where.
func (c *Cache) Get(ctx context.Context, s *Set) (path string, err error) {
	dir := filepath.Join(c.Dir, s.Name)
	use := filepath.Join(dir, s.Use)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", fmt.Errorf("cannot make the folder for %s: %w", s.Name, err)
	}
	if (s.Prepare != nil || s.Files == nil) && c.Has(s) {
		return use, nil
	}
	if s.Files == nil {
		return "", fmt.Errorf("%s has to be fetched by hand from %s into %s; %s, and the same command tells how to learn from it", s.Name, s.Page, dir, s.Note)
	}
	for _, f := range s.Files {
		if err := c.file(ctx, f, filepath.Join(dir, f.Name)); err != nil {
			return "", fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if s.Prepare != nil {
		if err := s.Prepare(ctx, dir); err != nil {
			return "", fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return use, nil
}

// file fetches one file, if it is not there yet.
func (c *Cache) file(ctx context.Context, f File, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	part := path + ".part"
	if err := c.download(ctx, f, part); err != nil {
		return fmt.Errorf("cannot fetch %s: %w; the part that was fetched is kept; run the same command again to continue", f.URL, err)
	}
	if err := verify(part, f); err != nil {
		return errors.Join(fmt.Errorf("what %s sends is not the file that was published: %w; it was removed", f.URL, err), os.Remove(part))
	}
	return os.Rename(part, path)
}

// stalled is how long a server may send nothing.
const stalled = time.Minute

// download fetches into part, from where it ends.
func (c *Cache) download(ctx context.Context, f File, part string) (err error) {
	out, err := os.OpenFile(part, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Sync(), out.Close()) }()
	have, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	patience := time.AfterFunc(stalled, func() { cancel(fmt.Errorf("the server has sent nothing for %v", stalled)) })
	defer patience.Stop()
	response, err := c.ask(ctx, f.URL, have)
	if err != nil {
		return cause(ctx, err)
	}
	defer func() { response.Body.Close() }()
	if response.StatusCode == http.StatusRequestedRangeNotSatisfiable {
		if response.Header.Get("Content-Range") == fmt.Sprintf("bytes */%d", have) {
			return nil // all of it is there
		}
		have = 0 // more than there is: it was another file
		response.Body.Close()
		if response, err = c.ask(ctx, f.URL, 0); err != nil {
			return cause(ctx, err)
		}
	}
	switch response.StatusCode {
	case http.StatusPartialContent:
		if begins := fmt.Sprintf("bytes %d-", have); !strings.HasPrefix(response.Header.Get("Content-Range"), begins) {
			return fmt.Errorf("the server continues at %q, not at byte %d", response.Header.Get("Content-Range"), have)
		}
	case http.StatusOK:
		have = 0
	default:
		return fmt.Errorf("the server answers %s", response.Status)
	}
	if err := out.Truncate(have); err != nil {
		return err
	}
	if _, err := out.Seek(have, io.SeekStart); err != nil {
		return err
	}
	size := response.ContentLength
	if size >= 0 {
		size += have
	}
	_, err = io.Copy(out, &watched{response.Body, func(n int) {
		patience.Reset(stalled)
		if have += int64(n); c.Progress != nil {
			c.Progress(f.Name, have, size)
		}
	}})
	if err == nil && size >= 0 && have != size {
		err = fmt.Errorf("%d of %d bytes: %w", have, size, io.ErrUnexpectedEOF)
	}
	return cause(ctx, err)
}

// ask asks for a file from one of its bytes on.
func (c *Cache) ask(ctx context.Context, address string, from int64) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if from > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
	}
	client := c.Client
	if client == nil {
		client = http.DefaultClient
	}
	return client.Do(request)
}

// cause returns why the context was ended, if it was, and else err, without the
// address, which the caller names.
func cause(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var request *url.Error
	if errors.As(err, &request) {
		return request.Err
	}
	return err
}

// watched tells how much is read.
type watched struct {
	io.Reader
	read func(n int)
}

// Read reads and tells.
func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	w.read(n)
	return n, err
}

// verify compares the file with the checksums that are known.
func verify(path string, f File) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	strong, weak := sha256.New(), md5.New()
	if _, err := io.Copy(io.MultiWriter(strong, weak), in); err != nil {
		return err
	}
	for _, sum := range []struct{ name, got, want string }{
		{"SHA-256", hex.EncodeToString(strong.Sum(nil)), f.SHA256}, {"MD5", hex.EncodeToString(weak.Sum(nil)), f.MD5},
	} {
		if sum.want != "" && sum.got != sum.want {
			return fmt.Errorf("its %s is %s, not %s", sum.name, sum.got, sum.want)
		}
	}
	return nil
}

// Has reports whether the data set is in the cache.
func (c *Cache) Has(s *Set) bool {
	file, _, _ := strings.Cut(s.Use, ":")
	_, err := os.Stat(filepath.Join(c.Dir, s.Name, file))
	return !errors.Is(err, fs.ErrNotExist)
}
