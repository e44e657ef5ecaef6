package dataset

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"partsnet/sim/stimulus"
)

// facesSum is the SHA-256 of the pixels of the 2,429 faces, a byte each, image by
// image in the order of their names. The archive that holds them has none that was
// published.
const facesSum = "3dbca855d225475fde5914e42a5417c6b18457978d60051ce2b573af0d607148"

// prepareFaces takes the training faces out of the archive within the archive of the
// MIT CBCL set.
func prepareFaces(dir string) error {
	final := filepath.Join(dir, "train-faces.tar")
	part := final + ".part.tar"
	if err := extractFaces(filepath.Join(dir, "faces.tar.gz"), part); err != nil {
		return errors.Join(err, remove(part))
	}
	set, err := stimulus.Load(part)
	if err == nil {
		pixels := make([]byte, len(set.Rates))
		for i, x := range set.Rates {
			pixels[i] = byte(x)
		}
		if sum := sha256.Sum256(pixels); hex.EncodeToString(sum[:]) != facesSum {
			err = fmt.Errorf("the pixels of its %d images have the SHA-256 %x, not %s", set.Count, sum, facesSum)
		}
	}
	if err != nil {
		return errors.Join(err, remove(part))
	}
	return os.Rename(part, final)
}

// extractFaces copies the face images of the training set into a tar of their own.
func extractFaces(archive, into string) (err error) {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := os.Create(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	faces := tar.NewWriter(out)
	outer, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	err = each(outer, func(h *tar.Header, r io.Reader) error {
		if path.Base(h.Name) != "face.train.tar.gz" {
			return nil
		}
		inner, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		return each(inner, func(h *tar.Header, r io.Reader) error {
			name := path.Base(h.Name)
			if path.Base(path.Dir(h.Name)) != "face" || !strings.HasSuffix(name, ".pgm") || h.Size > 1<<16 {
				return nil
			}
			if err := faces.WriteHeader(&tar.Header{Name: name, Mode: 0o666, Size: h.Size}); err != nil {
				return err
			}
			_, err := io.Copy(faces, r)
			return err
		})
	})
	return errors.Join(err, faces.Close())
}

// remove removes a file that may not be there.
func remove(file string) error {
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// each visits the files of a tar archive.
func each(r io.Reader, visit func(h *tar.Header, r io.Reader) error) error {
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil && h.Typeflag == tar.TypeReg {
			err = visit(h, t)
		}
		if err != nil {
			return err
		}
	}
}
