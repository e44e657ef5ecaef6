package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"

	"partsnet/sim/archive"
)

// newsgroups is the file of JSON lines that is made of the posts.
const newsgroups = "20news-bydate-train.jsonl"

// prepareNewsgroups extracts the training posts from their archive. Each is a
// file without an extension, in ISO 8859-1, in the folder of its group.
func prepareNewsgroups(ctx context.Context, dir string) error {
	final := filepath.Join(dir, newsgroups)
	part := final + ".part"
	if err := extractPosts(ctx, filepath.Join(dir, "20news-bydate.tar.gz"), part); err != nil {
		return errors.Join(err, remove(part))
	}
	return os.Rename(part, final)
}

// extractPosts writes the posts of an archive as JSON lines.
func extractPosts(ctx context.Context, from, into string) (err error) {
	out, err := os.Create(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	lines, found := json.NewEncoder(out), 0
	posts := archive.Files{What: "posts", Bytes: maxPrepared, Want: func(name string) bool {
		return path.Base(path.Dir(path.Dir(name))) == "20news-bydate-train"
	}}
	err = archive.Walk(ctx, from, posts, func(name string, r io.Reader) error {
		bytes, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		text := make([]rune, len(bytes)) // every byte of ISO 8859-1 is the character of its number
		for i, b := range bytes {
			text[i] = rune(b)
		}
		found++
		return lines.Encode(map[string]string{"title": path.Base(path.Dir(name)) + "/" + path.Base(name), "text": string(text)})
	})
	if err == nil && found == 0 {
		err = errors.New("the archive has no post of 20news-bydate-train")
	}
	return err
}
