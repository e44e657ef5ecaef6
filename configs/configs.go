// Package configs holds the experiments and scores that ship with partsnet as files. The
// examples of circuits and rules are made from their descriptions: see
// experiment.Shipped.
package configs

import (
	"embed"
	"io/fs"
)

//go:embed *.toml emg/*.toml paper/*.toml rules/*.toml
var experiments embed.FS

//go:embed score/*.toml
var scores embed.FS

// Files holds the experiments that ship as files, Scores the scores.
var Files, Scores = read(experiments), read(scores)

// read returns all texts of a file system.
func read(files embed.FS) Set {
	all := Set{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(path)
		all[path] = string(text)
		return err
	})
	if err != nil {
		panic("configs: embedded files cannot be read: " + err.Error())
	}
	return all
}
