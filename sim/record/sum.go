package record

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
)

// FileSum returns the SHA-256 of a file in hexadecimal.
func FileSum(path string) (string, error) { return FileSumContext(context.Background(), path) }

// FileSumContext is [FileSum], which the context ends with its error: a file may be large.
func FileSumContext(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, reader(func(b []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return f.Read(b)
	}))
	return hex.EncodeToString(sum.Sum(nil)), err
}

type reader func(b []byte) (int, error)

func (r reader) Read(b []byte) (int, error) { return r(b) }

// sum is a SHA-256 of what was written so far.
type sum struct{ hash.Hash }

func newSum() sum { return sum{sha256.New()} }

func (s sum) hex() string { return hex.EncodeToString(s.Sum(nil)) }
