package dataset

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
)

// newsgroups is the file of JSON lines that is made of the posts.
const newsgroups = "20news-bydate-train.jsonl"

// prepareNewsgroups extracts the training posts from their archive. Each is a
// file without an extension, in ISO 8859-1, in the folder of its group.
func prepareNewsgroups(dir string) error {
	final := filepath.Join(dir, newsgroups)
	part := final + ".part"
	if err := extractPosts(filepath.Join(dir, "20news-bydate.tar.gz"), part); err != nil {
		return errors.Join(err, remove(part))
	}
	return os.Rename(part, final)
}

func extractPosts(archive, into string) (err error) {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	packed, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	out, err := os.Create(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	lines, posts := json.NewEncoder(out), 0
	err = each(packed, func(h *tar.Header, r io.Reader) error {
		folder, number := path.Split(path.Clean(h.Name))
		if path.Base(path.Dir(path.Clean(folder))) != "20news-bydate-train" {
			return nil
		}
		bytes, err := io.ReadAll(io.LimitReader(r, 1<<24))
		if err != nil {
			return err
		}
		text := make([]rune, len(bytes)) // every byte of ISO 8859-1 is the character of its number
		for i, b := range bytes {
			text[i] = rune(b)
		}
		posts++
		return lines.Encode(map[string]string{"title": path.Base(folder) + "/" + number, "text": string(text)})
	})
	if err == nil && posts == 0 {
		err = errors.New("it has no post of 20news-bydate-train")
	}
	return err
}
