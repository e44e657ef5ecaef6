package text

import (
	"context"
	"io"
	"io/fs"

	"partsnet/sim/archive"
	"partsnet/sim/stimulus"
)

// format is a form in which documents are stored, as a [stimulus.Format] with its reader.
type format struct {
	stimulus.Format
	holds func(ctx context.Context, file string) bool // whether a file of that form, or a folder, holds documents
	visit func(ctx context.Context, file string, visit func(title string, text []byte) error) (said []string, err error)
}

// formats are the forms that [Load] reads; what fits none is taken for the last.
var formats = []format{
	jsonLines,
	textFiles,
}

// Formats describes the forms in which documents are stored.
func Formats() (all []stimulus.Format) {
	for _, f := range formats {
		all = append(all, f.Format)
	}
	return all
}

// Holds reports whether the path names a source of documents. What cannot be read is an error
// when it is loaded. A compressed archive is unpacked on the way, up to the first image in it; the
// context ends it, and the answer is then worth nothing.
func Holds(ctx context.Context, file string) bool { return formatOf(file).holds(ctx, file) }

func formatOf(file string) format {
	for _, f := range formats {
		if f.Fits(file) {
			return f
		}
	}
	return formats[len(formats)-1]
}

// jsonLines is one document a line.
var jsonLines = format{
	stimulus.Format{
		Name: "JSON lines", Doc: `a document a line, a JSON object with "text" and "title"`, Run: "texts",
		Endings: []string{".jsonl"}, Gzip: true, Counts: true,
	},
	func(context.Context, string) bool { return true },
	func(ctx context.Context, file string, visit func(title string, text []byte) error) ([]string, error) {
		f, err := archive.Open(ctx, file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return nil, readLines(f, visit)
	},
}

// textFiles is one document a file, in a folder or archive that holds texts and no image,
// beside which a text is a note, as one text is beside a file of data.
var textFiles = format{
	stimulus.Format{
		Name: "texts", Doc: "a document a .txt file, whose name is the title; a folder with an image in it is one of images, and one text beside a table or an array is a note", Run: "texts",
		Folder: true, Endings: []string{".zip", ".tar", ".tar.gz", ".tgz"}, Counts: true,
	},
	func(ctx context.Context, file string) bool {
		texts, data, images := 0, false, false
		_ = archive.List(ctx, file, func(name string) error {
			switch {
			case stimulus.IsImage(name):
				images = true
				return fs.SkipAll
			case stimulus.IsData(name):
				data = true
			case isText(name):
				texts++
			}
			return nil
		})
		return !images && (texts > 1 || texts == 1 && !data)
	},
	func(ctx context.Context, file string, visit func(title string, text []byte) error) ([]string, error) {
		texts := archive.Files{What: "texts", Want: isText, Bytes: maxBytes, Report: &archive.Report{}}
		err := archive.Walk(ctx, file, texts, func(name string, r io.Reader) error { return readText(name, r, visit) })
		return texts.Report.Said("texts"), err
	},
}
