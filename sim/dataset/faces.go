package dataset

import (
	"archive/tar"
	"context"
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

	"partsnet/sim/archive"
	"partsnet/sim/stimulus"
)

// facesSum is the SHA-256 of the pixels of the 2,429 faces, a byte each, image by
// image in the order of their names. The archive that holds them has none that was
// published.
const facesSum = "3dbca855d225475fde5914e42a5417c6b18457978d60051ce2b573af0d607148"

// prepareFaces takes the training faces out of the archive within the archive of the
// MIT CBCL set.
func prepareFaces(ctx context.Context, dir string) error {
	final := filepath.Join(dir, "train-faces.tar")
	part := final + ".part.tar"
	if err := extractFaces(ctx, filepath.Join(dir, "faces.tar.gz"), part); err != nil {
		return errors.Join(err, remove(part))
	}
	set, err := stimulus.Load(ctx, part)
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
func extractFaces(ctx context.Context, from, into string) (err error) {
	out, err := os.Create(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	faces := tar.NewWriter(out)
	training := archive.Files{What: "archives of faces", Bytes: maxPrepared, Want: func(name string) bool { return path.Base(name) == "face.train.tar.gz" }}
	images := archive.Files{What: "faces", Bytes: maxPrepared, Want: func(name string) bool {
		return path.Base(path.Dir(name)) == "face" && strings.HasSuffix(name, ".pgm")
	}}
	err = archive.Walk(ctx, from, training, func(_ string, r io.Reader) error {
		inner, err := archive.Gunzip(r)
		if err != nil {
			return err
		}
		return archive.WalkTar(ctx, inner, images, func(name string, r io.Reader) error {
			image, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			if err := faces.WriteHeader(&tar.Header{Name: path.Base(name), Mode: 0o666, Size: int64(len(image))}); err != nil {
				return err
			}
			_, err = faces.Write(image)
			return err
		})
	})
	return errors.Join(err, faces.Close())
}

// maxPrepared bounds the bytes that are taken out of an archive.
const maxPrepared = 1 << 30

// remove removes a file that may not be there.
func remove(file string) error {
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
